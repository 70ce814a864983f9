import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { deriveId, newId } from '#kernel'
import { migrate, type Database } from '#database'
import { InMemoryEventStore, PostgresEventStore } from '#event-store'
import { testDatabase, virtualClock, type TestDatabase } from '#testing'
import { CommandHandler, PostgresSnapshots, snapshotMigration, type Snapshot } from '#engine'
import { add, counter } from '../counter.fixture.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')
let own: TestDatabase
let database: Database

beforeAll(async () => {
  own = await testDatabase()
  database = own.connect()
  await migrate(database, 'snapshots', [snapshotMigration])
})
afterAll(() => own.close())
beforeEach(() => database.query('TRUNCATE roviec.snapshot'))

const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  stream: 'counter-one',
  revision: 100n,
  lastEvent: newId(),
  workflow: 'counter',
  fold: 'f',
  state: { status: 'counting', total: 3 } as never,
  ...more,
})

async function kept(snapshots: PostgresSnapshots, ...all: readonly Snapshot[]): Promise<void> {
  for (const each of all) {
    snapshots.keep(each)
    await snapshots.settled()
  }
}

const rows = async (): Promise<readonly { stream: string; revision: string }[]> =>
  (
    await database.query<{ stream: string; revision: string }>(
      'SELECT * FROM roviec.snapshot ORDER BY stream',
    )
  ).rows

describe('snapshots in PostgreSQL', () => {
  it('come back as they were, to the fold of the program that made them only', async () => {
    const snapshots = new PostgresSnapshots(database, { program: () => Promise.resolve('1') })
    const one = snapshot()
    await kept(snapshots, one)
    expect(await snapshots.find(one.stream, 'counter', 'f')).toEqual(one)
    expect(await snapshots.find(one.stream, 'counter', 'g')).toBeUndefined()
    expect(await snapshots.find(one.stream, 'task', 'f')).toBeUndefined()
    expect(await snapshots.find('counter-two', 'counter', 'f')).toBeUndefined()
    const newer = new PostgresSnapshots(database, { program: () => Promise.resolve('2') })
    expect(await newer.find(one.stream, 'counter', 'f')).toBeUndefined()
  })

  it('are one a stream, the last one', async () => {
    const snapshots = new PostgresSnapshots(database)
    const [early, late] = [snapshot(), snapshot({ revision: 200n })]
    await kept(snapshots, late, early, late)
    expect(await rows()).toHaveLength(1)
    expect(await snapshots.find(late.stream, 'counter', 'f')).toEqual(late)
  })

  it('stay within the capacity, the latest kept', async () => {
    const snapshots = new PostgresSnapshots(database, { capacity: 50 })
    for (let index = 0; index < 200; index++)
      await kept(snapshots, snapshot({ stream: `counter-${String(index).padStart(3, '0')}` }))
    const streams = (await rows()).map(({ stream }) => stream)
    expect(streams).toEqual(Array.from({ length: 50 }, (_, index) => `counter-${150 + index}`))
  })

  it.each([
    ['a date', { at: new Date(0) }],
    ['a map', { of: new Map([[1, 2]]) }],
    ['a member that is undefined', { of: undefined }],
    ['a big integer', { of: 1n }],
    ['more than is worth writing again and again', { text: 'x'.repeat(1_000_001) }],
  ])('are not made of a state with %s', async (_what, state) => {
    const snapshots = new PostgresSnapshots(database)
    expect(() => snapshots.keep(snapshot({ state: { status: 'x', ...state } as never }))).not.toThrow()
    await snapshots.settled()
    expect(await rows()).toEqual([])
  })

  it('are none where the table cannot be read or written', async () => {
    const lost = own.connect()
    await lost.close()
    const snapshots = new PostgresSnapshots(lost)
    await kept(snapshots, snapshot())
    expect(await snapshots.find('counter-one', 'counter', 'f')).toBeUndefined()
  })
})

describe('a command on a long stream in PostgreSQL', () => {
  it('goes on from the snapshot after a restart, and from the log when the table was emptied', async () => {
    const store = await PostgresEventStore.open({ connection: own.url })
    const snapshots = new PostgresSnapshots(database)
    const fresh = (): CommandHandler =>
      new CommandHandler({ store, clock, workflows: [counter], snapshots: new PostgresSnapshots(database) })
    const writer = new CommandHandler({ store, clock, workflows: [counter], snapshots })
    const first = add(0, {
      transition: 'AddAll',
      data: { adds: Array.from({ length: 130 }, () => ({ amount: 1 })) },
    })
    await writer.handle(first)
    await snapshots.settled()
    expect(await rows()).toMatchObject([{ stream: 'counter-one', revision: '129' }])
    expect(await fresh().handle(add(5))).toMatchObject({ status: 'accepted', state: { total: 135 } })
    // Proof that it was used: what it says is believed, however wrong.
    await database.query(`UPDATE roviec.snapshot SET state = '{"status":"counting","total":500}'`)
    expect((await fresh().load(counter, 'one')).state.total).toBe(505)
    await database.query('TRUNCATE roviec.snapshot')
    expect((await fresh().load(counter, 'one')).state.total).toBe(135)
    const strike = add(0, { transition: 'Strike', data: { eventId: deriveId(first.id, 77) } })
    expect(await fresh().handle(strike)).toMatchObject({ status: 'accepted' })
    await store.close()
  })

  it('is not held up by a snapshot that is being written', async () => {
    const never = { find: () => Promise.resolve(undefined), keep: () => undefined }
    const store = new InMemoryEventStore({ clock })
    const slow = new PostgresSnapshots({ query: () => new Promise(() => undefined) } as never)
    const handler = new CommandHandler({
      store,
      clock,
      workflows: [counter],
      snapshots: { ...never, keep: slow.keep.bind(slow) },
    })
    for (let round = 0; round < 6; round++) {
      const adds = Array.from({ length: 101 }, () => ({ amount: 1 }))
      expect(await handler.handle(add(0, { transition: 'AddAll', data: { adds } }))).toMatchObject({
        status: 'accepted',
      })
    }
  })
})
