import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openPlatform, readConfig, type Platform } from '#platform'
import { testDatabase, testMasterKey, type TestDatabase } from '#testing'
import { readDeploy } from './deploy.test-support.js'

/** What an empty database beside a log that has moved makes anew, by the log and by what runs. */
const madeAnew = [
  'discarded',
  'leadership',
  'master_key',
  'migration',
  'operating',
  'operation',
  'parked',
  'projection',
  'snapshot',
]

describe('the way from one database to EventStoreDB', () => {
  let server: TestDatabase
  let platform: Platform
  beforeAll(async () => {
    server = await testDatabase()
    const settings = { ROVIEC_DATABASE_URL: server.url, ROVIEC_MASTER_KEY: testMasterKey }
    platform = await openPlatform(readConfig(settings))
  })
  afterAll(async () => {
    await platform.close()
    await server.close()
  })

  it('carries over every table that is not made anew, and those are empty before anybody works', async () => {
    const carried = [...readDeploy('README.md').matchAll(/--table=roviec\.(\w+)/gu)].map(
      ([, table]) => table!,
    )
    const { rows } = await platform.database.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'roviec'",
    )
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...carried, ...madeAnew].toSorted())
    for (const table of carried) {
      const { rows: found } = await platform.database.query(`SELECT FROM roviec.${table}`)
      expect([table, found.length]).toEqual([table, 0])
    }
  })
})
