import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processExists, removeTestServer } from './jest-global-teardown.js'

const prefix = 'roviec-test-'

/**
 * Names the directory of this run's PostgreSQL, which the first test that asks for a database starts there, and
 * clears away what runs that were killed have left: their server goes on without them.
 */
export default async function setup() {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN
    // Another run may be clearing the same directory, or it may be another user's: not worth failing for.
    if (pid && !processExists(pid)) await removeTestServer(join(tmpdir(), name)).catch(() => undefined)
  }
  const dataDir = join(tmpdir(), `${prefix}${process.pid}`)
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o755)
  process.env.ROVIEC_TEST_DATA_DIR = dataDir
}
