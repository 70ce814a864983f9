import type { Clock } from '#kernel'
import type { Database } from '#database'
import type { EventStore, Position } from '#event-store'
import { listProgress, type ProjectionProgress } from '../projecting/progress.js'

export interface ViewLag extends ProjectionProgress {
  /** How long ago the oldest event was recorded that the view has not seen; 0 where it has seen all. */
  readonly secondsBehind: number
}

export interface Lag {
  readonly head: Position
  readonly views: readonly ViewLag[]
}

/**
 * How far each build of each view is behind the log, in time: positions are opaque, and their distance says nothing on
 * some stores. One read of one event for each place at which views stand behind.
 */
export async function measureLag(store: EventStore, database: Database, clock: Clock): Promise<Lag> {
  // First the end, then the views: what comes in between makes none of them late.
  const head = await store.head()
  const progress = await listProgress(database)
  const now = clock.now().getTime()
  const behind = new Set(progress.map(({ position }) => position).filter((position) => position < head))
  const oldest = new Map(
    await Promise.all(
      [...behind].map(async (position) => [position, await firstAfter(store, position)] as const),
    ),
  )
  const views = progress.map((view) => {
    const recordedAt = oldest.get(view.position)?.getTime()
    return { ...view, secondsBehind: recordedAt === undefined ? 0 : Math.max(0, now - recordedAt) / 1_000 }
  })
  return { head, views }
}

async function firstAfter(store: EventStore, position: Position): Promise<Date | undefined> {
  for await (const [event] of store.readAll({ from: position, limit: 1, pageSize: 1 }))
    return event?.recordedAt
  return undefined
}
