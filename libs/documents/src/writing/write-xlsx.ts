import writeXlsxFile, { type CellObject, type Row, type Sheet as LibrarySheet } from 'write-excel-file/node'
import { withFixedZipTimes } from './fixed-zip-times.js'
import { printableLine } from './printable-text.js'
import { cutOffText, formulaText, periodText } from './vietnamese-figures.js'
import { workbookLimits, type CellValue, type Sheet, type Workbook, type WorkbookLimits } from './workbook.js'
import {
  rowWidthWrong,
  sheetNameInvalid,
  sheetTooLong,
  workbookEmpty,
  workbookTooLarge,
} from './writing-errors.js'
import { tall, widthOf } from './xlsx-rows.js'
import { cellText, dataCell } from './xlsx-cells.js'

/**
 * An Excel workbook: each sheet with its title, period, cut-off and formula above a heading row that stays in view,
 * and typed cells below. Text is always text, never a formula. The same workbook gives the same bytes.
 *
 * @throws RoviecError `workbook-empty`, `sheet-name-invalid`, `sheet-too-long`, `workbook-too-large`, `row-width-wrong`,
 *   `cell-invalid`, `cell-too-long`, `figure-invalid`, `moment-invalid`.
 */
export async function writeXlsx(workbook: Workbook, limits: Partial<WorkbookLimits> = {}): Promise<Buffer> {
  if (workbook.sheets.length === 0) throw workbookEmpty()
  assertSheetNames(workbook.sheets.map(({ name }) => name))
  const used = { cells: 0 }
  const bounds = { ...workbookLimits, ...limits }
  const sheets = workbook.sheets.map((sheet) => librarySheet(sheet, bounds, used))
  const archive = await writeXlsxFile(sheets, { fontFamily: 'Times New Roman', fontSize: 12 }).toBuffer()
  return withFixedZipTimes(archive)
}

/** What a page of A4 holds upright, in characters of the font: a wider sheet is printed across, or its columns part. */
const widestUpright = 78

function librarySheet(sheet: Sheet, limits: WorkbookLimits, used: { cells: number }): LibrarySheet<Buffer> {
  const top = [...titleRows(sheet), headingRow(sheet)]
  const widths = sheet.columns.map(widthOf)
  const isWide = widths.reduce((sum, width) => sum + width, 0) > widestUpright
  return {
    sheet: sheet.name,
    data: [...top, ...dataRows(sheet, limits, used), ...noteRows(sheet)],
    columns: widths.map((width) => ({ width })),
    ...(isWide && { orientation: 'landscape' as const }),
    stickyRowsCount: top.length,
  }
}

function titleRows(sheet: Sheet): Row[] {
  const { period, cutOff, formula } = sheet
  const facts = [
    ...(period === undefined ? [] : [periodText(period)]),
    ...(cutOff === undefined ? [] : [cutOffText(cutOff)]),
    ...(formula === undefined ? [] : [formulaText(formula)]),
  ]
  return [
    [{ ...textOf(sheet, sheet.title), fontWeight: 'bold', fontSize: 14 }],
    ...facts.map((fact) => [textOf(sheet, fact)]),
    [],
  ]
}

function headingRow(sheet: Sheet): Row {
  const headings = sheet.columns.map(({ heading }) => heading)
  return tall(
    sheet,
    headings,
    sheet.columns.map(({ heading }) => ({
      ...textOf(sheet, heading),
      fontWeight: 'bold',
      align: 'center',
      alignVertical: 'center',
      wrap: true,
      borderStyle: 'thin',
      backgroundColor: '#E7E6E6',
    })),
  )
}

function noteRows(sheet: Sheet): Row[] {
  const notes = (sheet.notes ?? []).map((note): Row => [{ ...textOf(sheet, note), fontStyle: 'italic' }])
  return notes.length === 0 ? [] : [[], ...notes]
}

/** Text outside the rows of data; without wrapping it runs on over the empty cells beside it. */
function textOf(sheet: Sheet, text: string) {
  return {
    value: cellText(printableLine(text), { sheet: sheet.name, row: 0, column: '' }),
    type: String,
    format: '@',
  }
}

function* dataRows(sheet: Sheet, limits: WorkbookLimits, used: { cells: number }): Generator<Row> {
  let number = 0
  for (const row of sheet.rows) yield dataRow(sheet, row, ++number, limits, used)
  if (sheet.total === undefined) return
  const total = dataRow(sheet, sheet.total, number + 1, limits, used)
  yield total.map((cell) => ({ ...(cell as CellObject), fontWeight: 'bold' }))
}

function dataRow(
  sheet: Sheet,
  row: readonly CellValue[],
  number: number,
  limits: WorkbookLimits,
  used: { cells: number },
): Row {
  const { name, columns } = sheet
  used.cells += columns.length
  if (number > limits.maxRows) throw sheetTooLong(name, limits.maxRows)
  if (used.cells > limits.maxCells) throw workbookTooLarge(used.cells, limits.maxCells)
  if (row.length !== columns.length) throw rowWidthWrong(name, number, row.length, columns.length)
  const cells = columns.map(({ heading, type }, index) =>
    dataCell(row[index]!, type, { sheet: name, row: number, column: heading }),
  )
  return tall(sheet, row, cells)
}

/** What Excel takes as the name of a sheet, each once without regard to case. */
function assertSheetNames(names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    const folded = name.toLowerCase()
    if (name.trim() === '') throw sheetNameInvalid(name, { vi: 'tên để trống', en: 'it is empty' })
    if (name.length > 31)
      throw sheetNameInvalid(name, { vi: 'dài quá 31 ký tự', en: 'it has over 31 characters' })
    if (/[[\]/\\:*?]|\p{Cc}|^'|'$/u.test(name) || !name.isWellFormed() || folded === 'history')
      throw sheetNameInvalid(name, { vi: 'có ký tự Excel không nhận', en: 'Excel does not take it' })
    if (seen.has(folded)) throw sheetNameInvalid(name, { vi: 'tên bị trùng', en: 'another sheet has it' })
    seen.add(folded)
  }
}
