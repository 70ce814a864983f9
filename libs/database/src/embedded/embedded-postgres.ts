import { findBinaries } from './binaries.js'
import { clusterPaths, prepareDataDir } from './cluster.js'
import { diskFull } from './errors.js'
import { joinServer, type ServerContext } from './join.js'
import { Membership } from './membership.js'
import { assertReachable, findServerUser } from './server-user.js'
import { databaseUrl } from './session.js'
import type { ServerSettings } from './start-server.js'

export interface EmbeddedOptions {
  /** Over the defaults for one machine; applies when this call is the one that starts the server. */
  readonly settings?: ServerSettings
  /** False gives up safety against power failures, for tests. Default true. */
  readonly durable?: boolean
  /** How long a running server may leave a connection unanswered, in milliseconds. Default 10 000. */
  readonly answerWithinMs?: number
  /** False leaves the server running when the last process closes. Default true. */
  readonly stopWhenLast?: boolean
  /** Told when the server was lost while open, and of each failure to bring it back. */
  readonly onTrouble?: (error: unknown) => void
}

export interface EmbeddedPostgres {
  /**
   * Of the database `roviec`, with the password: never log it. It stays the same when the server is restarted,
   * unless another program has taken the port meanwhile.
   */
  readonly url: string
  readonly pid: number
  readonly port: number
  /**
   * Exclusive use of the data directory until `close()`, for the one long-running application. It dies with this
   * process, however that ends. When the server crashes it is taken again; should another process be quicker,
   * `onLost` is told, and this process must stop working on the data.
   *
   * @throws RoviecError `data-dir-in-use` naming the pid that has it.
   */
  lockDataDir(purpose: string, onLost: (error: Error) => void): Promise<void>
  /** Leaves; the last process to leave stops the server. Idempotent. */
  close(): Promise<void>
}

/**
 * The PostgreSQL of a data directory: created at first use, started when it does not run, shared when it does.
 * The server does not belong to the process that starts it; it goes on until the last user has closed, so a killed
 * application leaves a running server, which the next one shares.
 *
 * @throws RoviecError with a code and what to do: see the README.
 */
export async function openEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const context = await prepare(dataDir, options)
  const membership = new Membership(context, await joinOrExplain(context), { onTrouble: options.onTrouble })
  let closing: Promise<void> | undefined
  return {
    get url() {
      const { postmaster, password } = membership.joined
      return databaseUrl({ port: postmaster.port, password }, 'roviec')
    },
    get pid() {
      return membership.joined.postmaster.pid
    },
    get port() {
      return membership.joined.postmaster.port
    },
    lockDataDir: (purpose, onLost) => membership.lockDataDir(purpose, onLost),
    close: () => (closing ??= membership.end(options.stopWhenLast ?? true)),
  }
}

async function prepare(dataDir: string, options: EmbeddedOptions): Promise<ServerContext> {
  const paths = clusterPaths(dataDir)
  const user = await findServerUser(paths.home)
  await prepareDataDir(paths, user)
  const binaries = await findBinaries(paths.libraries)
  await assertReachable(binaries.postgres, user)
  return {
    paths,
    user,
    binaries,
    settings: options.settings ?? {},
    durable: options.durable ?? true,
    answerWithinMs: options.answerWithinMs ?? 10_000,
    mayCreate: true,
  }
}

async function joinOrExplain(context: ServerContext): ReturnType<typeof joinServer> {
  try {
    return await joinServer(context)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(context.paths.dataDir, error)
    throw error
  }
}
