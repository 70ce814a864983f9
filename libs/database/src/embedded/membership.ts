import { setTimeout as delay } from 'node:timers/promises'
import { dataDirInUse } from './errors.js'
import { joinServer, type Joined, type ServerContext } from './join.js'
import { leave, takeExclusiveUse } from './session.js'
import { stopServer } from './start-server.js'

const rejoinEveryMs = 500

export interface MembershipEvents {
  /** The server was lost, or could not be brought back yet: it is tried again until `end`. */
  readonly onTrouble?: ((error: unknown) => void) | undefined
}

/**
 * Keeps this process registered with the server: when the connection is lost, because the server crashed or was
 * stopped, it joins again, which starts the server where nobody else does, on the same port if that is still free.
 */
export class Membership {
  #joined: Joined
  #rejoining: Promise<void> | undefined
  #ended = false
  #exclusive: { purpose: string; onLost: (error: Error) => void } | undefined

  constructor(
    private readonly context: ServerContext,
    joined: Joined,
    private readonly events: MembershipEvents,
  ) {
    this.#joined = joined
    this.#watch()
  }

  get joined(): Joined {
    return this.#joined
  }

  /** @throws RoviecError `data-dir-in-use` naming the process that has it. */
  async lockDataDir(purpose: string, onLost: (error: Error) => void): Promise<void> {
    const holder = await takeExclusiveUse(this.#joined.session, purpose)
    if (holder !== undefined) throw dataDirInUse(this.context.paths.dataDir, purpose, holder)
    this.#exclusive = { purpose, onLost }
  }

  async end(stopWhenLast: boolean): Promise<void> {
    this.#ended = true
    await this.#rejoining
    const { session } = this.#joined
    // A server that is gone, or has dropped us, needs no leaving.
    const last = stopWhenLast && (await leave(session).catch(() => false))
    if (last) await stopServer(this.context.paths.pgdata, this.context.binaries, this.context.user)
    await session.end().catch(() => undefined)
  }

  #watch(): void {
    this.#joined.session.once('end', () => {
      if (!this.#ended) this.#rejoining = this.#rejoin()
    })
  }

  async #rejoin(): Promise<void> {
    this.events.onTrouble?.(
      new Error(`the connection to PostgreSQL (pid ${this.#joined.postmaster.pid}) was lost`),
    )
    while (!this.#ended) {
      try {
        const joined = await joinServer({ ...this.context, mayCreate: false })
        await this.#relock(joined)
        this.#joined = joined
        this.#watch()
        return
      } catch (error) {
        this.events.onTrouble?.(error)
        await delay(rejoinEveryMs)
      }
    }
  }

  /** The lock went with the old connection; whoever was quicker has it now. */
  async #relock({ session }: Joined): Promise<void> {
    const held = this.#exclusive
    if (!held) return
    const holder = await takeExclusiveUse(session, held.purpose)
    if (holder === undefined) return
    this.#exclusive = undefined
    held.onLost(dataDirInUse(this.context.paths.dataDir, held.purpose, holder))
  }
}
