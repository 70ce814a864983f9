import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { InMemoryEventStore } from '#event-store'
import { newId } from '#kernel'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { engineMigrations } from '#engine'
import { buildsOf } from '../projecting/build.js'
import { Filler } from '../projecting/filler.js'
import { LeaseLost } from '../projecting/lease-lost.js'
import { Lease } from '../projecting/lease.js'
import { appendAmounts, tally } from '../projecting/tally.fixture.js'
import { CarryOut } from './carry-out.js'
import { insertBuild, insertOperation, selectOutcomes } from './operation.sql.js'
import { Promotion, type PromotionParts } from './promotion.js'

const { signal } = new AbortController()

describe('a promotion', () => {
  let server: TestDatabase
  let database: Database
  const store = new InMemoryEventStore()
  const view = tally()
  const holder = newId()

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrate(database, 'engine', engineMigrations)
    await buildsOf(database, store, view)
    await database.query(insertBuild, [view.name, view.version, '0'])
  })
  afterAll(() => server.close())

  /** As the holder of the lease of a build; whoever held it before holds it no more. */
  const fillerOf = async (number: number): Promise<{ lease: Lease; filler: Filler }> => {
    const build = { name: view.name, version: view.version, build: number }
    const lease = (await Lease.acquire(database, build, { holder, milliseconds: 60_000 }))!
    const parked = (): void => undefined
    return { lease, filler: await Filler.open({ database, store, projection: view, lease, signal, parked }) }
  }
  const promotion = async (): Promise<Promotion> =>
    new Promotion({ database, store, ...(await fillerOf(2)), signal })
  /** Tells each look at the live build: an order takes one, a comparison that waits one after the other. */
  const looking = (parts: PromotionParts, told: () => void): Promotion => {
    const promotion = new Promotion(parts)
    const look = promotion.live.bind(promotion)
    return Object.assign(promotion, { live: () => (told(), look()) })
  }
  const live = async (): Promise<number[]> => {
    const { rows } = await database.query<{ build: number }>(
      `SELECT build FROM roviec.projection WHERE standing = 'live'`,
    )
    return rows.map(({ build }) => build)
  }

  it('is carried out by the holder of the lease, not by one whose lease went elsewhere', async () => {
    const stale = await promotion()
    const held = await promotion()
    await expect(stale.switch(() => Promise.resolve())).rejects.toThrow(LeaseLost)
    expect(await live()).toEqual([1])
    await held.switch(() => Promise.resolve())
    expect(await live()).toEqual([2])
  })

  it('waits for a live build that has lost its holder until another moves it on', async () => {
    const { lease: lost } = await fillerOf(2)
    await lost.release()
    await appendAmounts(store, 3)
    const { rows } = await database.query<{ build: number }>(insertBuild, [view.name, view.version, '0'])
    const beside = await fillerOf(rows[0]!.build)
    await beside.filler.catchUpTo(await store.head())
    let looks = 0
    const compared = looking({ database, store, ...beside, signal }, () => looks++).compare(true)
    await eventually(() => looks > 2)

    const { filler } = await fillerOf(2)
    await filler.catchUpTo(await store.head())
    expect(await compared).toMatchObject([{ table: 'tally', same: true }])
  })

  it('does not compare for one whose lease went elsewhere, where the build has moved on', async () => {
    const { rows } = await database.query<{ build: number }>(insertBuild, [view.name, view.version, '0'])
    const { filler } = await fillerOf(2)
    await filler.catchUpTo(await store.head())
    const stale = await fillerOf(rows[0]!.build)
    await stale.filler.catchUpTo(await store.head())
    await appendAmounts(store, 3)
    await (await fillerOf(rows[0]!.build)).filler.catchUpTo(await store.head())
    const comparing = new Promotion({ database, store, ...stale, signal }).compare(true)
    await expect(comparing).rejects.toThrow(LeaseLost)
  })

  it('leaves an order to the next worker where its own ends amid it', async () => {
    const { rows } = await database.query<{ build: number }>(insertBuild, [view.name, view.version, '0'])
    const { build } = rows[0]!
    await fillerOf(2)
    await appendAmounts(store, 3)
    const beside = await fillerOf(build)
    const ending = new AbortController()
    const parts = { database, store, ...beside, signal: ending.signal }
    const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => work()
    const ordered = { version: view.version, acceptDifferences: false, reason: null }
    const order = [newId(), view.name, build, 'projection.PromotionOrdered', '1', ordered, 'pending', null]
    await database.query(insertOperation, order)
    const state = async () => (await database.query(selectOutcomes, [order[0]])).rows

    await beside.filler.catchUpTo(await store.head())
    let looks = 0
    const waiting = looking(parts, () => {
      if (++looks > 2) ending.abort()
    })
    const comparing = new CarryOut({ ...parts, promotion: waiting, inTurn }).run(true)
    await expect(comparing).rejects.toThrow(LeaseLost)
    // Whatever its end cuts short.
    const cut = new Error('cut short')
    const promotion = Object.assign(new Promotion(parts), { live: () => Promise.reject(cut) })
    await expect(new CarryOut({ ...parts, promotion, inTurn }).run(true)).rejects.toThrow(cut)
    expect(await state()).toMatchObject([{ state: 'pending' }])
  })
})
