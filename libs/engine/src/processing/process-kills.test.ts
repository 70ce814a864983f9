import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { EventMetadata } from '#engine'
import type { Database } from '#database'
import type { EventStore, RecordedEvent } from '#event-store'
import {
  eventually,
  openLog,
  testDatabase,
  testLogs,
  testProcess,
  type TestDatabase,
  type TestProcess,
} from '#testing'
import { ledgersOf, logOf, place } from './ledger.test-support.js'
import { migrateProcesses, startProcesses } from './reminder.test-support.js'

const script = new URL('./processes.fixture.ts', import.meta.url)

/** Far longer than a test: whoever goes on before has not waited for the lease to end. */
const longLeaseMs = 600_000
const rounds = 3

const aroundAppend = [
  ['before-append', 5],
  ['during-append', 12],
  ['after-append', 12],
] as const
/** The place in the log lies in PostgreSQL, wherever the log is. */
const aroundCheckpoint = [
  ['before-checkpoint', 1],
  ['after-checkpoint', 1],
] as const

describe.each(testLogs)('a worker that runs processes and timers, on $what', (log) => {
  let server: TestDatabase
  let started: Awaited<ReturnType<typeof log.start>>
  let database: Database
  let store: EventStore
  const workers: TestProcess[] = []

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrateProcesses(database)
    started = await log.start(server)
    store = await openLog(started.url)
  })
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill9()
  })
  afterAll(async () => {
    await store.close()
    await started.stop()
    await server.close()
  })

  const start = (leaseMs: number, point = 'never', count = 0): TestProcess => {
    const worker = testProcess(script, [server.url, started.url, leaseMs, point, count].map(String))
    workers.push(worker)
    return worker
  }
  /** Several orders of several instances. */
  const placeAll = async (prefix: string, count = 6): Promise<readonly string[]> => {
    const ids = Array.from({ length: count }, (_, index) => `${prefix}${index}`)
    for (let round = 0; round < rounds; round++)
      await Promise.all(ids.map((order) => place(store, { order, entries: [] })))
    return ids
  }
  const entriesOf = async (id: string): Promise<readonly string[]> =>
    (await ledgersOf(store))[`l-${id}`] ?? []

  /** Everything is entered once, in its turn; the nudge somewhere after the first. */
  const expectAllOnce = async (ids: readonly string[]): Promise<void> => {
    await eventually(
      async () => {
        const ledgers = await ledgersOf(store)
        for (const id of ids) expect(ledgers[`l-${id}`]).toHaveLength(rounds + 1)
      },
      { timeout: 60_000 },
    )
    const all = (await ledgersOf(store))['all']!
    for (const id of ids) {
      const numbers = Array.from({ length: rounds }, (_, index) => `${id} ${index + 1}`)
      const entries = await entriesOf(id)
      expect(entries.filter((text) => text !== `${id} nudged`)).toEqual(numbers)
      expect(entries.indexOf(`${id} nudged`)).toBeGreaterThan(0)
      expect(all.filter((text) => text.startsWith(`${id} `))).toEqual(numbers)
    }
    const refused = (await logOf(store, 'process-')).filter(({ type }) => type === 'process.CommandRefused')
    expect(refused).toEqual([])
  }

  it('and is killed at every kind of point loses nothing and does nothing twice', async () => {
    const ids = await placeAll('k', 10)
    for (const [point, count] of log.on === 'postgres'
      ? [...aroundAppend, ...aroundCheckpoint]
      : aroundAppend)
      expect(await start(longLeaseMs, point, count).ended).toBeNull()
    const next = startProcesses(store, database, { leaseMs: longLeaseMs })
    await expectAllOnce(ids)
    await next.stop()
  })

  it('and is put to sleep leading, and wakes after another has taken over, does nothing twice', async () => {
    const worker = start(500, 'tell')
    const ids = await placeAll('z')
    await worker.line('appended')
    process.kill(worker.pid, 'SIGSTOP')
    const next = startProcesses(store, database, { leaseMs: 500 })
    await expectAllOnce(ids)
    process.kill(worker.pid, 'SIGCONT')
    const more = await placeAll('y', 1)
    await expectAllOnce(more)
    await next.stop()
    await expectAllOnce(ids)
    expect(await entriesOf(ids[0]!)).toHaveLength(rounds + 1)
  })

  it('and its effects are traced from the order to the nudge that its timer led to', async () => {
    const worker = startProcesses(store, database)
    const id = await place(store, { order: 'traced', entries: [] })
    await eventually(async () => expect(await entriesOf('traced')).toHaveLength(2))
    await worker.stop()
    const events = new Map<string, RecordedEvent>()
    for await (const page of store.readAll()) for (const event of page) events.set(event.id, event)
    const nudge = (await logOf(store, 'ledger-l-traced')).at(-1)!
    const path: RecordedEvent[] = []
    for (let event: RecordedEvent | undefined = nudge; event !== undefined;) {
      path.unshift(event)
      event = events.get((event.metadata as unknown as EventMetadata).causationId ?? '')
    }
    expect(path.map(({ type }) => type)).toEqual([
      'order.Placed',
      'process.Reacted',
      'timer.Scheduled',
      'timer.Fired',
      'process.Reacted',
      'ledger.Entered',
    ])
    expect(path[0]!.id).toBe(id)
    const correlations = path.map(({ metadata }) => (metadata as unknown as EventMetadata).correlationId)
    expect(new Set(correlations).size).toBe(1)
  })

  // What a signal does is the same on every log.
  if (log.on !== 'postgres') return

  it('and is told to stop amid its work finishes its steps and leaves the rest', async () => {
    const worker = start(longLeaseMs, 'tell')
    const ids = await placeAll('s')
    await worker.line('appended')
    process.kill(worker.pid, 'SIGTERM')
    expect(await worker.ended).toBe(0)
    const next = startProcesses(store, database)
    await expectAllOnce(ids)
    await next.stop()
  })
})
