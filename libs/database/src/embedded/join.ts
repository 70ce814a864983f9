import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Binaries } from './binaries.js'
import { initCluster, readCluster, type ClusterPaths } from './cluster.js'
import { dataDirVanished, diskFull, serverDoesNotAnswer } from './errors.js'
import { readPostmaster, type Postmaster } from './postmaster.js'
import type { ServerUser } from './server-user.js'
import { registerSession, type ServerAddress } from './session.js'
import { underStartLock } from './start-lock.js'
import { startServer, type ServerSettings } from './start-server.js'

/** What is needed to bring the server of one data directory up. */
export interface ServerContext {
  readonly paths: ClusterPaths
  readonly user: ServerUser | undefined
  readonly binaries: Binaries
  readonly settings: ServerSettings
  readonly durable: boolean
  readonly answerWithinMs: number
  /** False for a process that has used the data already: an empty cluster must not take their place. */
  readonly mayCreate: boolean
}

export interface Joined {
  readonly session: pg.Client
  readonly postmaster: Postmaster
  readonly password: string
}

const pollEveryMs = 20
/** Recovery after a crash replays at most `max_wal_size`: seconds, a minute on a slow disk. */
const recoverWithinMs = 300_000
const notDurable: ServerSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Shares the running server, else starts one and shares that. Every step may be overtaken by another process that
 * starts or stops the same server, so it looks again until it is registered or a server was silent for too long.
 */
export async function joinServer(context: ServerContext): Promise<Joined> {
  const { paths, answerWithinMs } = context
  const begin = performance.now()
  let lastAnswer = begin
  for (;;) {
    const password = await readCluster(paths)
    const postmaster = password === undefined ? undefined : await readPostmaster(paths.pgdata)
    if (password !== undefined && postmaster) {
      const tried = await tryToRegister({ port: postmaster.port, password }, context)
      if ('session' in tried) return { ...tried, postmaster, password }
      const now = performance.now()
      if (tried.answered) lastAnswer = now
      if (now - lastAnswer > answerWithinMs || now - begin > recoverWithinMs)
        throw serverDoesNotAnswer(paths.dataDir, postmaster.pid, tried.cause)
    } else {
      const started = await underStartLock(paths.startLock, () => initAndStart(context))
      lastAnswer = performance.now()
      if (started) continue
    }
    await delay(pollEveryMs)
  }
}

async function initAndStart(context: ServerContext): Promise<void> {
  const { paths, binaries, user, settings, durable } = context
  if ((await readCluster(paths)) === undefined) {
    if (!context.mayCreate) throw dataDirVanished(paths.dataDir)
    await initCluster(paths, binaries, user, durable)
  }
  if (await readPostmaster(paths.pgdata)) return
  await startServer(paths, binaries, user, { ...(durable ? {} : notDurable), ...settings })
}

type Attempt = { readonly session: pg.Client } | { readonly answered: boolean; readonly cause: unknown }

async function tryToRegister(
  address: ServerAddress,
  { answerWithinMs, paths }: ServerContext,
): Promise<Attempt> {
  try {
    const session = await registerSession(address, answerWithinMs)
    return session ? { session } : { answered: true, cause: undefined }
  } catch (cause) {
    const code = cause instanceof pg.DatabaseError ? cause.code : undefined
    if (code === '53100') throw diskFull(paths.dataDir, cause)
    // cannot_connect_now: it starts, recovers or shuts down; admin_shutdown: that caught us in between.
    return { answered: code === '57P03' || code === '57P01', cause }
  }
}
