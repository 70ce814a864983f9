import { once } from 'node:events'
import { RoviecError } from '#kernel'
import { openEmbedded } from './embedded-postgres.js'

/**
 * The program of the second process: opens the data directory, locks it if a purpose is given, prints
 * `open <pid of the server>` or `refused <code> <message>`, and closes when told anything.
 */
const [dataDir = '', purpose] = process.argv.slice(2)
try {
  const server = await openEmbedded(dataDir, { durable: false, settings: { synchronous_commit: 'on' } })
  if (purpose) await server.lockDataDir(purpose, () => undefined)
  console.log(`open ${server.pid}`)
  await once(process.stdin, 'data')
  await server.close()
  process.stdin.destroy()
} catch (error) {
  if (!(error instanceof RoviecError)) throw error
  console.log(`refused ${error.code} ${error.message}`)
  process.exit(1)
}
