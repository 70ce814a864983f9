import type { Clock } from '#kernel'
import type { Database } from '#database'
import type { EventStore, Position } from '#event-store'
import { listProgress, type ProjectionProgress } from '../projecting/progress.js'

/** Events that are counted one by one: a page, some 15 ms where the log is an EventStoreDB, at most once a second. */
const countedOneByOne = 500

export interface ViewLag extends ProjectionProgress {
  /** How long ago the oldest event was recorded that the view has not seen; 0 where it has seen all. */
  readonly secondsBehind: number
  /** Events that the view has not seen. */
  readonly eventsBehind: number
  /** Whether that is an estimate: beyond the first 500, by how far apart those stand, where positions have gaps. */
  readonly estimated: boolean
}

export interface Lag {
  readonly head: Position
  readonly views: readonly ViewLag[]
}

interface Unseen {
  readonly recordedAt?: Date
  readonly events: number
  readonly estimated: boolean
}

/**
 * How far each build of each view is behind the log, in time and in events: positions are opaque, and their distance
 * is bytes on some stores. One read of a page for each place at which views stand behind.
 */
export async function measureLag(
  store: EventStore,
  database: Database,
  clock: Clock,
  withRetired = false,
): Promise<Lag> {
  // First the end, then the views: what comes in between makes none of them late.
  const head = await store.head()
  const progress = await listProgress(database, withRetired)
  const now = clock.now().getTime()
  const places = new Set(progress.map(({ position }) => position))
  const unseen = new Map(
    await Promise.all(
      [...places].map(async (place) => [place, await unseenAfter(store, place, head)] as const),
    ),
  )
  const views = progress.map((view) => {
    const { recordedAt, events, estimated } = unseen.get(view.position)!
    const secondsBehind = recordedAt === undefined ? 0 : Math.max(0, now - recordedAt.getTime()) / 1_000
    return { ...view, secondsBehind, eventsBehind: events, estimated }
  })
  return { head, views }
}

async function unseenAfter(store: EventStore, place: Position, head: Position): Promise<Unseen> {
  if (place >= head) return { events: 0, estimated: false }
  const options = { from: place, limit: countedOneByOne, pageSize: countedOneByOne }
  let events = 0
  let last = place
  let recordedAt: Date | undefined
  for await (const page of store.readAll(options)) {
    recordedAt ??= page[0]?.recordedAt
    for (const { position } of page) {
      // What came after the head was asked for is nobody's delay.
      if (position > head) break
      events++
      last = position
    }
  }
  if (recordedAt === undefined || events < countedOneByOne) return { recordedAt, events, estimated: false }
  const rest = Math.round(Number((head - last) * BigInt(events)) / Number(last - place))
  return { recordedAt, events: events + rest, estimated: last < head && last - place !== BigInt(events) }
}
