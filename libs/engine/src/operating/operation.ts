import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '#database'
import { finishOperation, insertOperation, selectOperations, selectOutcomes } from './operation.sql.js'
import type { Transaction } from '../projecting/projection.js'

/** An order of an operator, from the log. */
export interface Order {
  /** Of the event. */
  readonly id: string
  /** Of the view. */
  readonly name: string
  readonly kind: string
  readonly position: bigint
  readonly data: unknown
}

export type OperationState = 'pending' | 'done' | 'failed'

/** What became of an order in one build; build 0 stands for the view as a whole. */
export interface Operation {
  readonly build: number
  readonly kind: string
  readonly state: OperationState
  /** What was done, or `{ code, message }` of what stood in the way; null while pending. */
  readonly outcome: Readonly<Record<string, unknown>> | null
}

/** Writes down an order and what is known of its effect. */
export async function note(
  transaction: Transaction,
  order: Order,
  build: number,
  state: OperationState,
  outcome: object | null = null,
): Promise<void> {
  const { id, name, kind, position, data } = order
  const texts = [JSON.stringify(data), state, outcome && JSON.stringify(outcome)]
  await transaction.query(insertOperation, [id, name, build, kind, String(position), ...texts])
}

export async function finish(
  on: Pick<Transaction, 'query'> | Pick<Database, 'query'>,
  id: string,
  build: number,
  state: 'done' | 'failed',
  outcome: object,
): Promise<void> {
  await (on as Transaction).query(finishOperation, [id, build, state, JSON.stringify(outcome)])
}

export interface OperationListed extends Operation {
  /** Of the event that orders it: who, when and why stand there. */
  readonly id: string
  readonly position: string
  readonly reason: string
}

/** The last orders of a view with what became of them, newest first. */
export async function listOperations(
  database: Database,
  view: string,
  limit: number,
): Promise<readonly OperationListed[]> {
  const values = [view, limit]
  return (await database.query<OperationListed & Record<string, unknown>>(selectOperations, values)).rows
}

/** How often whoever waits for an effect looks: short beside what a person notices. */
const lookAgainMs = 50

/**
 * The effect of an order: of all builds it concerns once it is known for each, or as it stands after `timeoutMs`.
 * Empty where no worker has read the order yet.
 *
 * @param eventId of the event that an accepted command led to.
 */
export async function effectOf(
  database: Database,
  eventId: string,
  timeoutMs: number,
): Promise<readonly Operation[]> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const { rows } = await database.query<Operation & Record<string, unknown>>(selectOutcomes, [eventId])
    const settled = rows.length > 0 && rows.every(({ state }) => state !== 'pending')
    if (settled || Date.now() >= until) return rows
    await delay(lookAgainMs)
  }
}
