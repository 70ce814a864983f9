import type { Database } from '#database'
import type { Position } from '#event-store'
import { makeTables, type Build } from './build.js'
import { schemaOf } from './build.sql.js'
import { fingerprintOf, ProjectionChanged } from './fingerprint.js'
import { LeaseLost } from './lease-lost.js'
import type { Projection, Transaction } from './projection.js'
import {
  acquireLease,
  advanceCheckpoint,
  openPage,
  recordError,
  releaseLease,
  renewLease,
} from './projection.sql.js'

export interface LeaseTerms {
  /** Names the process; see `Presence`. */
  readonly holder: string
  /** How long the right lasts unless renewed. */
  readonly milliseconds: number
}

/** How far a view has come. */
export interface Reach {
  readonly position: Position
  /** When the last event read was recorded; null where none was. */
  readonly reflects: Date | null
  readonly caughtUp: boolean
}

/** The right to write one build of a projection, with its fencing number. */
export class Lease {
  #caughtUp = false

  private constructor(
    private readonly database: Database,
    readonly build: Build,
    readonly fence: string,
    readonly milliseconds: number,
    private checkpoint: Position,
    private readonly fingerprint: string | null,
  ) {}

  /** Null while another holds it, or while the build is paused. */
  static async acquire(
    database: Database,
    build: Build,
    { holder, milliseconds }: LeaseTerms,
  ): Promise<Lease | null> {
    const acquired = await database.query<{
      fence: string
      position: string
      fingerprint: string | null
    }>(acquireLease, [build.name, build.build, holder, milliseconds / 1000])
    const row = acquired.rows[0]
    if (row === undefined) return null
    const { fence, position, fingerprint } = row
    return new Lease(database, build, fence, milliseconds, BigInt(position), fingerprint)
  }

  /**
   * Makes the tables of a new build.
   *
   * @throws ProjectionChanged where rows of another code stand under this version; LeaseLost
   */
  async open(projection: Projection): Promise<void> {
    if (this.fingerprint === fingerprintOf(projection)) return
    if (this.fingerprint !== null) throw new ProjectionChanged(projection.name, projection.version)
    const made = await this.database.transaction((transaction) =>
      makeTables(transaction, this.build, this.fence, projection),
    )
    if (!made) throw new LeaseLost(this.build.name)
  }

  get position(): Position {
    return this.checkpoint
  }

  /**
   * Moves the checkpoint together with whatever `write` does, or neither.
   *
   * @throws LeaseLost
   */
  async write(to: Reach, write: (transaction: Transaction) => Promise<void>): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const { name, build } = this.build
      const place = [name, build, this.fence, String(this.checkpoint)]
      const settings = [String(Math.ceil(this.milliseconds)), schemaOf(this.build)]
      const opened = await transaction.query(openPage, [...place, ...settings])
      if (opened.rowCount !== 1) throw new LeaseLost(name)
      await write(transaction)
      await this.#move(transaction, to)
    })
    this.#stand(to)
  }

  /**
   * Moves the checkpoint over events the projection does not read. Says nothing twice: most often the end of the log
   * is where the last page ended.
   *
   * @throws LeaseLost
   */
  async advance(to: Reach): Promise<void> {
    if (to.position === this.checkpoint && this.#caughtUp === to.caughtUp) return
    await this.#move(this.database, to)
    this.#stand(to)
  }

  /** @throws LeaseLost */
  async renew(): Promise<void> {
    const { name, build } = this.build
    const seconds = this.milliseconds / 1000
    const renewed = await this.database.query(renewLease, [name, build, this.fence, seconds])
    if (renewed.rowCount !== 1) throw new LeaseLost(name)
  }

  async fail(message: string): Promise<void> {
    const { name, build } = this.build
    await this.database.query(recordError, [name, build, this.fence, message])
  }

  async release(): Promise<void> {
    await this.database.query(releaseLease, [this.build.name, this.build.build, this.fence])
  }

  async #move(on: Pick<Transaction, 'query'> | Database, to: Reach): Promise<void> {
    const { name, build } = this.build
    const values = [name, build, this.fence, String(this.checkpoint)]
    const reach = [String(to.position), to.reflects, to.caughtUp, this.milliseconds / 1000]
    const moved = await (on as Database).query(advanceCheckpoint, [...values, ...reach])
    if (moved.rowCount !== 1) throw new LeaseLost(name)
  }

  #stand({ position, caughtUp }: Reach): void {
    this.checkpoint = position
    this.#caughtUp ||= caughtUp
  }
}
