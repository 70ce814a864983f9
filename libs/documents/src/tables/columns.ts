import { tidyVietnamese } from '#kernel'
import { rolesInRow, roleOf, type ColumnRole } from './headings.js'
import type { TableRow } from './table.js'

/** Where the headings of a table are and what they mean. */
export interface RecognisedColumns {
  /** Number of the last row of the headings (they may take two); data begins after it. */
  readonly headerRow: number
  readonly columns: ReadonlyMap<ColumnRole, number>
  /** Headings that name no role, or one that another column has already. */
  readonly unknown: readonly { readonly index: number; readonly heading: string }[]
  /** Of the roles a table of tasks should have, those that no heading names. */
  readonly missing: readonly ColumnRole[]
}

const expected: readonly ColumnRole[] = ['stt', 'title', 'product', 'lead', 'coordinate', 'deadline']

/** Titles, dates and "Kèm theo Quyết định" stand above a table; more than this is no table of tasks. */
export const maxHeaderSearch = 40
/** Fewer recognised headings may be a sentence of the text above. */
const minRoles = 3

/**
 * Finds the headings, in any order and under title lines, by their words (tolerant of case, diacritics, spaces,
 * brackets). Null where no row has a title ("Nội dung", "Nhiệm vụ") and two more known headings.
 */
export function recogniseColumns(rows: readonly TableRow[]): RecognisedColumns | null {
  let best: { cells: readonly string[]; last: number; score: number } | null = null
  for (const [index, row] of rows.slice(0, maxHeaderSearch).entries()) {
    const single = { cells: row.cells, last: index, score: scoreOf(row.cells) }
    const next = rows[index + 1]
    const cells = next === undefined ? [] : joined(row.cells, next.cells)
    const double = { cells, last: index + 1, score: scoreOf(cells) }
    const found = double.score > single.score ? double : single
    if (found.score >= minRoles && found.score > (best?.score ?? 0)) best = found
  }
  if (best === null) return null
  const columns = rolesInRow(best.cells)
  const taken = new Set(columns.values())
  const unknown = [...best.cells.entries()]
    .filter(([index, heading]) => heading.trim() !== '' && !taken.has(index))
    .map(([index, heading]) => ({ index, heading: tidyVietnamese(heading) }))
  const last = isColumnNumbering(rows[best.last + 1]) ? best.last + 1 : best.last
  const missing = expected.filter((role) => !columns.has(role))
  return { headerRow: rows[last]!.number, columns, unknown, missing }
}

function scoreOf(cells: readonly string[]): number {
  const roles = rolesInRow(cells)
  return roles.has('title') ? roles.size : 0
}

/**
 * Two-line headings: "Cơ quan thực hiện" merged over "Chủ trì" and "Phối hợp", or one heading broken over two rows.
 * The lower line decides where it names a role by itself.
 */
function joined(upper: readonly string[], lower: readonly string[]): string[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_none, index) => {
    const [above, below] = [upper[index] ?? '', lower[index] ?? '']
    if (below.trim() === '') return above
    return roleOf(below) === null ? `${above} ${below}`.trim() : below
  })
}

/** A row "(1) (2) (3)" or "A B 1 2" under the headings. */
function isColumnNumbering(row: TableRow | undefined): boolean {
  const filled = row?.cells.filter((cell) => cell.trim() !== '') ?? []
  return filled.length >= 3 && filled.every((cell) => /^\(?(\d{1,2}|[A-Z])\)?$/.test(cell.trim()))
}

/** Whether the row repeats the headings, as tables taken from paged documents do. */
export function isRepeatedHeading(row: TableRow, recognised: RecognisedColumns): boolean {
  const roles = rolesInRow(row.cells)
  const same = [...recognised.columns].filter(([role, index]) => roles.get(role) === index)
  return same.length >= minRoles && same.length >= recognised.columns.size - 1
}

/** In these columns a cell merged over several rows speaks of each of them; elsewhere it names the first only. */
const filledDown: ReadonlySet<ColumnRole> = new Set(['deadline', 'note', 'budget'])

/**
 * Text of the row in a role's column, empty where there is none. A deadline or note merged over several products
 * holds for each; number, title and agencies stay with the first row, since a row without them continues the task.
 */
export function cellOf(row: TableRow, recognised: RecognisedColumns, role: ColumnRole): string {
  const index = recognised.columns.get(role)
  if (index === undefined) return ''
  const own = row.cells[index] ?? ''
  return own === '' && filledDown.has(role) ? (row.covered.get(index) ?? '') : own
}
