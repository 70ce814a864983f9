import { randomBytes } from 'node:crypto'
import { createDatabase, openEmbedded, type Database, type DatabaseOptions } from '#database'

/** What a database may begin with instead of nothing: made once a run, then copied, which takes a tenth of a second. */
export interface Template {
  readonly name: string
  /** Fills the database at `url` and leaves no connection to it. */
  fill(url: string): Promise<void>
}

/** A fresh database for one test file: empty, or a copy of a template. */
export interface TestDatabase {
  readonly url: string
  /** A pool of its own on it, closed together with the test database. */
  connect(options?: Omit<DatabaseOptions, 'connection'>): Database
  /** Ends every connection to the database, also the forgotten ones, and drops it. */
  close(): Promise<void>
}

/**
 * Room for the pools of a dozen workers. No durability: what a test needs to survive a crash runs on `testServer`.
 */
const serverOptions = {
  durable: false,
  settings: { max_connections: '200', shared_buffers: '64MB' },
  stopWhenLast: false,
}

/**
 * One server serves the whole Jest run: the first worker that asks starts it, Jest's global teardown stops it.
 * Call it in `beforeAll`, and `close()` in `afterAll`.
 */
export async function testDatabase(template?: Template): Promise<TestDatabase> {
  const dataDir = process.env['ROVIEC_TEST_DATA_DIR']
  if (!dataDir) throw new Error('jest.config.js must name libs/testing/jest-global-setup.js as globalSetup')
  const server = await openEmbedded(dataDir, serverOptions)
  const admin = createDatabase({ connection: server.url, name: 'test admin', max: 1 })
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  const urlOf = (database: string): string =>
    Object.assign(new URL(server.url), { pathname: `/${database}` }).href
  if (template !== undefined) await ensure(template, admin, server.url, urlOf)
  await admin.query(`create database ${name} template ${template?.name ?? 'template0'} strategy file_copy`)
  const url = urlOf(name)
  const connected: Database[] = []
  return {
    url,
    connect(options) {
      const database = createDatabase({ name, ...options, connection: url })
      connected.push(database)
      return database
    },
    async close() {
      await Promise.all(connected.map(async (database) => database.close()))
      await admin.query(`drop database ${name} with (force)`)
      await admin.close()
      await server.close()
    },
  }
}

/** The first that asks makes it, under another name until it is whole; others wait. */
async function ensure(
  { name, fill }: Template,
  admin: Database,
  serverUrl: string,
  urlOf: (database: string) => string,
): Promise<void> {
  const lock = createDatabase({ connection: serverUrl, name: 'test template', max: 1 })
  await lock.transaction(async (held) => {
    await held.query('select pg_advisory_xact_lock(hashtext($1))', [name])
    const { rowCount } = await held.query('select from pg_database where datname = $1', [name])
    if (rowCount === 1) return
    await admin.query(`drop database if exists ${name}_unfinished`)
    await admin.query(`create database ${name}_unfinished template template0`)
    await fill(urlOf(`${name}_unfinished`))
    await admin.query(`alter database ${name}_unfinished rename to ${name}`)
  })
  await lock.close()
}
