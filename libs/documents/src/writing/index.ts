export { writeXlsx } from './write-xlsx.js'
export type { CellValue, ColumnType, Sheet, SheetColumn, Workbook, WorkbookLimits } from './workbook.js'
