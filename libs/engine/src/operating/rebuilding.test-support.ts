import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import type { Database } from '#database'
import type { Query } from '#engine'
import { NoData } from '#engine/workflow'
import { testDatabase, type TestDatabase } from '#testing'
import { readTally, tally, type Tallied } from '../projecting/tally.fixture.js'
import { clear, openOperated, type Operated } from './operated.fixture.js'

/** Version 2 counts what version 1 sums, in another column of the same table and in one more table. */
const counted = `
  INSERT INTO tally AS t VALUES ($1, 1) ON CONFLICT (stream) DO UPDATE SET events = t.events + 1`
export const second = tally(2, {
  create: `CREATE TABLE tally (stream text PRIMARY KEY, events integer NOT NULL); CREATE TABLE tally_more (n integer)`,
  rules: [counted],
  async apply(transaction, events) {
    for (const { stream } of events) await transaction.query(counted, [stream])
  },
})

export const totals = (version: number): Query<NoData, readonly Tallied[]> => ({
  name: 'counters.totals',
  text: { vi: 'Tổng số', en: 'Totals' },
  input: NoData,
  roles: ['operator'],
  view: { name: 'tally', version },
  answer: ({ database }) => readTally(database),
})

/** Every build of the view and its standing, such as '2 v1 building'. */
export async function buildsOf(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ told: string }>(
    `SELECT build || ' v' || version || ' ' || standing AS told FROM roviec.projection ORDER BY build`,
  )
  return rows.map(({ told }) => told)
}

/** The schemas that hold the tables of builds. */
export async function schemasOf(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'build\\_%' ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

/** One database for the tests of a `describe`, empty for each: what is on it is handed to `use` before each test. */
export function forEachTest(
  use: (on: {
    readonly database: Database
    readonly operated: Operated
    readonly server: TestDatabase
  }) => void,
): void {
  let server: TestDatabase
  let database: Database
  let operated: Operated

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 30 })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    operated = await openOperated(database, server.url)
    use({ database, operated, server })
  })
  afterEach(async () => {
    await operated.close()
    await clear(database)
  })
}
