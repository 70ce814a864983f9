import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { compileSources } from './compile-sources.js'
import { processExists, removeRuns, runDirectory } from './jest-global-teardown.js'

/**
 * Makes the directory of this run, where whatever tests write stands that name no other: the data of its PostgreSQL,
 * which the first test that asks for a database starts, and every temporary file. Clears away what runs that were killed
 * have left: their servers go on without them. Before that it compiles what the run's processes are started from.
 */
export default async function setup() {
  await compileSources()
  await removeRuns((run) => !processExists(run))
  const directory = runDirectory()
  mkdirSync(join(directory, 'shared'), { recursive: true })
  // PostgreSQL does not run as root: its own user must get in.
  chmodSync(directory, 0o755)
  chmodSync(join(directory, 'shared'), 0o755)
  process.env.TMPDIR = directory
  process.env.ROVIEC_TEST_DATA_DIR = join(directory, 'shared')
}
