import { describe, it, expect } from '@jest/globals'
import { testDatabase } from './test-database.js'

describe('test database', () => {
  it('is empty, belongs to its file alone and is gone afterwards', async () => {
    const one = await testDatabase()
    const other = await testDatabase()
    const database = one.connect()
    await database.query('create table seen (n int)')
    const { rows } = await other
      .connect()
      .query(
        `select to_regclass('seen') as seen, count(*)::int as n from pg_tables where schemaname = 'public'`,
      )
    expect(rows).toEqual([{ seen: null, n: 0 }])
    await one.close()
    const left = await other
      .connect()
      .query('select 1 from pg_database where datname = $1', [new URL(one.url).pathname.slice(1)])
    expect(left.rowCount).toBe(0)
    await other.close()
  })
})
