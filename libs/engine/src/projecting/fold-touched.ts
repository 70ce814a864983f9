import type { RecordedEvent } from '#event-store'
import { contextOf } from '../commanding/aggregate.js'
import type { EventMetadata } from '../commanding/command.js'
import type { Stateful, Workflow } from '../workflow/workflow.js'
import type { Transaction } from './projection.js'

/** An aggregate that a page of events touched, as it stands after them. */
export interface Touched<State extends Stateful> {
  readonly id: string
  readonly state: State
  readonly revision: bigint
  /** Of the last event. */
  readonly position: bigint
  readonly updatedAt: Date
}

/**
 * For views that keep the workflow's own fold in their rows: the aggregates a page touches, each folded on from its
 * row. One read a page, however many events, and no second opinion on what an event means.
 *
 * `select` answers `id` and `state` of the ids in `$1`.
 */
export async function foldTouched<State extends Stateful>(
  workflow: Workflow<State>,
  events: readonly RecordedEvent[],
  transaction: Transaction,
  select: string,
): Promise<readonly Touched<State>[]> {
  const prefix = `${workflow.name}-`
  const own = events.filter((event) => event.stream.startsWith(prefix))
  if (own.length === 0) return []
  const idOf = (event: RecordedEvent): string => event.stream.slice(prefix.length)
  const ids = [...new Set(own.map(idOf))]
  const known = await transaction.query<{ id: string; state: State }>(select, [ids])
  const states = new Map(known.rows.map((row) => [row.id, row.state]))
  const touched = new Map<string, Touched<State>>()
  for (const event of own) {
    const id = idOf(event)
    const before = touched.get(id)?.state ?? states.get(id) ?? workflow.initial
    const state = workflow.evolve(before, event, contextOf(event.metadata as unknown as EventMetadata))
    const { revision, position, recordedAt: updatedAt } = event
    touched.set(id, { id, state, revision, position, updatedAt })
  }
  return [...touched.values()]
}
