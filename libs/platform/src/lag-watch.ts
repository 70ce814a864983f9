import type { Database } from '#database'
import {
  lateTimers,
  measureLag,
  measureProcessLag,
  type Context,
  type Lag,
  type LateTimers,
  type ProcessLag,
} from '#engine'
import type { EventStore } from '#event-store'
import type { Clock } from '#kernel'

/** How far all that follows the log is behind. */
export interface SystemLag extends Lag {
  readonly processes: readonly ProcessLag[]
  readonly timers: LateTimers
}

/** Looks at the log and what follows it at most this often, however many ask. */
const lookAgainMs = 1_000

/** At most a second old. What it answers rejects where log or views cannot be reached. */
export function lagWatch(
  store: EventStore,
  database: Database,
  clock: Clock,
  contexts: readonly Context[],
): () => Promise<SystemLag> {
  const known = contexts.flatMap((context) => context.processes ?? [])
  const measure = async (): Promise<SystemLag> => {
    const [lag, processes, timers] = await Promise.all([
      measureLag(store, database, clock),
      measureProcessLag(store, database, clock, known),
      lateTimers(database),
    ])
    return { ...lag, processes, timers }
  }
  let looked: { readonly at: number; readonly lag: Promise<SystemLag> } | undefined
  return () => {
    if (looked === undefined || performance.now() - looked.at >= lookAgainMs)
      looked = { at: performance.now(), lag: measure() }
    return looked.lag
  }
}
