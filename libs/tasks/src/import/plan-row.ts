import { foldVietnamese, tidyVietnamese } from '#kernel'

/** What the columns of a plan table are for, whatever their headings say. */
export const planColumns = ['stt', 'title', 'product', 'lead', 'coordinate', 'deadline', 'note'] as const

export type PlanColumn = (typeof planColumns)[number]

/** One row of a plan table below its headings. */
export interface PlanRow {
  /** Row number in the file. */
  readonly row: number
  /** Verbatim, by role; a column the table does not have is absent. */
  readonly cells: Readonly<Partial<Record<PlanColumn, string>>>
  /** Every cell verbatim, by heading, also those without a role. */
  readonly original: Readonly<Record<string, string>>
}

/** The cell as compared and parsed; '' where it is empty, blank or absent. Lines of a cell stay lines. */
export function cellText(row: PlanRow, column: PlanColumn): string {
  return tidyLines(row.cells[column] ?? '')
}

/** The cell as it is kept: verbatim, null where it holds no text. */
export function verbatim(row: PlanRow, column: PlanColumn): string | null {
  return cellText(row, column) === '' ? null : row.cells[column]!
}

/** NFC and single spaces within each line; blank lines dropped. */
export function tidyLines(text: string): string {
  return text
    .split(/\r\n|[\r\n\u2028\u2029\v]/u)
    .map(tidyVietnamese)
    .filter((line) => line !== '')
    .join('\n')
}

/** Every cell with text, tidied, other than those of these columns. */
export function otherTexts(row: PlanRow, ...except: readonly PlanColumn[]): string[] {
  const seen = new Set(except.map((column) => cellText(row, column)))
  return [...new Set([...roleTexts(row, except), ...Object.values(row.original).map(tidyLines)])].filter(
    (text) => text !== '' && !seen.has(text),
  )
}

function roleTexts(row: PlanRow, except: readonly PlanColumn[]): string[] {
  return (Object.keys(row.cells) as PlanColumn[])
    .filter((column) => !except.includes(column))
    .map((column) => cellText(row, column))
}

/**
 * Rows that carry nothing: blank ones, and those a table that runs over pages repeats (its headings, and the
 * line of column numbers "(1) (2) (3)" below them).
 */
export function isFurniture(row: PlanRow): boolean {
  const texts = otherTexts(row)
  if (texts.length === 0) return true
  if (/^(s?tt|so tt|so thu tu)$/u.test(foldVietnamese(cellText(row, 'stt')))) return true
  return texts.length >= 3 && texts.every((text) => /^(\(\d{1,2}\)|\d{1,2})$/u.test(text))
}
