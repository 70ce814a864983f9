import { migrate, type Database } from '#database'
import type { EventStore } from '#event-store'
import { newId } from '#kernel'
import { engineMigrations, type Projection } from '#engine'
import { openLog } from '#testing'

const addUp = `
  INSERT INTO tally AS t VALUES ($1, $2, 1)
  ON CONFLICT (stream) DO UPDATE SET total = t.total + excluded.total, events = t.events + 1`

/**
 * Adds up the amounts of each stream. It adds to what is there, so that a page applied twice or half would show for
 * ever, and reads one of two event types, so that it has events to pass over.
 */
export function tally(version = 1, over: Partial<Projection> = {}): Projection {
  return {
    name: 'tally',
    version,
    events: ['counter.Added'],
    create: 'CREATE TABLE tally (stream text PRIMARY KEY, total integer NOT NULL, events integer NOT NULL)',
    // Tests hold it up and break it: that is no other rule.
    rules: [addUp],
    async apply(transaction, events) {
      for (const { stream, data } of events)
        await transaction.query(addUp, [stream, (data as { amount: number }).amount])
    },
    ...over,
  }
}

export interface Tallied {
  readonly stream: string
  readonly total: number
  readonly events: number
}

export async function readTally(database: Database): Promise<readonly Tallied[]> {
  const { rows } = await database.query<Tallied & Record<string, unknown>>(
    'SELECT stream, total, events FROM view.tally ORDER BY stream COLLATE "C"',
  )
  return rows
}

/** What the tally must say, straight from the log. */
export async function foldTally(store: EventStore): Promise<readonly Tallied[]> {
  const tallied = new Map<string, Tallied>()
  for await (const page of store.readAll({ types: ['counter.Added'] }))
    for (const { stream, data } of page) {
      const { total, events } = tallied.get(stream) ?? { total: 0, events: 0 }
      tallied.set(stream, { stream, total: total + (data as { amount: number }).amount, events: events + 1 })
    }
  return [...tallied.values()].toSorted((a, b) => (a.stream < b.stream ? -1 : 1))
}

export async function openStore(database: Database, logUrl: string): Promise<EventStore> {
  await migrate(database, 'engine', engineMigrations)
  return openLog(logUrl)
}

/** Appends so many amounts over a few streams, and after each some other event. */
export async function appendAmounts(store: EventStore, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const event = (type: string, data: { amount?: number }) => ({ id: newId(), type, data, metadata: {} })
      const amount = event('counter.Added', { amount: index + 1 })
      await store.append(`counter-${index % 7}`, [amount, event('counter.Closed', {})], 'any')
    }),
  )
}

/** A place in the program where a test holds it up. */
export function gate(): { readonly entered: Promise<void>; pass(): Promise<void>; open(): void } {
  let enter: () => void = () => undefined
  let open: () => void = () => undefined
  const entered = new Promise<void>((resolve) => (enter = resolve))
  const opened = new Promise<void>((resolve) => (open = resolve))
  return {
    entered,
    async pass() {
      enter()
      await opened
    },
    open,
  }
}
