import { RoviecError } from '#kernel'
import type { Database } from '#database'
import type { Position } from '#event-store'
import type { Projection, Transaction } from './projection.js'
import {
  acquireLease,
  advanceCheckpoint,
  openPage,
  recordError,
  registerProjection,
  releaseLease,
  renewLease,
} from './projection.sql.js'

/** Another worker has the projection now, or an operator paused it: what this page wrote is rolled back. */
export class LeaseLost extends RoviecError {
  override readonly name = 'LeaseLost'

  constructor(projection: string) {
    super(
      'conflict',
      'lease-lost',
      {
        vi: `Một tiến trình khác đang cập nhật ${projection}; tiến trình này dừng lại.`,
        en: `Another worker has ${projection} now, or it is paused; this one stands down.`,
      },
      { projection },
    )
  }
}

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

/** The right to write one projection, with its fencing number. */
export class Lease {
  #caughtUp = false

  private constructor(
    private readonly database: Database,
    private readonly projection: Projection,
    private readonly fence: string,
    private readonly milliseconds: number,
    private checkpoint: Position,
  ) {}

  /** Null while another holds it, or while the projection is paused. Creates the tables of a new version. */
  static async acquire(
    database: Database,
    projection: Projection,
    { holder, milliseconds }: LeaseTerms,
  ): Promise<Lease | null> {
    const { name, version } = projection
    await database.transaction(async (transaction) => {
      const registered = await transaction.query(registerProjection, [name, version])
      if (registered.rowCount === 1) await transaction.query(projection.create)
    })
    const acquired = await database.query<{ fence: string; position: string }>(acquireLease, [
      name,
      version,
      holder,
      milliseconds / 1000,
    ])
    const row = acquired.rows[0]
    return row === undefined
      ? null
      : new Lease(database, projection, row.fence, milliseconds, BigInt(row.position))
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
      const { name, version } = this.projection
      const place = [name, version, this.fence, String(this.checkpoint)]
      const opened = await transaction.query(openPage, [...place, String(Math.ceil(this.milliseconds))])
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
    const { name, version } = this.projection
    const seconds = this.milliseconds / 1000
    const renewed = await this.database.query(renewLease, [name, version, this.fence, seconds])
    if (renewed.rowCount !== 1) throw new LeaseLost(name)
  }

  async fail(message: string): Promise<void> {
    const { name, version } = this.projection
    await this.database.query(recordError, [name, version, this.fence, message])
  }

  async release(): Promise<void> {
    await this.database.query(releaseLease, [this.projection.name, this.projection.version, this.fence])
  }

  async #move(on: Pick<Transaction, 'query'> | Database, to: Reach): Promise<void> {
    const { name, version } = this.projection
    const values = [name, version, this.fence, String(this.checkpoint)]
    const reach = [String(to.position), to.reflects, to.caughtUp, this.milliseconds / 1000]
    const moved = await (on as Database).query(advanceCheckpoint, [...values, ...reach])
    if (moved.rowCount !== 1) throw new LeaseLost(name)
  }

  #stand({ position, caughtUp }: Reach): void {
    this.checkpoint = position
    this.#caughtUp ||= caughtUp
  }
}
