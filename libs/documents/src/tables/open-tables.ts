import { openCsv } from './csv-rows.js'
import { readDocxTables } from './docx-tables.js'
import { openFileBytes } from './file-bytes.js'
import { mainPart } from './office-package.js'
import { sniffFormat } from './sniff-format.js'
import {
  defaultTableLimits,
  type OpenedTables,
  type Table,
  type TableFile,
  type TableLimits,
} from './table.js'
import { fileFormatUnknown } from './table-errors.js'
import { readSheetRows } from './xlsx-sheet.js'
import { readWorkbook } from './xlsx-workbook.js'
import { openZip, type ZipArchive } from './zip-archive.js'

/**
 * Opens a CSV, XLSX or DOCX file as tables of plain text, whatever its name says. Rows of CSV and XLSX are read as
 * they are asked for, in flat memory; a DOCX is read whole. Macros, formulas, links and embedded objects are never
 * run or followed.
 *
 * @throws RoviecError `file-not-found`, `file-empty`, `file-too-large`, `file-format-unknown`, `file-encrypted`, `file-damaged`,
 * `zip-bomb`; the last two also while rows are read.
 */
export async function openTables(file: TableFile, limits: Partial<TableLimits> = {}): Promise<OpenedTables> {
  const all = { ...defaultTableLimits, ...limits }
  const bytes = await openFileBytes(file, all)
  if (sniffFormat(bytes.head) === 'text') return { format: 'csv', tables: [await openCsv(bytes, all)] }
  const archive = await openZip(await bytes.whole(), all)
  const part = await mainPart(archive)
  if (part?.endsWith('.xml') && /document[^/]*$/.test(part))
    return { format: 'docx', tables: await readDocxTables(archive, part, all) }
  if (part?.endsWith('.xml') && /workbook[^/]*$/.test(part))
    return { format: 'xlsx', tables: await sheetsOf(archive, part, all) }
  throw fileFormatUnknown(part === null ? 'ZIP' : (/\.\w+$/.exec(part)?.[0] ?? null))
}

async function sheetsOf(archive: ZipArchive, part: string, limits: TableLimits): Promise<Table[]> {
  const workbook = await readWorkbook(archive, part)
  return workbook.sheets.map(({ name, hidden, part: sheet }) => ({
    name,
    hidden,
    rows: () => readSheetRows(archive, sheet, workbook, limits),
  }))
}
