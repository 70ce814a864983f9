import type { Transaction } from '../projecting/projection.js'
import { identifier } from '../projecting/build.sql.js'
import { tablesOf, type Build } from '../projecting/build.js'
import { qualified, selectColumns, sumTable } from './comparison.sql.js'

/** A table of two builds. */
export interface TableCompared {
  readonly table: string
  /** Rows; null where the build has no such table. */
  readonly before: number | null
  readonly after: number | null
  /** Whether every row is the same; null between two versions, whose rows need not be. */
  readonly same: boolean | null
  /**
   * Between two versions at the same place in the log: the columns that both have under one name, and those of them
   * whose values are not the same, whichever rows they stand in. Null where that was not looked at.
   */
  readonly shared: { readonly columns: readonly string[]; readonly differing: readonly string[] } | null
}

/** What two builds can be compared by: `rows` of one version, `columns` of two, `counts` at two places in the log. */
export type Comparing = 'rows' | 'columns' | 'counts'

type Compared = Pick<Build, 'name' | 'build'>

/** Compares two builds table by table. */
export async function compareTables(
  transaction: Transaction,
  before: Compared,
  after: Compared,
  by: Comparing,
): Promise<readonly TableCompared[]> {
  const [old, next] = [await tablesOf(transaction, before), await tablesOf(transaction, after)]
  const compared: TableCompared[] = []
  for (const table of [...new Set([...old, ...next])].toSorted()) {
    const [was, is] = [old, next].map((tables, index) =>
      tables.includes(table) ? qualified([before, after][index]!, table) : null,
    ) as [string | null, string | null]
    compared.push({ table, ...(await compareTable(transaction, was, is, by)) })
  }
  return compared
}

async function compareTable(
  transaction: Transaction,
  was: string | null,
  is: string | null,
  by: Comparing,
): Promise<Omit<TableCompared, 'table'>> {
  const columns =
    by === 'columns' && was !== null && is !== null ? await sharedColumns(transaction, was, is) : null
  const expressions = by === 'rows' ? ['t'] : (columns ?? []).map((name) => `t.${identifier(name)}`)
  const before = was === null ? null : await sum(transaction, was, expressions)
  const after = is === null ? null : await sum(transaction, is, expressions)
  const differing = (columns ?? []).filter((_, index) => before!.sums[index] !== after!.sums[index])
  return {
    before: before?.rows ?? null,
    after: after?.rows ?? null,
    same: by === 'rows' ? before?.rows === after?.rows && before?.sums[0] === after?.sums[0] : null,
    shared: columns && { columns, differing },
  }
}

async function sharedColumns(transaction: Transaction, was: string, is: string): Promise<readonly string[]> {
  const of = async (table: string): Promise<readonly string[]> =>
    (await transaction.query<{ name: string }>(selectColumns, [table])).rows.map(({ name }) => name)
  const before = await of(was)
  return (await of(is)).filter((name) => before.includes(name))
}

async function sum(
  transaction: Transaction,
  table: string,
  expressions: readonly string[],
): Promise<{ readonly rows: number; readonly sums: readonly string[] }> {
  const { rows } = await transaction.query<{ rows: string; sums: string[] }>(sumTable(table, expressions))
  return { rows: Number(rows[0]!.rows), sums: rows[0]!.sums }
}
