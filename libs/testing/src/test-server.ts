import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '#database'
import { processExists, removeTestServer } from '../jest-global-teardown.js'
import { eventually } from './eventually.js'

/** A PostgreSQL server of a test's own, to be stopped and killed at will. */
export interface TestServer {
  /** Of an empty database. The port, and so the URL, stays the same over restarts. */
  readonly url: string
  readonly dataDir: string
  start(): Promise<void>
  /** `fast` ends the sessions in order, `immediate` as in a crash. Returns when the server is gone. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  /** The server's main process dies with no chance to do anything. Returns when it is gone. */
  kill9(): Promise<void>
  /** Stops the server and removes its data. */
  close(): Promise<void>
}

/** Safe against a killed process, which is what tests do, though not against a power failure. */
const settings = { synchronous_commit: 'on', shared_buffers: '32MB' }

/** Starts a server in a new directory. Takes about a second: `testDatabase` is enough where nothing is broken. */
export async function testServer(): Promise<TestServer> {
  const run = process.env['ROVIEC_TEST_DATA_DIR'] ?? join(tmpdir(), 'roviec')
  const dataDir = await mkdtemp(`${run}-server-`)
  await chmod(dataDir, 0o755)
  const start = async (): Promise<{ url: string; pid: number }> => {
    const server = await openEmbedded(dataDir, { durable: false, settings, stopWhenLast: false })
    const { url, pid } = server
    await server.close()
    return { url, pid }
  }
  let running = await start()
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const { pid } = running
    process.kill(pid, signal)
    await eventually(() => !processExists(pid), { what: `the end of PostgreSQL, pid ${pid}` })
  }
  return {
    url: running.url,
    dataDir,
    async start() {
      running = await start()
    },
    stop: (mode = 'fast') => end(mode === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    kill9: () => end('SIGKILL'),
    close: () => removeTestServer(dataDir),
  }
}
