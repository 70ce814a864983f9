import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createDatabase, type Database } from '#database'
import type { EventStore } from '#event-store'
import {
  eventually,
  testDatabase,
  testLogs,
  testProcess,
  testServer,
  type TestDatabase,
  type TestProcess,
} from '#testing'
import { listProgress, ProjectionRunner, reached } from '#engine'
import { appendAmounts, foldTally, openStore, readTally, tally } from './tally.fixture.js'

const script = new URL('./runner.fixture.ts', import.meta.url)

/** Far longer than a test: whoever goes on before has not waited for the lease to end. */
const longLeaseMs = 600_000

describe.each(testLogs)('a worker in another process, on $what', (log) => {
  let server: TestDatabase
  let started: Awaited<ReturnType<typeof log.start>>
  let database: Database
  let store: EventStore
  let worker: TestProcess
  let runner: ProjectionRunner | undefined

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
  })
  afterAll(() => server.close())

  const start = async (leaseMs: number): Promise<void> => {
    worker = testProcess(script, [server.url, started.url, String(leaseMs)])
    await worker.line('holding')
  }
  const goOn = (options: { leaseMs: number }): void => {
    runner = new ProjectionRunner(store, database, { failed: () => undefined }, options)
    runner.start([tally()])
  }

  beforeEach(async () => {
    started = await log.start(server)
    store = await openStore(database, started.url)
    await appendAmounts(store, 60)
  })
  afterEach(async () => {
    await worker.kill9()
    await runner?.stop()
    await store.close()
    await started.stop()
    await database.query('drop schema if exists event_log, roviec, view cascade')
  })

  it('that fell asleep in the middle of a page holds up nobody, and writes nothing when it wakes', async () => {
    await start(500)
    process.kill(worker.pid, 'SIGSTOP')
    goOn({ leaseMs: 500 })
    await reached(database, tally(), await store.head(), 20_000)
    const settled = await readTally(database)
    expect(settled).toEqual(await foldTally(store))
    const [{ fence: taken }] = await fences()
    process.kill(worker.pid, 'SIGCONT')
    worker.tell('go on')
    // Its connection is gone with the transaction: the page fails as a whole.
    expect(await worker.line('failed')).not.toBe('')
    await appendAmounts(store, 20)
    await reached(database, tally(), await store.head(), 20_000)
    expect(await readTally(database)).toEqual(await foldTally(store))
    expect((await fences())[0].fence).toBe(taken)
  })

  async function fences(): Promise<[{ fence: string }]> {
    const { rows } = await database.query<{ fence: string }>('select fence from roviec.projection')
    return rows as [{ fence: string }]
  }

  // Killed on EventStoreDB: test/eventstoredb/reading.test.ts
  if (log.on !== 'postgres') return

  it('that is killed in the middle of a page is followed at once, from its checkpoint', async () => {
    await start(longLeaseMs)
    const [before] = await listProgress(database)
    expect(before).toMatchObject({ state: 'booting', led: true })
    expect(before!.position).toBeGreaterThan(0n)
    await worker.kill9()
    goOn({ leaseMs: longLeaseMs })
    await reached(database, tally(), await store.head(), 20_000)
    expect(await readTally(database)).toEqual(await foldTally(store))
  })
})

describe('a worker whose database server is killed', () => {
  it('goes on when it is there again, with exact figures', async () => {
    const server = await testServer()
    const database = createDatabase({ connection: server.url })
    const store = await openStore(database, server.url)
    const runner = new ProjectionRunner(store, database, { failed: () => undefined }, { pageSize: 10 })
    runner.start([tally()])
    await appendAmounts(store, 60)
    await eventually(async () => (await listProgress(database)).some(({ position }) => position > 0n))
    await server.kill9()
    await server.start()
    // What was under way may be in the log or not: the log is what the view is compared with.
    await eventually(() => appendAmounts(store, 20))
    await eventually(async () => reached(database, tally(), await store.head(), 1_000), { timeout: 60_000 })
    expect(await readTally(database)).toEqual(await foldTally(store))
    await runner.stop()
    await store.close()
    await database.close()
    await server.close()
  })
})
