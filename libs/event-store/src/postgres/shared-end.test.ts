import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Database } from '#database'
import { testDatabase, type TestDatabase } from '#testing'
import { event, freshStream, ids, someEvents } from '../contract/harness.js'
import { connectPool } from './connection.js'
import { readLogPage } from './log-pages.js'
import { PostgresEventStore } from './postgres-event-store.js'
import { throughPool } from './read-rows.js'
import { SharedEnd } from './shared-end.js'

describe('the shared end of the log', () => {
  const opened: { close(): Promise<void> }[] = []
  let [one, older]: readonly Log[] = []
  let serving: Log
  let end: SharedEnd
  let sent = 0

  beforeAll(async () => {
    one = await openLog(opened)
    older = await openLog(opened)
  })
  afterAll(async () => {
    for (const each of opened.toReversed()) await each.close()
  })
  beforeEach(() => {
    serving = one!
    end = new SharedEnd((query) => {
      sent++
      return throughPool(serving.pool)(query)
    })
  })

  /** By itself, as a subscriber that knows of no other. */
  const alone = (from: bigint, size = 1_000, types?: readonly string[]) =>
    readLogPage(throughPool(one!.pool), { direction: 'forward', from, size, ...(types && { types }) })

  it('is read once for all who wait there, each with a filter of its own', async () => {
    const { store } = one!
    const head = await store.head()
    expect(await end.read({ from: head, size: 10 })).toMatchObject({ events: [], atEnd: true })
    await store.append(freshStream(), [event({}, 'thing.A'), event({}, 'thing.B')], 'no-stream')
    sent = 0
    const pages = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        end.read({ from: head, size: 10, types: [index % 2 === 0 ? 'thing.A' : 'thing.B'] }),
      ),
    )
    expect(sent).toBe(1)
    for (const [index, { events, checkpoint, atEnd }] of pages.entries()) {
      expect(events.map(({ type }) => type)).toEqual([index % 2 === 0 ? 'thing.A' : 'thing.B'])
      expect([checkpoint, atEnd]).toEqual([head + 2n, true])
    }
    // Nobody sees what another does to what he was given.
    expect(pages[0]!.events[0]).not.toBe(pages[2]!.events[0])
  })

  it('tells of an end only what was appended before the question', async () => {
    const { store } = one!
    await end.read({ from: await store.head(), size: 10 })
    for (let round = 0; round < 20; round++) {
      const from = await store.head()
      const early = end.read({ from, size: 10 })
      const { position } = await store.append(freshStream(), someEvents(1), 'no-stream')
      const { checkpoint, atEnd } = await end.read({ from, size: 10 })
      expect([checkpoint, atEnd]).toEqual([position, true])
      await early
    }
  })

  it('gives the pages that a reader gets by itself, from any place and with any filter', async () => {
    const { store } = one!
    const start = await store.head()
    const step = fc.record({
      append: fc.integer({ min: 0, max: 40 }),
      back: fc.integer({ min: 0, max: 120 }),
      size: fc.integer({ min: 1, max: 50 }),
      types: fc.constantFrom(undefined, ['thing.A'], ['thing.A', 'thing.B'], ['thing.Never']),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        for (const { append, back, size, types } of steps) {
          const events = Array.from({ length: append }, (_, index) => event({}, `thing.${'ABC'[index % 3]}`))
          await store.append(freshStream(), events, 'any')
          const head = await store.head()
          for (let from = head - BigInt(back) > start ? head - BigInt(back) : start; ;) {
            const [shared, own] = await Promise.all([
              end.read({ from, size, ...(types && { types }) }),
              alone(from, size, types),
            ])
            expect(ids(shared.events)).toEqual(ids(own.events))
            expect(shared.checkpoint).toBe(own.checkpoint)
            expect(shared.atEnd ? shared.checkpoint : head).toBe(head)
            from = shared.checkpoint
            if (shared.atEnd) break
          }
        }
      }),
      { numRuns: 15 },
    )
  })

  it('lets go those who fall far behind, and takes them in again', async () => {
    const { store } = one!
    const from = await store.head()
    await end.read({ from, size: 10 })
    for (let n = 0; n < 3; n++) await store.append(freshStream(), someEvents(1_000), 'no-stream')
    const seen: string[] = []
    for (let at = from; ;) {
      const page = await end.read({ from: at, size: 700 })
      // Another is always at the end.
      await end.read({ from: await store.head(), size: 10 })
      seen.push(...ids(page.events))
      at = page.checkpoint
      if (page.atEnd) break
    }
    expect(seen).toEqual(ids((await alone(from, 5_000)).events))
    expect(seen).toHaveLength(3_000)
  })

  it('forgets a log that was restored from an older copy', async () => {
    const head = await one!.store.head()
    await end.read({ from: head, size: 10 })
    await one!.store.append(freshStream(), someEvents(3), 'no-stream')
    expect((await end.read({ from: head, size: 10 })).events).toHaveLength(3)
    const other = await older!.store.append(freshStream(), someEvents(2), 'no-stream')
    serving = older!
    const page = await end.read({ from: head + 3n, size: 10 })
    expect(page.head).toBe(other.position)
    expect((await end.read({ from: 0n, size: 10 })).events).toHaveLength(2)
  })

  it('is begun anew after an error, which every waiting reader is told', async () => {
    const { store } = one!
    const head = await store.head()
    await end.read({ from: head, size: 10 })
    serving = { ...one!, pool: brokenPool }
    const told = await Promise.allSettled([1, 2, 3].map((size) => end.read({ from: head, size })))
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    serving = one!
    await store.append(freshStream(), someEvents(1), 'no-stream')
    expect((await end.read({ from: head, size: 10 })).events).toHaveLength(1)
  })
})

interface Log {
  readonly store: PostgresEventStore
  readonly pool: Database
}

async function openLog(opened: { close(): Promise<void> }[]): Promise<Log> {
  const database: TestDatabase = await testDatabase()
  opened.push(database)
  const store = await PostgresEventStore.open({ connection: database.url })
  opened.push(store)
  const pool = connectPool(database.url)
  opened.push(pool)
  return { store, pool }
}

const brokenPool = {
  pool: { query: () => Promise.reject(new Error('no such table')) },
} as unknown as Database
