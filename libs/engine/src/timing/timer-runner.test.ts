import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { deriveId, newId, type RoviecError } from '#kernel'
import type { Database } from '#database'
import { reached } from '#engine'
import type { EventStore } from '#event-store'
import { eventually, openLog, testDatabase, testLogs, virtualClock, type TestDatabase } from '#testing'
import { clear } from '../operating/operated.fixture.js'
import { timerDue } from './timer-due.projection.js'
import {
  metadataOf,
  migrateTimers,
  startFiring,
  startIndex,
  startTimers,
  Timers,
  type Running,
} from './timers.test-support.js'

const hour = 3_600_000

describe.each(testLogs)('timers, on $what', (log) => {
  let server: TestDatabase
  let started: Awaited<ReturnType<typeof log.start>>
  let database: Database
  let store: EventStore
  let timers: Timers
  let workers: Running[]

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    await migrateTimers(database)
    started = await log.start(server)
    store = await openLog(started.url)
    timers = new Timers(store, database)
    workers = []
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
    await store.close()
    await started.stop()
    await clear(database)
  })

  const start = (options: Parameters<typeof startTimers>[2] = {}): Running => {
    const worker = startTimers(store, database, options)
    workers.push(worker)
    return worker
  }
  const caughtUp = async (): Promise<void> => {
    await reached(database, timerDue, await store.head(), 10_000)
  }

  it('that fell due while nothing ran are caught up with by their rule', async () => {
    const outage = await timers.at(-3 * hour - 10 * 60_000)
    for (const rule of ['each', 'once', 'skip'] as const) {
      await timers.schedule(`hourly-${rule}`, outage, rule, 'PT1H')
      await timers.schedule(`single-${rule}`, outage, rule)
    }
    start()
    await eventually(async () => expect(await timers.log()).toHaveLength(6 + 4 + 1 + 1 + 3))
    await caughtUp()
    const told = (await timers.log()).slice(6).map(({ stream, type, data }) => {
      const { occurrence, covers } = data as { occurrence: number; covers: number }
      return `${stream.slice(6)}: ${type} ${occurrence}+${covers}`
    })
    const of = (timer: string): readonly string[] => told.filter((line) => line.startsWith(`${timer}:`))
    expect(of('hourly-each')).toEqual([1, 2, 3, 4].map((n) => `hourly-each: timer.Fired ${n}+1`))
    expect(of('hourly-once')).toEqual(['hourly-once: timer.Fired 1+4'])
    expect(of('hourly-skip')).toEqual(['hourly-skip: timer.Skipped 1+4'])
    expect(of('single-each')).toEqual(['single-each: timer.Fired 1+1'])
    expect(of('single-skip')).toEqual(['single-skip: timer.Skipped 1+1'])
    const { rows } = await database.query<{ timer: string; due_at: Date; occurrence: number }>(
      'SELECT timer, due_at, occurrence FROM view.timer_due ORDER BY timer',
    )
    const next = new Date(Date.parse(outage) + 4 * hour)
    expect(rows).toEqual(
      ['each', 'once', 'skip'].map((rule) => ({ timer: `hourly-${rule}`, due_at: next, occurrence: 5 })),
    )
  })

  it('of one second by the hundred are fired once each, with several workers and pages', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `t${String(index).padStart(3, '0')}`)
    const at = await timers.at(500)
    await Promise.all(names.map((name) => timers.schedule(name, at)))
    for (let worker = 0; worker < 3; worker++) start({ pageSize: 15 })
    await eventually(async () => expect(await timers.fired()).toHaveLength(100))
    await caughtUp()
    expect((await timers.fired()).toSorted()).toEqual(names.map((name) => `${name} 1`))
    const { rows } = await database.query<object>('SELECT 1 FROM view.timer_due')
    expect(rows).toHaveLength(0)
  })

  it('are either fired or cancelled; whoever comes second is told', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `t${index}`)
    const at = await timers.at(300)
    await Promise.all(names.map((name) => timers.schedule(name, at)))
    start()
    await eventually(async () => (await timers.fired()).length > 0)
    const cancelled = await Promise.all(
      names.map((name) => timers.send(name, 'Cancel', { reason: 'đã nộp' })),
    )
    await eventually(async () => expect(await timers.log()).toHaveLength(80))
    for (const [index, outcome] of cancelled.entries()) {
      const stream = await store.readStream(`timer-${names[index]}`)
      const isCancelled = outcome.status === 'accepted'
      expect(stream.map(({ type }) => type)).toEqual([
        'timer.Scheduled',
        isCancelled ? 'timer.Cancelled' : 'timer.Fired',
      ])
      expect(outcome).toMatchObject(
        isCancelled ? {} : { status: 'refused', refusal: { code: 'transition-not-allowed' } },
      )
    }
  })

  it('are not fired by an index that is behind: their stream decides', async () => {
    const index = startIndex(store, database)
    for (const name of ['cancelled', 'moved', 'left']) await timers.schedule(name, await timers.at(-hour))
    await caughtUp()
    await index.stop()
    await timers.send('cancelled', 'Cancel', { reason: 'đã nộp' })
    await timers.send('moved', 'Reschedule', { at: await timers.at(hour), reason: 'gia hạn' })
    workers.push(startFiring(store, database, { inFlight: 1 }))
    await eventually(async () => expect(await timers.fired()).toEqual(['left 1']))
    expect(await timers.log()).toHaveLength(6)
  })

  // The rest does not depend on where the log lies.
  if (log.on !== 'postgres') return

  it('are fired when they are due, not before, with what set them as their cause', async () => {
    start()
    const at = await timers.at(300)
    await timers.schedule('a', at)
    await eventually(async () => expect(await timers.fired()).toEqual(['a 1']))
    const [set, fired] = await timers.log()
    expect(fired!.recordedAt.getTime()).toBeGreaterThanOrEqual(Date.parse(at))
    expect(metadataOf(fired!).occurredAt >= at).toBe(true)
    expect(metadataOf(fired!)).toMatchObject({
      // Whoever fires it, and however often: the setting and the due time.
      commandId: deriveId('timer', 'Fire', 'a', 1, 1),
      causationId: set!.id,
      correlationId: metadataOf(set!).correlationId,
      actor: 'system',
    })
    expect(fired!.data).toMatchObject({ dueAt: at, covers: 1, next: null, name: 'reminder' })
  })

  it('wake the runner when they are set to an earlier time than it sleeps until', async () => {
    start()
    await timers.schedule('late', await timers.at(hour))
    await caughtUp()
    await timers.schedule('early', await timers.at(100))
    await eventually(async () => expect(await timers.fired()).toEqual(['early 1']))
    await timers.send('late', 'Reschedule', { at: await timers.at(50), reason: 'sớm hơn' })
    await eventually(async () => expect(await timers.fired()).toEqual(['early 1', 'late 1']))
  })

  it('recur in their rhythm', async () => {
    start()
    const at = Date.parse(await timers.at(200))
    await timers.schedule('tick', new Date(at).toISOString(), 'each', 'PT1S')
    await eventually(async () => (await timers.fired()).length > 2)
    const due = (await timers.log(['timer.Fired'])).map(({ data }) => (data as { dueAt: string }).dueAt)
    expect(due.slice(0, 3).map((time) => Date.parse(time) - at)).toEqual([0, 1_000, 2_000])
  })

  it('are fired in the order in which they fell due', async () => {
    const minutes = [7, 3, 9, 1, 8, 2]
    for (const minute of minutes) await timers.schedule(`m${minute}`, await timers.at(-minute * 60_000))
    await timers.schedule('every', await timers.at(-5 * 60_000), 'each', 'PT2M')
    start({ inFlight: 1, pageSize: 3 })
    await eventually(async () => expect(await timers.fired()).toHaveLength(9))
    const single = (await timers.fired()).filter((line) => line.startsWith('m'))
    expect(single).toEqual(['m9 1', 'm8 1', 'm7 1', 'm3 1', 'm2 1', 'm1 1'])
    expect((await timers.fired()).filter((line) => line.startsWith('every'))).toHaveLength(3)
  })

  it('are fired though one of them cannot be: by a program that does not know all its events', async () => {
    await timers.schedule('strange', await timers.at(-hour))
    const strange = { id: newId(), type: 'timer.Strange', data: {}, metadata: { commandId: newId() } }
    await store.append('timer-strange', [strange], 'any')
    for (const name of ['a', 'b']) await timers.schedule(name, await timers.at(-hour / 2))
    const failures: string[] = []
    jest.spyOn(console, 'error').mockImplementation((name: string, error: Error) => {
      failures.push(`${name}: ${(error as RoviecError).code}`)
    })
    start({ inFlight: 1 })
    await eventually(async () => expect((await timers.fired()).toSorted()).toEqual(['a 1', 'b 1']))
    expect(failures).toEqual(['timers: unknown-event-type'])
    jest.restoreAllMocks()
  })

  it('do not depend on the clock of those who set them', async () => {
    start()
    const at = await timers.at(300)
    for (const [name, off] of [
      ['ahead', 600_000],
      ['behind', -600_000],
    ] as const) {
      const clock = virtualClock(new Date(Date.parse(at) + off))
      await new Timers(store, database, clock).schedule(name, at)
    }
    await eventually(async () => expect((await timers.fired()).toSorted()).toEqual(['ahead 1', 'behind 1']))
    for (const fired of await timers.log(['timer.Fired'])) {
      expect(fired.recordedAt.getTime()).toBeGreaterThanOrEqual(Date.parse(at))
      const late = Date.parse(metadataOf(fired).occurredAt) - Date.parse(at)
      expect(late).toBeGreaterThanOrEqual(0)
      expect(late).toBeLessThan(300_000)
    }
  })

  it('follow the index through the days of a timer', async () => {
    start()
    const index = async (): Promise<readonly object[]> => {
      await caughtUp()
      const { rows } = await database.query<object>(
        'SELECT timer, due_at, schedule, occurrence, owner_id FROM view.timer_due',
      )
      return rows
    }
    const first = await timers.at(hour)
    const second = new Date(Date.parse(first) + hour).toISOString()
    await timers.schedule('a', first)
    const row = { timer: 'a', due_at: new Date(first), schedule: 1, occurrence: 1, owner_id: 'a' }
    expect(await index()).toEqual([row])
    await timers.send('a', 'Reschedule', { at: second, reason: 'gia hạn' })
    expect(await index()).toEqual([{ ...row, due_at: new Date(second), schedule: 2 }])
    await timers.send('a', 'Cancel', { reason: 'đã nộp' })
    expect(await index()).toEqual([])
    await timers.schedule('a', first, 'once', 'PT1H')
    expect(await index()).toEqual([{ ...row, schedule: 3, occurrence: 2 }])
    await timers.send('a', 'Fire', { reason: 'thử' })
    expect(await index()).toEqual([{ ...row, schedule: 3, occurrence: 3, due_at: new Date(second) }])
  })
})
