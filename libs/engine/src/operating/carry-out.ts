import type { Database } from '#database'
import { faultOf, isTransient } from '../projecting/faults.js'
import type { Build } from '../projecting/build.js'
import type { Filler, Replayed } from '../projecting/filler.js'
import type { Lease } from '../projecting/lease.js'
import { finish } from './operation.js'
import { selectPending } from './operation.sql.js'
import type { TableCompared } from './comparison.js'
import type { Promotion } from './promotion.js'
import type { Discarded, Ordered, PromotionOrdered, ReplayOrdered } from './projection.events.js'

interface Pending {
  readonly id: string
  readonly kind: string
  readonly data: unknown
}

interface Parts {
  readonly database: Database
  readonly lease: Lease
  readonly filler: Filler
  readonly promotion: Promotion
  /** One promotion at a time in this process: each takes several connections of the pool. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Ends with the lease: what is under way then is left to the next holder. */
  readonly signal: AbortSignal
}

/** Carries out what was ordered of a build, between its pages: nobody else writes it meanwhile. */
export class CarryOut {
  #pending: readonly Pending[] | null = null

  constructor(private readonly parts: Parts) {}

  /** There may be more than is known. */
  lookAgain(): void {
    this.#pending = null
  }

  /** @param caughtUp a build that is not there yet is not promoted; the order waits. */
  async run(caughtUp: boolean): Promise<void> {
    this.#pending ??= await this.#read()
    if (this.#pending.length === 0) return
    const left: Pending[] = []
    for (const order of this.#pending)
      if (isSwitch(order) && !caughtUp) left.push(order)
      else await this.#carryOut(order)
    this.#pending = left
  }

  async #read(): Promise<readonly Pending[]> {
    const { database, lease } = this.parts
    const { name, build } = lease.build
    return (await database.query<Pending & Record<string, unknown>>(selectPending, [name, build])).rows
  }

  async #carryOut(order: Pending): Promise<void> {
    const { database, lease } = this.parts
    try {
      await (isSwitch(order) ? this.parts.inTurn(() => this.#switch(order)) : this.#release(order))
    } catch (error) {
      if (isTransient(error) || this.parts.signal.aborted) throw error
      await finish(database, order.id, lease.build.build, 'failed', faultOf(error))
    }
  }

  async #release({ id, kind, data }: Pending): Promise<void> {
    const { filler, lease } = this.parts
    const { stream, reason } = data as ReplayOrdered
    const through = kind === 'projection.Discarded' ? BigInt((data as Discarded).last) : null
    await filler.replay(stream, reason, {
      through,
      note: (transaction, outcome: Replayed) =>
        finish(transaction, id, lease.build.build, outcome.failed === null ? 'done' : 'failed', outcome),
    })
  }

  async #switch(order: Pending): Promise<void> {
    const { database, lease, filler, promotion } = this.parts
    const { build, version } = lease.build
    const live = await promotion.live()
    if (live?.build === build) return finish(database, order.id, build, 'done', { build, version })
    const exactly = live?.version === version
    const tables = live === null ? [] : await promotion.compare(exactly)
    const objection = exactly && !mayDiffer(order) ? objectionTo(tables) : null
    if (objection !== null) return finish(database, order.id, build, 'failed', objection)
    let kept: Build | null = null
    await promotion.switch((transaction, replaced, position) => {
      kept = replaced
      return finish(transaction, order.id, build, 'done', {
        build,
        version,
        replaced: replaced && { build: replaced.build, version: replaced.version },
        position: String(position),
        parked: filler.parked,
        tables,
      })
    })
    await promotion.tidy(kept)
  }
}

function isSwitch({ kind }: Pending): boolean {
  return kind === 'projection.PromotionOrdered' || kind === 'projection.RollbackOrdered'
}

/** Whoever goes back knows that something differs. */
function mayDiffer({ kind, data }: Pending): boolean {
  return kind === 'projection.RollbackOrdered' || (data as PromotionOrdered & Ordered).acceptDifferences
}

function objectionTo(tables: readonly TableCompared[] | null): object | null {
  if (tables === null)
    return {
      code: 'builds-not-comparable',
      message: 'The live build does not move, so the two cannot be compared at the same place in the log',
    }
  if (tables.every(({ same }) => same === true)) return null
  return { code: 'builds-differ', message: 'The new build of the same version holds other rows', tables }
}
