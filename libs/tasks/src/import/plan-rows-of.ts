import { cellOf, type RecognisedColumns, type TableRow, type TaskTable } from '#documents'
import { tidyVietnamese } from '#kernel'
import { warnings } from './import-warnings.js'
import type { ImportWarning } from './interpreted-plan.js'
import { planColumns, type PlanRow } from './plan-row.js'

/** The rows of a table with recognised headings, for {@link interpretPlan}. Reads as it goes. */
export async function* planRowsOf(table: TaskTable): AsyncGenerator<PlanRow> {
  const headings = await headingsOf(table)
  for await (const row of table.rows()) yield toPlanRow(row, table.recognised, headings)
}

/** What the headings leave open: columns without a role are kept verbatim but not read. */
export function columnWarnings({ headerRow, unknown, missing }: RecognisedColumns): ImportWarning[] {
  return [
    ...unknown.map(({ heading }) => warnings.columnUnknown(headerRow, heading)),
    ...missing.map((role) => warnings.columnMissing(headerRow, role)),
  ]
}

function toPlanRow(row: TableRow, recognised: RecognisedColumns, headings: readonly string[]): PlanRow {
  const cells = Object.fromEntries(planColumns.map((role) => [role, cellOf(row, recognised, role)]))
  const original = Object.fromEntries(
    row.cells.map((cell, index) => [headings[index] ?? `Cột ${index + 1}`, cell] as const),
  )
  return { row: row.number, cells, original }
}

/** One name for each column, as printed: headings over two rows joined, the second of equal ones numbered. */
async function headingsOf({ table, recognised }: TaskTable): Promise<string[]> {
  const { headerRow, columns } = recognised
  let header: readonly string[] = []
  for await (const row of table.rows()) {
    if (row.number > headerRow) break
    const named = [...columns.values()].filter((index) => /\p{L}/u.test(row.cells[index] ?? '')).length
    // A line of column numbers may follow, titles of the document may stand above: neither names most columns.
    if (named * 2 >= columns.size) header = header.length === 0 ? row.cells : below(header, row.cells)
  }
  return distinct(header.map((heading, index) => tidyVietnamese(heading) || `Cột ${index + 1}`))
}

function below(upper: readonly string[], lower: readonly string[]): string[] {
  return Array.from(
    { length: Math.max(upper.length, lower.length) },
    (_none, index) => lower[index] || upper[index] || '',
  )
}

function distinct(headings: readonly string[]): string[] {
  const uses = new Map<string, number>()
  return headings.map((heading) => {
    const use = (uses.get(heading) ?? 0) + 1
    uses.set(heading, use)
    return use === 1 ? heading : `${heading} (${use})`
  })
}
