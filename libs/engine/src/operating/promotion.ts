import { isSerializationFailure, type Database } from '#database'
import type { EventStore, Position } from '#event-store'
import { dropRetired, tablesOf, type Build } from '../projecting/build.js'
import { hideTable, schemaOf, showTable } from '../projecting/build.sql.js'
import { isLockTimeout } from '../projecting/faults.js'
import type { Filler } from '../projecting/filler.js'
import { LeaseLost } from '../projecting/lease-lost.js'
import type { Lease } from '../projecting/lease.js'
import { pause } from '../projecting/pause.js'
import type { Transaction } from '../projecting/projection.js'
import { compareTables, type Comparing, type TableCompared } from './comparison.js'
import {
  boundHolding,
  holdLive,
  makeLive,
  retireLive,
  selectHeld,
  selectLive,
  selectRetired,
} from './comparison.sql.js'

/**
 * How long the switch first waits for readers that are still at the old tables, while new ones wait for it; doubled up
 * to the longest, or it would never find a moment among answers that take longer. Readers get as long a pause between.
 * The longest is well below the time of a lease, whose row is locked meanwhile.
 */
const firstSwitchMs = 200
const longestSwitchMs = 3_200

/** How long a comparison waits for the live build to come up to the new one. */
const meetWithinMs = 10_000
const lookAgainMs = 20

interface Live {
  readonly build: number
  readonly version: number
  readonly position: Position
  /** Whether it is to move on: neither paused nor failed. */
  readonly goes: boolean
  /** Whether a worker holds its lease. */
  readonly led: boolean
  /** Whether it has tables. */
  readonly made: boolean
}

export interface PromotionParts {
  readonly database: Database
  readonly store: EventStore
  readonly lease: Lease
  readonly filler: Filler
  readonly signal: AbortSignal
}

/** Done in the transaction that switches. */
export type Switched = (transaction: Transaction, replaced: Build | null, at: Position) => Promise<unknown>

/** Puts the build of a lease in the place of the live one. */
export class Promotion {
  constructor(private readonly parts: PromotionParts) {}

  /** The live build as it stands now; null where there is none. */
  live(): Promise<Live | null> {
    return readLive(this.parts.database, selectLive, this.parts.lease.build.name)
  }

  /**
   * Both builds at the same place in the log: the live one is held for the moment that this one takes to come up to
   * it, then the sums are made from a snapshot and hold up nobody. Where two versions do
   * not meet, rows are only counted.
   *
   * @throws LeaseLost
   * @returns null where builds of one version do not meet: the live one is paused, has failed, or nobody has
   *   moved it on in time.
   */
  async compare(exactly: boolean): Promise<readonly TableCompared[] | null> {
    if (exactly) return this.#compareBy('rows')
    return (await this.#compareBy('columns')) ?? this.#compareBy('counts')
  }

  async #compareBy(by: Comparing): Promise<readonly TableCompared[] | null> {
    const until = Date.now() + meetWithinMs
    while (!this.parts.signal.aborted) {
      const compared = await this.#compareOnce(by).catch(busyMeans('apart' as const))
      if (compared !== 'apart') return compared
      const live = await this.live()
      // Whoever runs this version takes over a live build of it that nobody has; of another nobody may be left.
      const comes = live?.goes === true && (live.led || by === 'rows')
      if (!comes || Date.now() >= until) return null
      await pause(lookAgainMs, this.parts.signal)
    }
    throw new LeaseLost(this.parts.lease.build.name)
  }

  /**
   * One transaction: the views that readers use, and which build is live. It takes place once this build has come as
   * far as the live one, so that no reader goes back in time.
   *
   * @throws LeaseLost
   */
  async switch(switched: Switched): Promise<void> {
    const { lease, signal } = this.parts
    let withinMs = firstSwitchMs
    while (!signal.aborted)
      try {
        return await this.#holding(
          (transaction, live) => this.#switchNow(transaction, live, switched),
          withinMs,
        )
      } catch (error) {
        busyMeans(null)(error)
        await pause(withinMs, signal)
        withinMs = Math.min(withinMs * 2, longestSwitchMs)
      }
    throw new LeaseLost(lease.build.name)
  }

  async #switchNow(transaction: Transaction, live: Live | null, switched: Switched): Promise<void> {
    const { lease } = this.parts
    const { name, build } = lease.build
    const replaced = live && { name, build: live.build, version: live.version }
    await transaction.query(retireLive, [name])
    const made = await transaction.query(makeLive, [name, build, lease.fence])
    if (made.rowCount !== 1) throw new LeaseLost(name)
    for (const table of replaced === null ? [] : await tablesOf(transaction, replaced))
      await transaction.query(hideTable(table))
    for (const table of await tablesOf(transaction, lease.build))
      await transaction.query(showTable(schemaOf(lease.build), table))
    await switched(transaction, replaced, lease.position)
  }

  /** Drops earlier builds than the one kept for a way back. One that somebody still reads is left for the next time. */
  async tidy(kept: Build | null): Promise<void> {
    const { database, lease } = this.parts
    const values = [lease.build.name, kept?.build ?? 0]
    const { rows } = await database.query<Pick<Build, 'name' | 'build'>>(selectRetired, values)
    for (const build of rows)
      await database
        .transaction(async (transaction) => {
          await this.#bound(transaction, firstSwitchMs)
          await dropRetired(transaction, build)
        })
        .catch(busyMeans(undefined))
  }

  async #bound(transaction: Transaction, withinMs: number): Promise<void> {
    const { milliseconds } = this.parts.lease
    await transaction.query(boundHolding, [String(withinMs), String(Math.ceil(milliseconds))])
  }

  async #compareOnce(by: Comparing): Promise<readonly TableCompared[] | null | 'apart'> {
    const { database, lease } = this.parts
    const { name, build } = lease.build
    return database.transaction(
      async (snapshot) => {
        const met = await this.#holding(async (_transaction, live) => {
          // Nothing was asked of this transaction so far: it sees what there is now, and that this build, too, stands
          // where it is held to stand. Whoever has taken its lease may have moved it on.
          const held = [name, build, lease.fence, String(lease.position)]
          if ((await snapshot.query(selectHeld, held)).rowCount !== 1) throw new LeaseLost(name)
          if (live === null || !live.made) return null
          return by !== 'counts' && live.position !== lease.position ? 'apart' : live
        })
        if (met === null || met === 'apart') return met
        return compareTables(snapshot, { name, build: met.build }, lease.build, by)
      },
      { isolation: 'repeatable read', readOnly: true },
    )
  }

  /** With the live build held where it is, and this one at least as far as the log goes with it. */
  async #holding<Result>(
    work: (transaction: Transaction, live: Live | null) => Promise<Result>,
    withinMs = firstSwitchMs,
  ): Promise<Result> {
    const { database, store, lease, filler } = this.parts
    return database.transaction(async (transaction) => {
      await this.#bound(transaction, withinMs)
      const live = await readLive(transaction, holdLive, lease.build.name)
      // A live build may stand beyond the end of a log that was restored from an older copy.
      const head = await store.head()
      const target = live === null || live.position > head ? head : live.position
      if (target > lease.position) await filler.catchUpTo(target)
      return work(transaction, live)
    })
  }
}

/** For what others held at the moment, which is tried again; a reader and the switch may wait for each other. */
function busyMeans<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isLockTimeout(error) || isSerializationFailure(error)) return value
    throw error
  }
}

async function readLive(
  on: Pick<Transaction, 'query'> | Pick<Database, 'query'>,
  statement: string,
  name: string,
): Promise<Live | null> {
  const { rows } = await (on as Transaction).query<{
    build: number
    version: number
    position: string
    state: string
    led: boolean | null
    made: boolean
  }>(statement, [name])
  const row = rows[0]
  if (row === undefined) return null
  const goes = row.state === 'active' || row.state === 'booting'
  return { ...row, position: BigInt(row.position), goes, led: row.led === true }
}
