import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import type { Delivery, EventStore, RecordedEvent } from '#event-store'
import { newId } from '#kernel'
import { testDatabase, testLogs, type TestDatabase } from '#testing'
import { reached } from '#engine'
import { clear, openOperated, type Operated } from '../operating/operated.fixture.js'
import { buildsOf, type Build } from './build.js'
import { Filler } from './filler.js'
import { expectedJournal, journal, readJournal } from './journal.fixture.js'
import { Lease } from './lease.js'
import { appendAmounts } from './tally.fixture.js'

describe.each(testLogs)('every event counts once, on $what', ({ start }) => {
  let server: TestDatabase
  let log: Awaited<ReturnType<typeof start>>
  let database: Database
  let operated: Operated

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 30 })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    log = await start(server)
    operated = await openOperated(database, log.url)
  })
  afterEach(async () => {
    await operated.close()
    await log.stop()
    await clear(database)
  })

  const isExact = async (): Promise<void> => {
    expect(await readJournal(database)).toEqual((await expectedJournal(operated.store)).journal)
  }

  it('when the subscription brings it again: whole pages, and pages that overlap', async () => {
    await appendAmounts(operated.store, 60)
    operated.worker([journal()], { store: repeating(operated.store) })
    await reached(database, journal(), await operated.store.head(), 20_000)
    await isExact()
    await appendAmounts(operated.store, 20)
    await reached(database, journal(), await operated.store.head(), 20_000)
    await isExact()
    expect(operated.failures).toEqual([])
  })

  it('when two that believe they hold the lease commit the same page at the same moment', async () => {
    await appendAmounts(operated.store, 60)
    const events = await added()
    const [build] = await buildsOf(database, operated.store, journal())
    for (let at = 0; at < events.length; at += 10) {
      const page = events.slice(at, at + 10)
      const outcomes = await Promise.allSettled(
        (await contenders(build!, 3)).map((filler) =>
          filler.take({ kind: 'events', events: page, checkpoint: page.at(-1)!.position }),
        ),
      )
      const lost = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as Error] : [],
      )
      expect(lost.map(({ name }) => name)).toEqual(['LeaseLost', 'LeaseLost'])
    }
    await isExact()
  })

  it('when a worker wakes with an old lease after the new one has been at work', async () => {
    await appendAmounts(operated.store, 30)
    const events = await added()
    const [build] = await buildsOf(database, operated.store, journal())
    const [stale] = await contenders(build!, 1)
    const half = events.slice(0, 15)
    await stale!.take({ kind: 'events', events: half, checkpoint: half.at(-1)!.position })
    const [fresh] = await contenders(build!, 1)
    const rest = { kind: 'events', events: events.slice(15), checkpoint: events.at(-1)!.position } as const
    await fresh!.take(rest)
    for (const again of [rest, { kind: 'caught-up', checkpoint: rest.checkpoint } as const])
      await expect(stale!.take(again)).rejects.toMatchObject({ code: 'lease-lost' })
    await isExact()
  })

  async function added(): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const page of operated.store.readAll({ types: ['counter.Added'] })) events.push(...page)
    return events
  }

  /** Each took the lease from the one before it and does not know that it went on. */
  async function contenders(build: Build, count: number): Promise<readonly Filler[]> {
    const fillers: Filler[] = []
    for (let holder = 0; holder < count; holder++) {
      await database.query('UPDATE roviec.projection SET lease_until = NULL')
      const lease = (await Lease.acquire(database, build, { holder: newId(), milliseconds: 60_000 }))!
      const { signal } = new AbortController()
      const parts = { database, store: operated.store, projection: journal(), lease, signal }
      fillers.push(await Filler.open({ ...parts, parked: () => undefined }))
    }
    return fillers
  }
})

/** A log that says everything twice, and begins each page with the one before. */
function repeating(store: EventStore): EventStore {
  return Object.assign(Object.create(store) as EventStore, {
    append: store.append.bind(store),
    readStream: store.readStream.bind(store),
    readAll: store.readAll.bind(store),
    head: store.head.bind(store),
    async *subscribe(...given: Parameters<EventStore['subscribe']>): AsyncGenerator<Delivery> {
      let before: readonly RecordedEvent[] = []
      for await (const delivery of store.subscribe(...given)) {
        if (delivery.kind === 'events') yield { ...delivery, events: [...before, ...delivery.events] }
        yield delivery
        if (delivery.kind !== 'events') continue
        before = delivery.events
      }
    },
  })
}
