import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { measureLag, ProjectionRunner, reached } from '#engine'
import { systemClock } from '#kernel'
import { testDatabase, virtualClock, type TestDatabase } from '#testing'
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
      { name: 'tally', standing: 'live', secondsBehind: 0 },
    ])
    await runner.stop()
    await appendAmounts(store, 2)
    const events = []
    for await (const page of store.readAll()) events.push(...page)
    const unseen = events[6]!
    const clock = virtualClock(new Date(unseen.recordedAt.getTime() + 90_000))
    const { head, views } = await measureLag(store, database, clock)
    expect([head, views[0]!.position, views[0]!.secondsBehind]).toEqual([10n, 6n, 90])
    await store.close()
  })
})
