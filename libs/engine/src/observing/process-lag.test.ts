import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import {
  Leadership,
  leadershipMigration,
  measureProcessLag,
  ProcessRunner,
  processingContext,
  ProjectionRunner,
  type ProcessLag,
} from '#engine'
import type { EventStore } from '#event-store'
import { systemClock } from '#kernel'
import { eventually, testDatabase, virtualClock, type TestDatabase } from '#testing'
import { follower, handler, place, workflows } from '../processing/ledger.test-support.js'
import { openStore } from '../projecting/tally.fixture.js'

describe('measureProcessLag', () => {
  let server: TestDatabase
  let database: Database
  let store: EventStore

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    store = await openStore(database, server.url)
    await migrate(database, 'leadership', [leadershipMigration])
  })
  afterAll(async () => {
    await store.close()
    await server.close()
  })

  const order = (id: string, text: string): Promise<string> =>
    place(store, { order: id, entries: [{ ledger: `l-${id}`, text }] })
  const measure = async (clock = systemClock): Promise<ProcessLag> =>
    (await measureProcessLag(store, database, clock, [follower()]))[0]!

  it('tells by how much a process is behind, what it holds and what waits for an operator', async () => {
    expect(await measure()).toMatchObject({ name: 'follower', position: 0n, led: false, incidents: 0 })
    const failed = (): undefined => undefined
    const leadership = new Leadership(database)
    const runner = new ProcessRunner({ store, commands: handler(store), workflows, leadership, failed })
    const views = new ProjectionRunner(store, database, { failed })
    views.start(processingContext.projections)
    runner.start([follower()])
    for (const text of ['x', 'no', 'bug']) await order(`o-${text}`, text)
    await eventually(async () => (await measure()).incidents === 2)
    await eventually(async () => (await measure()).eventsBehind === 0)
    expect(await measure()).toMatchObject({ led: true, secondsBehind: 0, held: 1, incidents: 2 })
    await runner.stop()
    // Of no type that it reacts to.
    await place(store, { order: 'other', entries: [] }, 'order.Seen')
    expect(await measure()).toMatchObject({ led: false, secondsBehind: 0, eventsBehind: 0 })
    const unseen = await order('o-x', 'y')
    await order('o-x', 'z')
    const events = await store.readStream('order-o-x')
    const { recordedAt } = events.find(({ id }) => id === unseen)!
    const clock = virtualClock(new Date(recordedAt.getTime() + 90_000))
    expect(await measure(clock)).toMatchObject({ secondsBehind: 90, eventsBehind: 2, held: 1 })
    await views.stop()
    leadership.withdraw()
  })
})
