/** A file to read: its bytes, or where they lie. The name is used for nothing but its ending in messages. */
export type TableFile = { readonly name?: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly path: string }
)

export type TableFormat = 'csv' | 'xlsx' | 'docx'

export interface TableRow {
  /** As the file shows it, from 1: the row of the sheet, the record of a CSV (blank ones counted), the row of a Word table. */
  readonly number: number
  /** Plain text of each cell; a merged cell's text stands in its top-left cell only, the others are empty. */
  readonly cells: readonly string[]
  /** Text of the cell merged from above that covers the one in a column; undefined where none does. */
  readonly covered: CoveredCells
}

/** Looked up when asked: a hostile sheet may merge a thousand columns over a million rows. */
export interface CoveredCells {
  get(column: number): string | undefined
}

export interface Table {
  /** Name of the sheet; null where the format has none. */
  readonly name: string | null
  /** The sheet is hidden in the workbook. */
  readonly hidden: boolean
  /** Rows that hold text, in order. Each call reads again from the start; stopping early is allowed. */
  rows(): AsyncIterable<TableRow>
}

export interface OpenedTables {
  readonly format: TableFormat
  readonly tables: readonly Table[]
}

export interface TableLimits {
  /** Size of the file as sent. */
  readonly maxFileBytes: number
  /** Of one unpacked part of an XLSX or DOCX. */
  readonly maxUnpackedBytes: number
  readonly maxEntries: number
  readonly maxColumns: number
  /** Of all tables of a DOCX together, which is read whole: spans claim cells that take no room in the file. */
  readonly maxCells: number
  /** Of one CSV record: a quote that is never closed must not swallow the whole file into memory. */
  readonly maxRecordBytes: number
}

const megabyte = 1024 * 1024

/**
 * 50 MB holds some 200,000 rows of CSV; a Phụ lục has a hundred. A sheet of 100,000 rows unpacks to about 60 MB; twice
 * that takes a reader some ten seconds, which is as long as one file may keep a processor busy.
 * Office files have tens of parts, with many pictures some thousands. Excel shows 16,384 columns, tables of tasks
 * have under twenty.
 */
export const defaultTableLimits: TableLimits = {
  maxFileBytes: 50 * megabyte,
  maxUnpackedBytes: 128 * megabyte,
  maxEntries: 10_000,
  maxColumns: 1024,
  maxCells: 5_000_000,
  maxRecordBytes: 16 * megabyte,
}

export const nothingCovered: CoveredCells = new Map<number, string>()
