import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { reached } from '#engine'
import { PostgresEventStore } from '#event-store'
import { eventually, testDatabase, testProcess, type TestDatabase, type TestProcess } from '#testing'
import { timerDue } from './timer-due.projection.js'
import { metadataOf, migrateTimers, startTimers, Timers } from './timers.test-support.js'

const script = new URL('./timer-runner.fixture.ts', import.meta.url)

/** Far longer than a test: whoever goes on before has not waited for the lease to end. */
const longLeaseMs = 600_000

const count = 60
const names = Array.from({ length: count }, (_, index) => `t${String(index).padStart(3, '0')}`)
const eachOnce = names.map((name) => `${name} 1`)

describe('a worker in a process of its own', () => {
  let server: TestDatabase
  let database: Database
  let store: PostgresEventStore
  let timers: Timers
  const workers: TestProcess[] = []

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrateTimers(database)
    store = await PostgresEventStore.open({ connection: server.url })
    timers = new Timers(store, database)
  })
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill9()
    for (const { stream } of await timers.log(['timer.Scheduled']))
      await timers.send(stream.slice(6), 'Cancel', { reason: 'hết thử nghiệm' })
  })
  afterAll(async () => {
    await store.close()
    await server.close()
  })

  const start = (leaseMs: number, clockOffMs = 0, point = 'never', at = 0): TestProcess => {
    const worker = testProcess(script, [server.url, server.url, leaseMs, clockOffMs, point, at].map(String))
    workers.push(worker)
    return worker
  }
  const scheduleAll = async (prefix: string): Promise<void> => {
    const at = await timers.at(0)
    await Promise.all(names.map((name) => timers.schedule(`${prefix}-${name}`, at)))
  }
  const firedOf = async (prefix: string): Promise<readonly string[]> =>
    (await timers.fired())
      .filter((line) => line.startsWith(`${prefix}-`))
      .map((line) => line.slice(prefix.length + 1))
      .toSorted()

  it('that is killed before, during and after appends leaves no timer unfired and none fired twice', async () => {
    await scheduleAll('killed')
    // More than are under way at a time, so that some are through; fewer than are left.
    for (const point of ['before-append', 'during-append', 'after-append'])
      expect(await start(longLeaseMs, 0, point, 12).ended).toBeNull()
    expect((await firedOf('killed')).length).toBeGreaterThan(3)
    start(longLeaseMs)
    await eventually(async () => expect(await firedOf('killed')).toHaveLength(count), { timeout: 60_000 })
    expect(await firedOf('killed')).toEqual(eachOnce)
  })

  it('that is told to stop amid its fires finishes them and leaves the rest', async () => {
    await scheduleAll('stopped')
    const worker = start(longLeaseMs, 0, 'tell')
    await worker.line('appended')
    process.kill(worker.pid, 'SIGTERM')
    expect(await worker.ended).toBe(0)
    const runner = startTimers(store, database)
    await eventually(async () => expect(await firedOf('stopped')).toHaveLength(count))
    await runner.stop()
    expect(await firedOf('stopped')).toEqual(eachOnce)
  })

  it('that is put to sleep leading, and wakes after another has taken over, fires nothing twice', async () => {
    await scheduleAll('slept')
    const worker = start(500, 0, 'tell')
    await worker.line('appended')
    process.kill(worker.pid, 'SIGSTOP')
    const runner = startTimers(store, database, { leaseMs: 500 })
    await eventually(async () => expect(await firedOf('slept')).toHaveLength(count), { timeout: 60_000 })
    process.kill(worker.pid, 'SIGCONT')
    // It leads again only once it has noticed: its renewals and what it had in hand are through by then.
    await runner.stop()
    const at = await timers.at(0)
    await timers.schedule('slept-z', at)
    await eventually(async () => expect(await firedOf('slept')).toHaveLength(count + 1), { timeout: 60_000 })
    expect(await firedOf('slept')).toEqual([...eachOnce, 'z 1'])
  })

  it.each([600_000, -600_000])(
    'whose clock is %d ms off fires at the right time all the same',
    async (off) => {
      const worker = start(longLeaseMs, off)
      const said = Date.parse(await worker.line('ready'))
      const at = await timers.at(1_000)
      const name = `off${off}`
      // The worker's own clock is about where the test says.
      expect(Math.abs(said - Date.parse(at) - off)).toBeLessThan(300_000)
      await timers.schedule(name, at)
      await reached(database, timerDue, await store.head(), 20_000)
      await eventually(async () => (await timers.fired()).includes(`${name} 1`), { timeout: 60_000 })
      const fired = (await store.readStream(`timer-${name}`)).at(-1)!
      const [occurredAt, recordedAt] = [Date.parse(metadataOf(fired).occurredAt), fired.recordedAt.getTime()]
      expect(occurredAt).toBeGreaterThanOrEqual(Date.parse(at))
      expect(occurredAt).toBeLessThanOrEqual(recordedAt)
      expect(recordedAt - Date.parse(at)).toBeLessThan(300_000)
    },
  )
})
