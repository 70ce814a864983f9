import { chmodSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileSources } from './compile-sources.js'
import { processExists, removeTestServersOf } from './jest-global-teardown.js'

/**
 * Names the directory of this run's PostgreSQL, which the first test that asks for a database starts there, and
 * clears away what runs that were killed have left: their servers go on without them. Before that it compiles what the
 * run's processes are started from.
 */
export default async function setup() {
  await compileSources()
  await removeTestServersOf((run) => !processExists(run))
  const dataDir = join(tmpdir(), `roviec-test-${process.pid}`)
  mkdirSync(dataDir, { recursive: true })
  // PostgreSQL does not run as root: its own user must get in.
  chmodSync(dataDir, 0o755)
  process.env.ROVIEC_TEST_DATA_DIR = dataDir
}
