import type { RecordedEvent } from '#event-store'
import type { Database } from '#database'
import type { Workflow } from '../workflow/workflow.js'

/** A transaction in progress: what a projection writes through. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** For a view of the log itself: events of every type, also of those yet to come. */
export const everyEvent: readonly string[] = ['*']

/** What to ask the store for. */
export function typesOf({ events }: Pick<Projection, 'events'>): readonly string[] | undefined {
  return events === everyEvent ? undefined : events
}

/**
 * A read model: which events it reads and how pages of them become rows. Its tables belong to a build, are created
 * empty and filled from the log, never migrated; it has no side effects beyond them.
 */
export interface Projection {
  /** Snake case, as it stands in its tables' names: `task_board`. */
  readonly name: string
  readonly version: number
  /** Types of the events it reads, or `everyEvent`. */
  readonly events: readonly string[]
  /**
   * SQL that creates its tables, named `<name>` or `<name>_<table>` without a schema: the engine says by the search
   * path which build is meant. Readers find the live one as `view.<name>_<table>`.
   */
  readonly create: string
  /**
   * What decides its rows: statements, functions, workflows whose folds it keeps. A change in one of them needs a new
   * version: a worker refuses to go on with the old one. Default: `apply`.
   */
  readonly rules?: readonly (string | ((...given: never[]) => unknown) | Pick<Workflow, 'foldText'>)[]
  /**
   * Events in log order, within the transaction that also moves the checkpoint. Where a page ends means nothing: the
   * rows are the same for any cut. It may fail for one event, whose stream is then parked; it keeps no state but rows.
   */
  apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void>
}
