import type { CutOff, FormulaName, Fraction, ReportPeriod } from './vietnamese-figures.js'

/** Text of another type is never guessed: a column says what it holds. */
export type ColumnType = 'text' | 'integer' | 'number' | 'percent' | 'date'

export interface SheetColumn {
  readonly heading: string
  readonly type: ColumnType
  /** In characters; a width fitting the type where none is given. */
  readonly width?: number
}

/**
 * By the type of its column: text a string, integer and number a number, percent the two counts, date a LocalDate.
 * Null leaves the cell empty.
 */
export type CellValue = string | number | Fraction | null

export interface Sheet {
  /** At most 31 characters, without `[ ] / \ : * ?`. */
  readonly name: string
  readonly title: string
  readonly period?: ReportPeriod
  readonly cutOff?: CutOff
  readonly formula?: FormulaName
  readonly columns: readonly SheetColumn[]
  /** Read once. */
  readonly rows: Iterable<readonly CellValue[]>
  /** Below the rows, in bold; it counts as one of them. */
  readonly total?: readonly CellValue[]
  /** At the end, in italics. */
  readonly notes?: readonly string[]
}

export interface Workbook {
  readonly sheets: readonly Sheet[]
}

export interface WorkbookLimits {
  /** Rows of data in one sheet. */
  readonly maxRows: number
  /** Cells of all sheets: the file is put together in memory. */
  readonly maxCells: number
}

/** A million rows is what Excel opens, less its heading. 500,000 cells are 50,000 rows of ten columns. */
export const workbookLimits: WorkbookLimits = { maxRows: 1_000_000, maxCells: 500_000 }
