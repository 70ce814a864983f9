export { writeDocx, writeXlsx } from './write-file.js'
export type { CellValue, ColumnType, Sheet, SheetColumn, Workbook, WorkbookLimits } from './workbook.js'
export type {
  Block,
  DocumentColumn,
  DocumentTable,
  Letterhead,
  OfficialDocument,
  Signature,
} from './official-document.js'
export { apologyLetter, type ApologyLetter, type Applicant } from './apology-letter.js'
export { rateReport, type RateReport } from './rate-report.js'
export type { CutOff, FormulaName, Fraction, ReportPeriod } from './vietnamese-figures.js'
