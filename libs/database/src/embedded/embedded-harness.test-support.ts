import { afterEach } from '@jest/globals'
import { spawn } from 'node:child_process'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually, testProcess, type TestProcess } from '#testing'
import { createDatabase, type Database } from '../pool.js'
import { openEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from './embedded-postgres.js'
import { readPostmaster } from './postmaster.js'

/** Servers, pools and second processes for the tests of the embedded server; all are gone after each test. */
export const quick: EmbeddedOptions = { durable: false, settings: { synchronous_commit: 'on' } }
const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  const failures: unknown[] = []
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup().catch((error) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'cleaning up failed')
})

export async function newDataDir(): Promise<string> {
  // Below this name, Jest's global teardown clears away whatever a failing test leaves.
  const dataDir = await mkdtemp(`${process.env['ROVIEC_TEST_DATA_DIR'] ?? join(tmpdir(), 'roviec')}-server-`)
  await chmod(dataDir, 0o755)
  return dataDir
}

export async function open(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const server = await openEmbedded(dataDir, { ...quick, ...options })
  cleanups.push(() => server.close())
  return server
}

export function connect(server: EmbeddedPostgres): Database {
  const database = createDatabase({ connection: server.url })
  cleanups.push(() => database.close())
  return database
}

export function secondProcess(dataDir: string, purpose?: string): TestProcess {
  const script = new URL('open-embedded.fixture.ts', import.meta.url)
  const other = testProcess(script, purpose === undefined ? [dataDir] : [dataDir, purpose])
  cleanups.push(() => other.kill9())
  return other
}

export function serverIn(dataDir: string): ReturnType<typeof readPostmaster> {
  return readPostmaster(join(dataDir, 'postgres', 'data'))
}

export async function killServer(pid: number, dataDir: string): Promise<void> {
  process.kill(pid, 'SIGKILL')
  await eventually(async () => (await serverIn(dataDir))?.pid !== pid)
}

/** A running process that has nothing to do with any data directory. */
export function stranger(): number {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  cleanups.push(() => Promise.resolve(child.kill('SIGKILL')))
  return child.pid ?? 0
}
