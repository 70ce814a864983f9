import type { OfficialDocument } from './official-document.js'
import type { Workbook, WorkbookLimits } from './workbook.js'

/** As `write-docx.ts` says. The library behind it is a megabyte: loaded with the first file, not at every start. */
export async function writeDocx(document: OfficialDocument): Promise<Buffer> {
  const writing = await import('./write-docx.js')
  return writing.writeDocx(document)
}

/** As `write-xlsx.ts` says. The library behind it is 78 files: loaded with the first file, not at every start. */
export async function writeXlsx(workbook: Workbook, limits: Partial<WorkbookLimits> = {}): Promise<Buffer> {
  const writing = await import('./write-xlsx.js')
  return writing.writeXlsx(workbook, limits)
}
