import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { isLed } from '#engine'
import { PostgresEventStore } from '#event-store'
import { eventually, testDatabase, testProcess, type TestDatabase, type TestProcess } from '#testing'
import { migrateTimers, Timers } from './timers.test-support.js'

const script = new URL('./timer-runner.fixture.ts', import.meta.url)

/** Far longer than the test: whoever goes on before has not waited for the lease to end. */
const longLeaseMs = 600_000

const count = 2_000

describe('two workers in processes of their own', () => {
  let server: TestDatabase
  let database: Database
  let store: PostgresEventStore
  const workers: TestProcess[] = []

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrateTimers(database)
    store = await PostgresEventStore.open({ connection: server.url })
  })
  afterAll(async () => {
    for (const worker of workers) await worker.kill9()
    await store.close()
    await server.close()
  })

  const start = (point = 'never', at = 0): TestProcess => {
    const worker = testProcess(script, [server.url, server.url, longLeaseMs, 0, point, at].map(String))
    workers.push(worker)
    return worker
  }

  it('fire each of thousands that are due in the same moment once, though the one that leads is killed amid them', async () => {
    const timers = new Timers(store, database)
    const at = await timers.at(0)
    await Promise.all(Array.from({ length: count }, (_, index) => timers.schedule(`t${index}`, at)))
    const leading = start('during-append', count / 2)
    await eventually(() => isLed(database, 'timers'))
    start()
    expect(await leading.ended).toBeNull()
    const before = (await timers.fired()).length
    expect(before).toBeLessThan(count)
    // One event has set each, one has fired it.
    await eventually(async () => (await store.head()) >= BigInt(count * 2))
    const fired = await timers.fired()
    expect(fired).toHaveLength(count)
    expect(new Set(fired)).toEqual(new Set(Array.from({ length: count }, (_, index) => `t${index} 1`)))
  })
})
