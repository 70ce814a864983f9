import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries, type Binaries } from './binaries.js'
import { clusterPaths, initCluster, prepareDataDir, readCluster, type ClusterPaths } from './cluster.js'
import { serverDoesNotAnswer } from './errors.js'
import { readPostmaster, type Postmaster } from './postmaster.js'
import { findServerUser, type ServerUser } from './server-user.js'
import { databaseUrl, leave, registerSession, type ServerAddress, type Session } from './session.js'
import { underStartLock } from './start-lock.js'
import { startServer, stopServer, type ServerSettings } from './start-server.js'

export interface EmbeddedOptions {
  /** Over the defaults for one machine; applies when this call is the one that starts the server. */
  readonly settings?: ServerSettings
  /** False gives up safety against power failures, for tests. */
  readonly durable?: boolean
  /** How long a running server may leave a connection unanswered, in milliseconds. Default 10 000. */
  readonly answerWithinMs?: number
  /** False leaves the server running when the last process closes. Default true. */
  readonly stopWhenLast?: boolean
}

export interface EmbeddedPostgres {
  /** Of the database `roviec`, with the password. Never log it. */
  readonly url: string
  readonly pid: number
  readonly port: number
  /** Leaves; the last process to leave stops the server. Idempotent. */
  close(): Promise<void>
}

const pollEveryMs = 20
/** Recovery after a crash replays at most `max_wal_size`: seconds, a minute on a slow disk. */
const recoverWithinMs = 300_000
const notDurable: ServerSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * The PostgreSQL of a data directory: created at first use, started when it does not run, shared when it does.
 * The server does not belong to the process that starts it; it goes on until the last user has closed, so a killed
 * application leaves a running server which the next one shares.
 *
 * @throws RoviecError with a code and what to do: see the README.
 */
export async function openEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const paths = clusterPaths(dataDir)
  const user = findServerUser()
  await prepareDataDir(paths, user)
  const binaries = await findBinaries(paths.libraries)
  const context: Context = { paths, user, binaries, options }
  const { session, postmaster, password } = await join(context)
  let closing: Promise<void> | undefined
  return {
    url: databaseUrl({ port: postmaster.port, password }, 'roviec'),
    pid: postmaster.pid,
    port: postmaster.port,
    close: () => (closing ??= close(session, context)),
  }
}

interface Context {
  readonly paths: ClusterPaths
  readonly user: ServerUser | undefined
  readonly binaries: Binaries
  readonly options: EmbeddedOptions
}

interface Joined {
  readonly session: Session
  readonly postmaster: Postmaster
  readonly password: string
}

/** Share a running server, else start one and share that; until it works or a server stays silent for too long. */
async function join(context: Context): Promise<Joined> {
  const { paths, options } = context
  const patience = options.answerWithinMs ?? 10_000
  const begin = performance.now()
  let lastAnswer = begin
  for (;;) {
    const password = await readCluster(paths)
    const postmaster = password === undefined ? undefined : await readPostmaster(paths.pgdata)
    if (password !== undefined && postmaster) {
      const tried = await tryToRegister({ port: postmaster.port, password }, patience)
      if ('session' in tried) return { ...tried, postmaster, password }
      if (tried.answered) lastAnswer = performance.now()
      if (performance.now() - lastAnswer > patience || performance.now() - begin > recoverWithinMs)
        throw serverDoesNotAnswer(paths.dataDir, postmaster.pid, tried.cause)
    } else {
      lastAnswer = performance.now()
      if (await underStartLock(paths.startLock, () => initAndStart(context))) continue
    }
    await delay(pollEveryMs)
  }
}

type Attempt = { readonly session: Session } | { readonly answered: boolean; readonly cause: unknown }

async function tryToRegister(address: ServerAddress, connectTimeoutMs: number): Promise<Attempt> {
  try {
    const session = await registerSession(address, connectTimeoutMs)
    return session ? { session } : { answered: true, cause: undefined }
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) return { answered: false, cause }
    // cannot_connect_now: starting, recovering or shutting down; admin_shutdown: it caught us in between.
    if (cause.code === '57P03' || cause.code === '57P01') return { answered: true, cause }
    throw cause
  }
}

async function initAndStart({ paths, binaries, user, options }: Context): Promise<void> {
  const durable = options.durable ?? true
  if ((await readCluster(paths)) === undefined) await initCluster(paths, binaries, user, durable)
  if (await readPostmaster(paths.pgdata)) return
  await startServer(paths, binaries, user, { ...(durable ? {} : notDurable), ...options.settings })
}

async function close(session: Session, { paths, binaries, user, options }: Context): Promise<void> {
  if (options.stopWhenLast ?? true) {
    // A server that is gone, or has dropped us, needs no leaving.
    const last = await leave(session).catch(() => false)
    if (last) await stopServer(paths.pgdata, binaries, user)
  }
  await session.client.end().catch(() => undefined)
}
