import type { Table, TableRow } from '#documents'
import { foldVietnamese, invalid } from '#kernel'

/** One way in which a table may be laid out. */
export interface Layout<Member extends string> {
  /** What the whole heading of each member is, without marks, case and punctuation. */
  readonly headings: Readonly<Partial<Record<Member, RegExp>>>
  /** The row of headings has all of these; by member, what to ask for where it does not. */
  readonly needed: Readonly<Partial<Record<Member, string>>>
  /** Whether brackets may say that a column holds something else: "Ngày trả (dự kiến)". Else they only explain. */
  readonly bracketsMatter: boolean
}

/** A row of a table by member; cells that are empty are left out. */
export interface HeadedRow<Member extends string> {
  /** As the file shows it, from 1. */
  readonly number: number
  readonly cells: ReadonlyMap<Member, string>
  /** As written in the file, of each member that has a column. */
  readonly headings: ReadonlyMap<Member, string>
}

/** Told once, before the first row: the headings whose columns nobody reads. */
export type TellUnread = (headings: readonly string[]) => void

/** Titles stand above a table; more rows than this are no title. */
const mostTitleRows = 40

/**
 * The rows under the first row that has the needed headings of a layout, the first of the layouts that fits.
 *
 * @throws RoviecError `table-headings-missing` naming what is looked for; `table-heading-repeated` where two columns
 *   stand for one member, since nobody could say which of them holds.
 */
export async function* headedRows<Member extends string>(
  table: Table,
  layouts: readonly Layout<Member>[],
  tellUnread: TellUnread,
): AsyncGenerator<HeadedRow<Member>> {
  let columns: Columns<Member> | null = null
  let above = 0
  for await (const row of table.rows()) {
    if (columns !== null) {
      yield { number: row.number, cells: cellsOf(row, columns), headings: columns.headings }
      continue
    }
    columns = layoutOf(row, layouts)
    if (columns !== null) tellUnread(columns.unread)
    else if (++above > mostTitleRows) break
  }
  if (columns === null) throw headingsMissing(Object.values(layouts.at(-1)!.needed))
}

function foldedHeading(cell: string, bracketsMatter: boolean): string {
  const explained = bracketsMatter ? howToFillIn : /\([^)]*\)/g
  return foldVietnamese(cell)
    .replace(explained, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** "(1)", "(dd/mm/yyyy hh:mm)", "(nếu có)". */
const howToFillIn = /\(\s*(?:\d+|d+\W?m+\W?y+[^)]*|neu co|bat buoc)\s*\)/g

interface Columns<Member extends string> {
  readonly members: ReadonlyMap<number, Member>
  readonly headings: ReadonlyMap<Member, string>
  readonly unread: readonly string[]
}

function layoutOf<Member extends string>(
  { cells }: TableRow,
  layouts: readonly Layout<Member>[],
): Columns<Member> | null {
  for (const { headings, needed, bracketsMatter } of layouts) {
    const folded = cells.map((cell) => foldedHeading(cell, bracketsMatter))
    const isHere = (member: Member): boolean => folded.some((text) => headings[member]!.test(text))
    if ((Object.keys(needed) as Member[]).every(isHere)) return columnsOf(cells, folded, headings)
  }
  return null
}

function columnsOf<Member extends string>(
  cells: readonly string[],
  folded: readonly string[],
  headings: Layout<Member>['headings'],
): Columns<Member> {
  const members = new Map<number, Member>()
  const written = new Map<Member, string>()
  const unread: string[] = []
  for (const [index, cell] of cells.entries()) {
    const heading = cell.replace(/\s+/g, ' ').trim()
    if (heading === '') continue
    const member = (Object.keys(headings) as Member[]).find((each) => headings[each]!.test(folded[index]!))
    if (member === undefined) {
      unread.push(heading)
      continue
    }
    const other = written.get(member)
    if (other !== undefined) throw headingRepeated(other, heading)
    members.set(index, member)
    written.set(member, heading)
  }
  return { members, headings: written, unread }
}

function cellsOf<Member extends string>(
  { cells }: TableRow,
  { members }: Columns<Member>,
): ReadonlyMap<Member, string> {
  const found = new Map<Member, string>()
  for (const [index, member] of members) {
    const text = (cells[index] ?? '').trim()
    if (text !== '') found.set(member, text)
  }
  return found
}

function headingsMissing(needed: readonly unknown[]): Error {
  const names = needed.map((name) => `“${String(name)}”`).join(', ')
  return invalid(
    'table-headings-missing',
    {
      vi: `Không tìm thấy dòng tiêu đề của bảng. Bảng cần có ít nhất các cột: ${names}. Xem mẫu trong tài liệu hướng dẫn.`,
      en: `The row of headings was not found. The table needs at least the columns: ${names}.`,
    },
    { needed },
  )
}

function headingRepeated(first: string, second: string): Error {
  return invalid(
    'table-heading-repeated',
    {
      vi: `Cột “${first}” và cột “${second}” cùng ghi một nội dung nên không biết lấy cột nào. Bỏ một cột, hoặc ghi rõ tên cột, rồi nhập lại.`,
      en: `The columns “${first}” and “${second}” both stand for the same. Take one of them out, or name it for what it holds, and import again.`,
    },
    { headings: [first, second] },
  )
}
