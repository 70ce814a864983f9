import type { RecordedEvent } from '#event-store'
import type { Database } from '#database'

/** A transaction in progress: what a projection writes through. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * A read model: which events it reads and how pages of them become rows. Its tables belong to its version, are
 * created empty and filled from the log, never migrated; it has no side effects beyond them.
 */
export interface Projection {
  /** Snake case, as it stands in its tables' names: `task_board`. */
  readonly name: string
  readonly version: number
  /** Types of the events it reads. */
  readonly events: readonly string[]
  /** SQL that creates its tables, named `view.<name>_v<version>…`. */
  readonly create: string
  /** Events of one page in log order, within the transaction that also moves the checkpoint. */
  apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void>
}
