import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { InMemoryEventStore } from '#event-store'
import { newId } from '#kernel'
import { testDatabase, type TestDatabase } from '#testing'
import { engineMigrations } from '#engine'
import { buildsOf, type Build } from './build.js'
import { LeaseLost } from './lease-lost.js'
import { Lease, type Reach } from './lease.js'
import type { Transaction } from './projection.js'
import { tally } from './tally.fixture.js'

/** One that reads nothing: what is written, the test says. */
const view = tally()
const milliseconds = 60_000

describe('the lease of a build', () => {
  let server: TestDatabase
  let database: Database
  let build: Build
  const store = new InMemoryEventStore()
  const holder = newId()

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrate(database, 'engine', engineMigrations)
    ;[build] = (await buildsOf(database, store, view)) as [Build]
    await (await acquire()).open(view)
  })
  beforeEach(async () => {
    await database.query('UPDATE roviec.projection SET lease_holder = NULL, lease_until = NULL')
    await database.query(`TRUNCATE build_tally_1.tally`)
  })
  afterAll(() => server.close())

  /** A holder that lost track of its lease may take it again at once: as another does after its end. */
  const acquire = async (): Promise<Lease> =>
    (await Lease.acquire(database, build, { holder, milliseconds })) as Lease
  const next = (lease: Lease): Reach => ({ position: lease.position + 1n, reflects: null, caughtUp: false })
  const row = async (transaction: Transaction): Promise<void> => {
    await transaction.query(`INSERT INTO tally VALUES ('s', 1, 1)`)
  }
  const rows = async (): Promise<number> =>
    (await database.query('SELECT FROM build_tally_1.tally')).rowCount ?? 0

  it("that went elsewhere begins no page, moves nothing, is not renewed, and ends nobody else's", async () => {
    const stale = await acquire()
    const held = await acquire()
    let begun = false
    const write = stale.write(next(stale), () => {
      begun = true
      return Promise.resolve()
    })
    await expect(write).rejects.toThrow(LeaseLost)
    expect(begun).toBe(false)
    await expect(stale.advance(next(stale))).rejects.toThrow(LeaseLost)
    await expect(stale.renew()).rejects.toThrow(LeaseLost)
    await stale.fail('stale')
    await stale.release()
    await held.renew()
    const { rows: found } = await database.query(
      'SELECT lease_holder AS holder, error FROM roviec.projection WHERE lease_until > clock_timestamp()',
    )
    expect(found).toEqual([{ holder, error: null }])
  })

  it('that is lost amid a page undoes the page', async () => {
    const stale = await acquire()
    const write = stale.write(next(stale), async (transaction) => {
      await row(transaction)
      await acquire()
    })
    await expect(write).rejects.toThrow(LeaseLost)
    expect(await rows()).toBe(0)
  })

  it('moves from where its holder left it, or not at all: a page whose commit was not heard of is not written twice', async () => {
    const lease = await acquire()
    const elsewhere = async (): Promise<void> => {
      await database.query('UPDATE roviec.projection SET position = position + 1')
    }
    const write = lease.write(next(lease), async (transaction) => {
      await row(transaction)
      await elsewhere()
    })
    await expect(write).rejects.toThrow(LeaseLost)
    expect(await rows()).toBe(0)
    await expect(lease.write(next(lease), row)).rejects.toThrow(LeaseLost)
    await expect(lease.advance({ ...next(lease), caughtUp: true })).rejects.toThrow(LeaseLost)
    const again = await acquire()
    await again.write(next(again), row)
    expect(await rows()).toBe(1)
  })
})
