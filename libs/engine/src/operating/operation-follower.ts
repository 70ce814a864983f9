import type { Database } from '#database'
import { PositionBeyondEnd, type EventStore, type RecordedEvent } from '#event-store'
import type { EventMetadata } from '../commanding/command.js'
import { pause } from '../projecting/pause.js'
import { moveOperated, resetBorn, resetOperated, selectOperated, selectTakenOver } from './operation.sql.js'
import { projectionWorkflow } from './projection.workflow.js'
import { orderTypes, takeOver } from './take-over.js'

const firstRetryMs = 100
const longestRetryMs = 15_000

/** So often at most is written down that there was nothing to take over. */
const noteEveryMs = 60_000

export interface FollowerParts {
  readonly database: Database
  readonly store: EventStore
  /** Is told that there are orders to look at. */
  readonly ring: () => void
  readonly failed: (error: Error, retryInMs: number) => void
}

/**
 * Takes the orders of operators over from the log into the control tables: each once, in the transaction that moves
 * past it. Every worker follows, so that each knows at once; the first to come takes over, the others find it done.
 */
export async function followOperations(parts: FollowerParts, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs
  while (!signal.aborted)
    try {
      await follow(parts, signal, () => (retryMs = firstRetryMs))
    } catch (error) {
      if (signal.aborted) return
      parts.failed(error as Error, retryMs)
      if (error instanceof PositionBeyondEnd) await startOver(parts, error)
      await pause(retryMs, signal)
      retryMs = Math.min(retryMs * 2, longestRetryMs)
    }
}

async function follow(
  { database, store, ring }: FollowerParts,
  signal: AbortSignal,
  progressed: () => void,
): Promise<void> {
  const { rows } = await database.query<{ position: string }>(selectOperated)
  let noted = Date.now()
  for await (const delivery of store.subscribe(BigInt(rows[0]!.position), { types: orderTypes, signal })) {
    if (delivery.kind === 'events') {
      for (const event of delivery.events) await take(database, event)
      ring()
    } else if (Date.now() - noted > noteEveryMs) {
      await database.query(moveOperated, [String(delivery.checkpoint)])
      noted = Date.now()
    }
    progressed()
  }
}

/** Whoever still reads a build that is to be dropped does not hold up the orders behind: this one is tried again. */
const boundWaiting = `SET LOCAL lock_timeout = '2s'`

async function take(database: Database, event: RecordedEvent): Promise<void> {
  const { id, position, type, stream, metadata } = event
  const name = stream.slice(projectionWorkflow.name.length + 1)
  const data = projectionWorkflow.upcast(type, event.data, (metadata as unknown as EventMetadata).schema)
  await database.transaction(async (transaction) => {
    const moved = await transaction.query(moveOperated, [String(position)])
    if (moved.rowCount !== 1) return
    await transaction.query(boundWaiting)
    const taken = await transaction.query(selectTakenOver, [id])
    if (taken.rowCount === 0) await takeOver(transaction, { id, name, kind: type, position, data })
  })
}

/** A rebuild is what helps then, so orders must get through again. */
async function startOver({ database }: FollowerParts, { head }: PositionBeyondEnd): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(resetOperated, [String(head)])
    await transaction.query(resetBorn, [String(head)])
  })
}
