import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { realEventStoreDb, startEventStoreDb, type StartedEventStoreDb } from './real-server.js'
import { standInEventStoreDb } from './stand-in-server.js'

export interface EmptyEventStoreDb {
  /** For a test's name: what it runs on, and why on nothing better. */
  readonly what: string
  /** Starts it with nothing in its log. The one that was named is the same each time: what it held is gone. */
  start(): Promise<StartedEventStoreDb>
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * EventStoreDB for a test that must find nothing in the log: the named server where there is a command to empty it,
 * a container of its own where Docker runs, else the stand-in.
 */
export function emptyEventStoreDb(env: Environment = process.env): EmptyEventStoreDb {
  const named = emptiedServer(env)
  if (named) return { what: 'a real server', start: named }
  const real = realEventStoreDb(env)
  if (real.kind === 'containers') return { what: 'a real server', start: () => startEventStoreDb(real) }
  const why = real.kind === 'named' ? 'set ROVIEC_TEST_EVENTSTORE_EMPTY' : real.why
  return {
    what: `the stand-in (${why})`,
    async start() {
      const { url, stop } = await standInEventStoreDb()
      return { url, stop: () => Promise.resolve(stop()) }
    },
  }
}

/**
 * Starts the server that `ROVIEC_TEST_EVENTSTORE_URL` names with an empty log, by the command that
 * `ROVIEC_TEST_EVENTSTORE_EMPTY` gives; undefined where either is not set.
 *
 * @throws Error of the returned function, where several test files run at once: each would empty the log of the others
 */
export function emptiedServer(
  env: Environment = process.env,
): (() => Promise<StartedEventStoreDb>) | undefined {
  const [url, command] = [env['ROVIEC_TEST_EVENTSTORE_URL'], env['ROVIEC_TEST_EVENTSTORE_EMPTY']]
  if (!url || !command) return undefined
  return async () => {
    if ((env['JEST_WORKER_ID'] ?? '1') !== '1')
      throw new Error('ROVIEC_TEST_EVENTSTORE_EMPTY empties one log for all: run Jest with --runInBand.')
    await promisify(execFile)('/bin/sh', ['-c', command])
    return { url, stop: () => Promise.resolve() }
  }
}
