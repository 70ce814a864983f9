import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import type { EventStore } from '#event-store'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import {
  listProgress,
  ProjectionRunner,
  reached,
  ViewBehind,
  ViewBeingRebuilt,
  type Projection,
  type ProjectionProgress,
} from '#engine'
import { appendAmounts, foldTally, gate, openStore, readTally, tally } from './tally.fixture.js'

type RunnerOptions = ConstructorParameters<typeof ProjectionRunner>[3]

/** Fails as on a full disk: no event is to blame. */
function noRoom(message: string): string {
  return `DO $$ BEGIN RAISE EXCEPTION '${message}' USING ERRCODE = 'disk_full'; END $$`
}

describe('ProjectionRunner', () => {
  let server: TestDatabase
  let database: Database
  let store: EventStore
  let running: ProjectionRunner[] = []
  let failures: string[] = []

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 30 })
  })
  afterAll(() => server.close())

  beforeEach(async () => {
    store = await openStore(database, server.url)
    failures = []
  })
  afterEach(async () => {
    await Promise.all(running.map((runner) => runner.stop()))
    running = []
    await store.close()
    await database.query('drop schema event_log, roviec, view cascade')
  })

  const run = (projection: Projection, options: RunnerOptions = {}): ProjectionRunner => {
    const log = { failed: (name: string, error: Error) => void failures.push(`${name}: ${error.message}`) }
    const runner = new ProjectionRunner(store, database, log, { pageSize: 10, ...options })
    runner.start([projection])
    running.push(runner)
    return runner
  }
  const settled = async (projection: Projection = tally()): Promise<void> => {
    await reached(database, projection, await store.head(), 20_000)
    expect(await readTally(database)).toEqual(await foldTally(store))
  }
  const progress = async (): Promise<ProjectionProgress> => (await listProgress(database))[0]!
  const setState = async (state: string): Promise<unknown> =>
    database.query('update roviec.projection set state = $1', [state])

  it('fills a view from the log, goes on with what comes, and is active throughout', async () => {
    await appendAmounts(store, 45)
    run(tally())
    await settled()
    await eventually(async () => (await progress()).state === 'active')
    const states = new Set<string>()
    const watched = tally(1, {
      async apply(transaction, events) {
        await tally().apply(transaction, events)
        states.add((await progress()).state)
      },
    })
    await running[0]!.stop()
    run(watched)
    for (let more = 0; more < 5; more++) {
      await appendAmounts(store, 3)
      await settled()
    }
    expect([...states]).toEqual(['active'])
    expect(failures).toEqual([])
  })

  it('commits rows and checkpoint together or not at all, tells why it stands still, and recovers', async () => {
    await appendAmounts(store, 45)
    let broken = true
    let pages = 0
    const held = gate()
    run(
      tally(1, {
        async apply(transaction, events) {
          await tally().apply(transaction, events)
          if (!broken) return
          if (++pages === 3) await transaction.query(noRoom('no room left'))
          // Tried again after the failure.
          if (pages === 4) {
            await held.pass()
            await transaction.query(noRoom('still no room'))
          }
        },
      }),
    )
    await held.entered
    const stuck = await progress()
    expect(stuck).toMatchObject({ state: 'error', error: 'no room left' })
    const counted = (await readTally(database)).reduce((sum, { events }) => sum + events, 0)
    expect(counted).toBe(20)
    broken = false
    held.open()
    await settled()
    expect(await progress()).toMatchObject({ error: null })
    expect(failures).toEqual(['tally: no room left', 'tally: still no room'])
  })

  it('writes nothing after its lease went elsewhere while it was in the middle of a page', async () => {
    await appendAmounts(store, 45)
    const held = gate()
    let applied = 0
    const slow = run(
      tally(1, {
        async apply(transaction, events) {
          if (++applied === 2) await held.pass()
          await tally().apply(transaction, events)
        },
      }),
    )
    await held.entered
    await database.query(`update roviec.projection set lease_until = now() - interval '1 second'`)
    run(tally())
    await settled()
    held.open()
    await slow.stop()
    await settled()
    // Losing a lease is no failure of the projection.
    expect(failures).toEqual([])
    expect(await progress()).toMatchObject({ state: 'active', error: null })
  })

  it('gives exact figures while runners come and go and writers write', async () => {
    for (let round = 0; round < 6; round++) {
      run(tally(), { pageSize: 3 })
      const writing = appendAmounts(store, 25)
      if (round > 0) await running[round - 1]!.stop()
      await writing
    }
    run(tally(), { pageSize: 3 })
    await settled()
    expect(failures).toEqual([])
  })

  it('creates the tables of a new version once when many start together', async () => {
    await appendAmounts(store, 15)
    for (let runner = 0; runner < 6; runner++) run(tally(2))
    await settled(tally(2))
    expect(failures).toEqual([])
  })

  it('keeps two versions side by side, each with its own place', async () => {
    await appendAmounts(store, 15)
    run(tally(1))
    await settled(tally(1))
    run(tally(2))
    const head = await store.head()
    await eventually(async () => {
      const builds = (await listProgress(database)).map(({ version, standing, position }) => ({
        version,
        standing,
        position,
      }))
      expect(builds).toEqual([
        { version: 1, standing: 'live', position: head },
        { version: 2, standing: 'building', position: head },
      ])
    })
  })

  it('says why the tables of a version cannot be made, and makes them when they can', async () => {
    await appendAmounts(store, 5)
    let create = 'create table nonsense ('
    const projection = {
      ...tally(),
      get create() {
        return create
      },
    }
    run(projection)
    await eventually(async () => (await progress())?.state === 'error')
    expect(await progress()).toMatchObject({ position: 0n, error: expect.stringContaining('syntax error') })
    create = tally().create
    await settled()
  })

  it('honours a pause, in the middle of a page too, and goes on when it ends', async () => {
    await appendAmounts(store, 45)
    const held = gate()
    let pages = 0
    run(
      tally(1, {
        async apply(transaction, events) {
          await tally().apply(transaction, events)
          if (++pages === 2) await held.pass()
        },
      }),
    )
    await held.entered
    await setState('paused')
    const { position } = await progress()
    held.open()
    // Another runner finds it paused as well.
    run(tally())
    await eventually(async () => !(await progress()).led)
    expect(await progress()).toMatchObject({ state: 'paused', position })
    await setState('booting')
    await settled()
    expect(failures).toEqual([])
  })

  it('does not turn a pause into an error', async () => {
    await appendAmounts(store, 5)
    const held = gate()
    run(
      tally(1, {
        async apply(transaction) {
          await held.pass()
          await transaction.query(noRoom('broken'))
        },
      }),
    )
    await held.entered
    await setState('paused')
    held.open()
    await eventually(() => failures.length > 0)
    await running[0]!.stop()
    expect(await progress()).toMatchObject({ state: 'paused', error: null })
  })

  it('finishes the page in hand when it stops, and gives the lease back', async () => {
    await appendAmounts(store, 45)
    const held = gate()
    const runner = run(
      tally(1, {
        async apply(transaction, events) {
          await held.pass()
          await tally().apply(transaction, events)
        },
      }),
      { leaseMs: 600_000 },
    )
    await held.entered
    const stopping = runner.stop()
    held.open()
    await stopping
    expect(await readTally(database)).not.toEqual([])
    expect(await progress()).toMatchObject({ led: false, error: null })
    run(tally())
    await settled()
  })

  it('has seen what it does not read: its place covers foreign events', async () => {
    run(tally())
    await store.append(
      'other-1',
      [{ id: crypto.randomUUID(), type: 'other.Happened', data: {}, metadata: {} }],
      'any',
    )
    const at = await reached(database, tally(), await store.head(), 20_000)
    expect(at).toEqual({ position: 1n, reflects: null, parked: 0 })
    await settled()
  })

  it('stands still when the log ends before its place: another log is connected, or an older copy', async () => {
    await appendAmounts(store, 5)
    run(tally())
    await settled()
    await running[0]!.stop()
    await database.query('update roviec.projection set position = 1000')
    run(tally())
    await eventually(async () => (await progress()).state === 'error')
    expect(await progress()).toMatchObject({
      position: 1000n,
      error: expect.stringContaining('beyond the end'),
    })
  })

  it('says that a view is behind instead of answering from the past', async () => {
    await appendAmounts(store, 1)
    await expect(reached(database, tally(), 2n, 0)).rejects.toBeInstanceOf(ViewBeingRebuilt)
    run(tally())
    await settled()
    await expect(reached(database, tally(), 3n, 0)).rejects.toBeInstanceOf(ViewBehind)
    await expect(reached(database, tally(), 3n, 20)).rejects.toMatchObject({
      code: 'view-behind',
      details: { view: 'tally', wanted: '3', reached: '2', safeToRepeat: true },
    })
  })
})
