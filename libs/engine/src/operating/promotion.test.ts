import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { InMemoryEventStore } from '#event-store'
import { newId } from '#kernel'
import { testDatabase, type TestDatabase } from '#testing'
import { engineMigrations } from '#engine'
import { buildsOf } from '../projecting/build.js'
import { Filler } from '../projecting/filler.js'
import { LeaseLost } from '../projecting/lease-lost.js'
import { Lease } from '../projecting/lease.js'
import { tally } from '../projecting/tally.fixture.js'
import { insertBuild } from './operation.sql.js'
import { Promotion } from './promotion.js'

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

  /** As the holder of the lease of the second build sees it; whoever held it before holds it no more. */
  const promotion = async (): Promise<Promotion> => {
    const build = { name: view.name, version: view.version, build: 2 }
    const lease = (await Lease.acquire(database, build, { holder, milliseconds: 60_000 }))!
    const parked = (): void => undefined
    const filler = await Filler.open({ database, store, projection: view, lease, signal, parked })
    return new Promotion({ database, store, lease, filler, signal })
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
})
