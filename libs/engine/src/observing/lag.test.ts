import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate } from '#database'
import { engineMigrations, measureLag, ProjectionRunner, reached } from '#engine'
import { systemClock } from '#kernel'
import { EventStoreDbEventStore } from '#event-store'
import { standInEventStoreDb, testDatabase, virtualClock, type TestDatabase } from '#testing'
import { appendAmounts, openStore, tally } from '../projecting/tally.fixture.js'

describe('measureLag', () => {
  let server: TestDatabase
  beforeAll(async () => {
    server = await testDatabase()
  })
  afterAll(() => server.close())

  it('tells by how much a view is behind: by the age of the oldest event it has not seen', async () => {
    const database = server.connect()
    const store = await openStore(database, server.url)
    const runner = new ProjectionRunner(store, database, { failed: () => undefined })
    runner.start([tally()])
    await appendAmounts(store, 3)
    await reached(database, tally(), await store.head(), 10_000)
    expect((await measureLag(store, database, systemClock)).views).toMatchObject([
      { name: 'tally', standing: 'live', secondsBehind: 0, eventsBehind: 0, estimated: false },
    ])
    await runner.stop()
    await appendAmounts(store, 2)
    const events = []
    for await (const page of store.readAll()) events.push(...page)
    const unseen = events[6]!
    const clock = virtualClock(new Date(unseen.recordedAt.getTime() + 90_000))
    const { head, views } = await measureLag(store, database, clock)
    expect([head, views[0]!.position, views[0]!.secondsBehind]).toEqual([10n, 6n, 90])
    expect(views[0]).toMatchObject({ eventsBehind: 4, estimated: false })
    await store.close()
  })

  it.each([40, 700])(
    'counts what a view has not seen where positions are bytes, beyond 500 by estimate: %i',
    async (unseen) => {
      const eventStoreDb = await standInEventStoreDb()
      const store = await EventStoreDbEventStore.open({ url: eventStoreDb.url })
      const other = await testDatabase()
      const database = other.connect()
      await migrate(database, 'engine', engineMigrations)
      const runner = new ProjectionRunner(store, database, { failed: () => undefined })
      runner.start([tally()])
      await appendAmounts(store, 2)
      await reached(database, tally(), await store.head(), 10_000)
      await runner.stop()
      await appendAmounts(store, unseen / 2)
      const { views } = await measureLag(store, database, systemClock)
      expect(views[0]!.estimated).toBe(unseen > 500)
      expect(Math.abs(views[0]!.eventsBehind - unseen)).toBeLessThan(unseen > 500 ? 0.05 * unseen : 1)
      await store.close()
      await other.close()
      eventStoreDb.stop()
    },
    30_000,
  )
})
