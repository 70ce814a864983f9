import { isRepeatedHeading, maxHeaderSearch, recogniseColumns, type RecognisedColumns } from './columns.js'
import type { OpenedTables, Table, TableRow } from './table.js'
import { fileNotATable } from './table-errors.js'

/** A table whose headings were recognised. */
export interface TaskTable {
  readonly table: Table
  readonly recognised: RecognisedColumns
  /** Rows below the headings; headings repeated at the top of a page are left out. */
  rows(): AsyncIterable<TableRow>
}

/**
 * The tables of a file that have the headings of a table of tasks, in order. Hidden sheets only where no visible
 * one has them (`table.hidden` tells).
 *
 * @throws RoviecError `file-not-a-table` with the headings it did find.
 */
export async function findTaskTables(opened: OpenedTables): Promise<TaskTable[]> {
  const found: TaskTable[] = []
  let seen: readonly string[] = []
  for (const table of opened.tables) {
    const first = await firstRows(table)
    const recognised = recogniseColumns(first)
    if (recognised === null) seen = seen.length === 0 ? likelyHeadings(first) : seen
    else found.push({ table, recognised, rows: () => dataRows(table, recognised) })
  }
  if (found.length === 0) throw fileNotATable(seen)
  const visible = found.filter(({ table }) => !table.hidden)
  return visible.length > 0 ? visible : found
}

async function firstRows(table: Table): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of table.rows()) {
    rows.push(row)
    // Headings may take two rows and have a line of column numbers below.
    if (rows.length >= maxHeaderSearch + 2) break
  }
  return rows
}

async function* dataRows(table: Table, recognised: RecognisedColumns): AsyncGenerator<TableRow> {
  for await (const row of table.rows())
    if (row.number > recognised.headerRow && !isRepeatedHeading(row, recognised)) yield row
}

const maxShown = 8

function likelyHeadings(rows: readonly TableRow[]): string[] {
  const [row] = rows.toSorted((a, b) => filled(b).length - filled(a).length)
  return row === undefined ? [] : filled(row).slice(0, maxShown)
}

function filled(row: TableRow): string[] {
  return row.cells.filter((cell) => cell.trim() !== '').map((cell) => cell.trim().slice(0, 40))
}
