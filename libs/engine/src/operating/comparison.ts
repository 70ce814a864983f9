import type { Transaction } from '../projecting/projection.js'
import { tablesOf, type Build } from '../projecting/build.js'
import { countTable, sumTable } from './comparison.sql.js'

/** A table of two builds at the same place in the log. */
export interface TableCompared {
  readonly table: string
  /** Rows; null where the build has no such table. */
  readonly before: number | null
  readonly after: number | null
  /** Whether every row is the same; null where only counts were asked for. */
  readonly same: boolean | null
}

interface Summed {
  readonly rows: number
  readonly sum: string
}

/**
 * Compares two builds table by table.
 *
 * @param exactly whether rows are compared; otherwise they are counted.
 */
export async function compareTables(
  transaction: Transaction,
  before: Pick<Build, 'name' | 'build'>,
  after: Pick<Build, 'name' | 'build'>,
  exactly: boolean,
): Promise<readonly TableCompared[]> {
  const sums = async (build: Pick<Build, 'name' | 'build'>): Promise<ReadonlyMap<string, Summed>> => {
    const summed = new Map<string, Summed>()
    for (const table of await tablesOf(transaction, build)) {
      const statement = (exactly ? sumTable : countTable)(build, table)
      const { rows } = await transaction.query<{ rows: string; sum: string }>(statement)
      summed.set(table, { rows: Number(rows[0]!.rows), sum: rows[0]!.sum })
    }
    return summed
  }
  const [old, next] = [await sums(before), await sums(after)]
  return [...new Set([...old.keys(), ...next.keys()])].toSorted().map((table) => {
    const [was, is] = [old.get(table), next.get(table)]
    return {
      table,
      before: was?.rows ?? null,
      after: is?.rows ?? null,
      same: exactly ? was?.rows === is?.rows && was?.sum === is?.sum : null,
    }
  })
}
