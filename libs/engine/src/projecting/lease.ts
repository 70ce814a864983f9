import { newId, RoviecError } from '#kernel'
import type { Database } from '#database'
import type { Position } from '#event-store'
import type { Projection, Transaction } from './projection.js'
import {
  acquireLease,
  advanceCheckpoint,
  recordError,
  registerProjection,
  releaseLease,
  renewLease,
} from './projection.sql.js'

/** How long a projection stands still at most after its worker was killed; renewed at a third of it. */
export const leaseSeconds = 10

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

/** The right to write one projection, with its fencing number. */
export class Lease {
  private constructor(
    private readonly database: Database,
    private readonly projection: Projection,
    private readonly fence: string,
    private checkpoint: Position,
  ) {}

  /** Null while another holds it, or while the projection is paused. Creates the tables of a new version. */
  static async acquire(database: Database, projection: Projection): Promise<Lease | null> {
    const { name, version } = projection
    await database.transaction(async (transaction) => {
      const registered = await transaction.query(registerProjection, [name, version])
      if (registered.rowCount === 1) await transaction.query(projection.create)
    })
    const acquired = await database.query<{ fence: string; position: string }>(acquireLease, [
      name,
      version,
      newId(),
      leaseSeconds,
    ])
    const row = acquired.rows[0]
    return row === undefined ? null : new Lease(database, projection, row.fence, BigInt(row.position))
  }

  get position(): Position {
    return this.checkpoint
  }

  /**
   * Moves the checkpoint together with whatever `write` does, or neither.
   *
   * @throws LeaseLost
   */
  async advance(
    to: { readonly position: Position; readonly reflects: Date | null; readonly caughtUp: boolean },
    write: (transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    const { name, version } = this.projection
    await this.database.transaction(async (transaction) => {
      await write(transaction)
      const moved = await transaction.query(advanceCheckpoint, [
        name,
        version,
        this.fence,
        String(this.checkpoint),
        String(to.position),
        to.reflects,
        to.caughtUp ? 'active' : 'booting',
        leaseSeconds,
      ])
      if (moved.rowCount !== 1) throw new LeaseLost(name)
    })
    this.checkpoint = to.position
  }

  /** @throws LeaseLost */
  async renew(): Promise<void> {
    const { name, version } = this.projection
    const renewed = await this.database.query(renewLease, [name, version, this.fence, leaseSeconds])
    if (renewed.rowCount !== 1) throw new LeaseLost(name)
  }

  async fail(message: string): Promise<void> {
    await this.database.query(recordError, [
      this.projection.name,
      this.projection.version,
      this.fence,
      message,
    ])
  }

  async release(): Promise<void> {
    await this.database.query(releaseLease, [this.projection.name, this.projection.version, this.fence])
  }
}
