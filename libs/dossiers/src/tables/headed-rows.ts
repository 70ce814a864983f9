import type { Table, TableRow } from '#documents'
import { foldVietnamese, invalid } from '#kernel'

/** What a heading may say for each member, matched without marks, case and punctuation. */
export type Headings<Member extends string> = Readonly<Record<Member, RegExp>>

/** A row of a table by member; cells that are empty are left out. */
export interface HeadedRow<Member extends string> {
  /** As the file shows it, from 1. */
  readonly number: number
  readonly cells: ReadonlyMap<Member, string>
}

/** Titles stand above a table; more rows than this are no title. */
const mostTitleRows = 40

/**
 * The rows under the first row that has all the `needed` headings.
 *
 * @throws RoviecError `table-headings-missing` naming what is looked for.
 */
export async function* headedRows<Member extends string>(
  table: Table,
  headings: Headings<Member>,
  needed: readonly Member[],
): AsyncGenerator<HeadedRow<Member>> {
  let columns: ReadonlyMap<number, Member> | null = null
  let above = 0
  for await (const row of table.rows()) {
    if (columns !== null) {
      yield { number: row.number, cells: cellsOf(row, columns) }
      continue
    }
    const found = columnsOf(row, headings)
    const members = [...found.values()]
    if (needed.every((member) => members.includes(member))) columns = found
    else if (++above > mostTitleRows) break
  }
  if (columns === null) throw headingsMissing(needed)
}

function columnsOf<Member extends string>(
  { cells }: TableRow,
  headings: Headings<Member>,
): ReadonlyMap<number, Member> {
  const columns = new Map<number, Member>()
  const taken = new Set<Member>()
  for (const [index, cell] of cells.entries()) {
    const heading = foldVietnamese(cell.replace(/\([^)]*\)/gu, ' ').replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '))
    const member = (Object.keys(headings) as Member[]).find(
      (each) => !taken.has(each) && heading !== '' && headings[each].test(heading),
    )
    if (member === undefined) continue
    columns.set(index, member)
    taken.add(member)
  }
  return columns
}

function cellsOf<Member extends string>(
  { cells }: TableRow,
  columns: ReadonlyMap<number, Member>,
): ReadonlyMap<Member, string> {
  const found = new Map<Member, string>()
  for (const [index, member] of columns) {
    const text = (cells[index] ?? '').trim()
    if (text !== '') found.set(member, text)
  }
  return found
}

function headingsMissing(needed: readonly string[]): Error {
  return invalid(
    'table-headings-missing',
    {
      vi: `Không tìm thấy dòng tiêu đề của bảng. Bảng cần có ít nhất các cột: ${needed.join(', ')}. Xem mẫu trong tài liệu hướng dẫn.`,
      en: `The row of headings was not found. The table needs at least the columns: ${needed.join(', ')}.`,
    },
    { needed },
  )
}
