import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listProgress } from '#engine'
import { EventStoreDbEventStore } from '#event-store'
import {
  eventually,
  standInEventStoreDb,
  testDatabase,
  testProcess,
  type StandInEventStoreDb,
  type TestDatabase,
  type TestProcess,
} from '#testing'
import { patientLine } from './patient-line.test-support.js'
import { viewsOf } from '../fault/views.test-support.js'

const realServer = process.env['ROVIEC_TEST_EVENTSTORE_URL']
if (!realServer)
  // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- named in the closing lines, never silently green
  it.skip('two workers, on a real server: set ROVIEC_TEST_EVENTSTORE_URL', () => undefined)
const script = new URL('./workers.fixture.ts', import.meta.url)

/** A lease ends after ten seconds, that of a killed worker at once; the rest is for a machine with much else to do. */
const takeoverMs = 90_000

describe(`two workers on ${realServer ? 'a real log' : 'one log'}, of which one is killed under load, twice`, () => {
  let server: StandInEventStoreDb | undefined
  let url: string
  let store: EventStoreDbEventStore
  let shared: TestDatabase
  let undisturbed: TestDatabase
  const running: TestProcess[] = []
  beforeAll(async () => {
    server = realServer ? undefined : await standInEventStoreDb()
    url = realServer ?? server!.url
    store = await EventStoreDbEventStore.open({ url })
    shared = await testDatabase()
    undisturbed = await testDatabase()
  })
  afterAll(async () => {
    await Promise.all(running.map((one) => one.kill9()))
    await store.close()
    await Promise.all([shared.close(), undisturbed.close()])
    server?.stop()
  })
  const start = async (database: TestDatabase): Promise<TestProcess> => {
    const worker = testProcess(script, [database.url, url, 'work'])
    running.push(worker)
    await patientLine(worker, 'working')
    return worker
  }
  /** Every view has seen the log up to a position. */
  const reached = async (database: TestDatabase, position: bigint, timeout: number) => {
    const connected = database.connect()
    await eventually(
      async () => {
        const views = await listProgress(connected)
        return views.length > 0 && views.every((view) => view.position >= position)
      },
      { timeout, what: `the views at ${position}` },
    )
  }

  /** What is read while the log stands still: its timers and processes go on writing for a while. */
  const atOneHead = async <Read>(read: () => Promise<Read>): Promise<Read> => {
    const until = Date.now() + takeoverMs
    for (;;) {
      const head = await store.head()
      await Promise.all([reached(shared, head, takeoverMs), reached(undisturbed, head, takeoverMs)])
      const found = await read()
      if ((await store.head()) === head) return found
      if (Date.now() > until) throw new Error('the log goes on growing')
    }
  }

  it('leave the views of one that was never disturbed', async () => {
    const first = await start(shared)
    const connected = shared.connect()
    await eventually(async () => {
      const views = await listProgress(connected)
      return views.length > 0 && views.every(({ led }) => led)
    })
    const second = await start(shared)
    const filling = testProcess(script, [shared.url, url, 'fill'])
    running.push(filling)
    await patientLine(filling, 'half')
    // The first one holds every lease.
    await first.kill9()
    await reached(shared, await store.head(), takeoverMs)
    await start(shared)
    await patientLine(filling, 'plan')
    await second.kill9()
    await reached(shared, await store.head(), takeoverMs)
    expect(await filling.ended).toBe(0)
    await start(undisturbed)
    const views = await atOneHead(() =>
      Promise.all([viewsOf(shared.connect()), viewsOf(undisturbed.connect())]),
    )
    expect(Object.values(views[1]).flat().length).toBeGreaterThan(3 * 171)
    expect(views[0]).toEqual(views[1])
  }, 400_000)
})
