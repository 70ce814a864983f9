import { afterEach, beforeEach, describe, it, expect } from '@jest/globals'
import { testDatabase, type TestDatabase } from '#testing'
import { migrate, type Migration } from './migrations.js'
import type { Database } from './pool.js'

const leases: Migration = {
  name: '0001-leases',
  sql: 'create table lease (name text);\ncreate table holder (name text)',
}
const fencing: Migration = { name: '0002-fencing', sql: 'alter table lease add column fencing bigint' }

describe('migrations', () => {
  let server: TestDatabase
  let database: Database

  beforeEach(async () => {
    server = await testDatabase()
    database = server.connect()
  })
  afterEach(() => server.close())

  it('are applied once, in their order', async () => {
    expect(await migrate(database, 'engine', [leases])).toEqual(['0001-leases'])
    expect(await migrate(database, 'engine', [leases, fencing])).toEqual(['0002-fencing'])
    expect(await migrate(database, 'engine', [leases, fencing])).toEqual([])
    await expect(database.query('select name, fencing from lease')).resolves.toMatchObject({ rows: [] })
  })

  it('of several libraries do not know each other', async () => {
    await migrate(database, 'engine', [leases])
    expect(await migrate(database, 'identity', [{ name: '0001-leases', sql: 'select 1' }])).toEqual([
      '0001-leases',
    ])
  })

  it('are applied by one of several processes that start together', async () => {
    const all = await Promise.all([1, 2, 3].map(() => migrate(server.connect(), 'engine', [leases, fencing])))
    expect(all.map((names) => names.length).sort((a, b) => a - b)).toEqual([0, 0, 2])
  })

  it('leave the schema as it was when one of them fails', async () => {
    const broken: Migration = { name: '0002-broken', sql: 'create table half (n int); select nonsense' }
    await expect(migrate(database, 'engine', [leases, broken])).rejects.toMatchObject({ code: '42703' })
    const { rows } = await database.query(`select to_regclass('lease') as lease, to_regclass('half') as half`)
    expect(rows).toEqual([{ lease: null, half: null }])
  })

  it('do not depend on line ends', async () => {
    await migrate(database, 'engine', [leases])
    expect(await migrate(database, 'engine', [{ ...leases, sql: leases.sql.replace('\n', '\r\n') }])).toEqual(
      [],
    )
  })

  it.each([
    ['migration-changed', [{ ...leases, sql: 'create table lease (id int)' }, fencing]],
    ['migration-unknown', [leases]],
    ['migration-out-of-order', [leases, { name: '0001b-early', sql: 'select 1' }, fencing]],
    ['migration-duplicate', [leases, fencing, fencing]],
  ])('refuse a history that is not theirs: %s', async (code, list) => {
    await migrate(database, 'engine', [leases, fencing])
    await expect(migrate(database, 'engine', list)).rejects.toMatchObject({ code })
  })
})
