import { randomBytes } from 'node:crypto'
import { createDatabase, openEmbedded, type Database, type DatabaseOptions } from '#database'

/** A fresh, empty database for one test file. */
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
export async function testDatabase(): Promise<TestDatabase> {
  const dataDir = process.env['ROVIEC_TEST_DATA_DIR']
  if (!dataDir) throw new Error('jest.config.js must name libs/testing/jest-global-setup.js as globalSetup')
  const server = await openEmbedded(dataDir, serverOptions)
  const admin = createDatabase({ connection: server.url, name: 'test admin', max: 1 })
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name} template template0`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  const connected: Database[] = []
  return {
    url: url.href,
    connect(options) {
      const database = createDatabase({ name, ...options, connection: url.href })
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
