import type { Delivery, EventStore, Position, RecordedEvent } from '#event-store'
import type { Database } from '#database'
import { isTransient, type Fault } from './faults.js'
import type { Lease } from './lease.js'
import {
  countParked,
  deleteParked,
  renewParked,
  selectDiscarded,
  selectParkedRevisions,
} from './parked.sql.js'
import { applyWhatCan, Parking, type Failed } from './parking.js'
import { pause } from './pause.js'
import { typesOf, type Projection, type Transaction } from './projection.js'

/** How often a page is tried as a whole before the event that spoils it is looked for, and the first wait between. */
const triesOfPage = 3
const firstWaitMs = 25

/** Parked events of one stream applied at a time: as in a page. */
const replayedAtOnce = 1_000

export interface FillerParts {
  readonly database: Database
  readonly store: EventStore
  readonly projection: Projection
  readonly lease: Lease
  readonly signal: AbortSignal
  /** Is told of each stream that comes to stand still. */
  parked(stream: string, code: string): void
}

/** What became of the parked events of a stream. */
export interface Replayed {
  readonly applied: number
  readonly discarded: number
  /** Why the stream stands still yet; null where it does not. */
  readonly failed: { readonly revision: string; readonly code: string; readonly message: string } | null
}

/** Done in the transaction of what it tells. */
export type Note = (transaction: Transaction, outcome: Replayed) => Promise<unknown>

const noted: Note = () => Promise.resolve()

/**
 * Writes one build for as long as it holds the lease. An event that cannot be applied stops its stream and nothing
 * else: it is parked with the later ones of the stream, in the transaction of the page.
 */
export class Filler {
  #settled = false

  private constructor(
    private readonly parts: FillerParts,
    private readonly parking: Parking,
  ) {}

  static async open(parts: FillerParts): Promise<Filler> {
    const { database, lease, projection } = parts
    await lease.open(projection)
    return new Filler(parts, await Parking.load(database, lease.build))
  }

  /** Streams that stand still. */
  get parked(): number {
    return this.parking.size
  }

  /** Takes what the subscription brings; what it has taken already is passed over. */
  async take(delivery: Delivery): Promise<void> {
    const { lease } = this.parts
    if (delivery.kind === 'events') {
      const events = delivery.events.filter(({ position }) => position > lease.position)
      if (events.length > 0) await this.#write(events, delivery.checkpoint)
      return
    }
    const position = delivery.checkpoint > lease.position ? delivery.checkpoint : lease.position
    await lease.advance({ position, reflects: null, caughtUp: true })
    await this.settle()
  }

  /** Reads on to a position that the log has. */
  async catchUpTo(position: Position): Promise<void> {
    const { store, lease, projection, signal } = this.parts
    const filter = { from: lease.position, types: typesOf(projection), signal }
    for await (const page of store.readAll(filter)) {
      const events = page.filter((event) => event.position <= position)
      if (events.length > 0) await this.#write(events, events.at(-1)!.position)
      if (events.length < page.length) break
    }
    if (lease.position < position) await lease.advance({ position, reflects: null, caughtUp: false })
  }

  /** Leaves out what operators have given up in this view: once the events that fail are all there. */
  async settle(): Promise<void> {
    if (this.#settled || this.parking.size === 0) return
    const { name, build } = this.parts.lease.build
    const { rows } = await this.parts.database.query<{ stream: string; last: string }>(selectDiscarded, [
      name,
      build,
    ])
    for (const { stream, last } of rows) await this.replay(stream, null, { through: BigInt(last) })
    this.#settled = rows.length === 0
  }

  /**
   * Applies the parked events of a stream in order, all or none; those through a revision are left out for good.
   * What comes meanwhile waits: nobody else writes the build.
   */
  async replay(
    stream: string,
    reason: string | null,
    { through = null, note = noted }: { readonly through?: bigint | null; readonly note?: Note } = {},
  ): Promise<Replayed> {
    const { lease, database } = this.parts
    const { name, build } = lease.build
    const parked = await database.query<{ revision: string }>(selectParkedRevisions, [name, build, stream])
    const revisions = parked.rows.map(({ revision }) => BigInt(revision))
    const left = revisions.filter((revision) => through === null || revision > through)
    const events = await this.#reload(stream, left)
    let outcome: Replayed | undefined
    await lease.write({ position: lease.position, reflects: null, caughtUp: false }, async (transaction) => {
      if (through !== null) await transaction.query(deleteParked, [name, build, stream, String(through)])
      const failed = missing(left, events) ?? (await this.#replayAll(transaction, events))
      if (failed !== null) {
        const now = [String(failed.revision), failed.code, failed.message, reason]
        await transaction.query(renewParked, [name, build, stream, ...now])
      } else await transaction.query(deleteParked, [name, build, stream, String(revisions.at(-1) ?? -1)])
      await transaction.query(countParked, [name, build])
      outcome = {
        applied: failed === null ? events.length : 0,
        discarded: revisions.length - left.length,
        failed: failed && { ...failed, revision: String(failed.revision) },
      }
      await note(transaction, outcome)
    })
    if (outcome!.failed === null) this.parking.release(stream)
    return outcome!
  }

  async #write(events: readonly RecordedEvent[], to: Position): Promise<void> {
    const { projection, signal } = this.parts
    const free = events.filter((event) => !this.parking.has(event))
    let waitMs = firstWaitMs
    for (let tries = 1; tries <= triesOfPage; tries++)
      try {
        return await this.#commit(events, to, tries, async (transaction) => {
          if (free.length > 0) await projection.apply(transaction, free)
          return new Map()
        })
      } catch (error) {
        if (isTransient(error)) throw error
        if (tries < triesOfPage) await pause(waitMs, signal)
        waitMs *= 2
      }
    await this.#commit(events, to, triesOfPage + 1, (transaction) =>
      applyWhatCan(projection.apply.bind(projection), transaction, free),
    )
  }

  async #commit(
    events: readonly RecordedEvent[],
    position: Position,
    attempts: number,
    apply: (transaction: Transaction) => Promise<ReadonlyMap<string, Failed>>,
  ): Promise<void> {
    let failed: ReadonlyMap<string, Failed> = new Map()
    const reflects = events.at(-1)!.recordedAt
    await this.parts.lease.write({ position, reflects, caughtUp: false }, async (transaction) => {
      failed = await apply(transaction)
      const standing = events.filter((event) => this.parking.has(event) || isBehind(event, failed))
      await this.parking.park(transaction, standing, failed, attempts)
    })
    this.parking.stand(failed.keys())
    for (const [stream, { fault }] of failed) this.parts.parked(stream, fault.code)
    if (failed.size > 0) this.#settled = false
  }

  async #replayAll(
    transaction: Transaction,
    events: readonly RecordedEvent[],
  ): Promise<(Fault & { readonly revision: bigint }) | null> {
    const { projection } = this.parts
    await transaction.query('SAVEPOINT replay')
    for (let at = 0; at < events.length; at += replayedAtOnce) {
      const part = events.slice(at, at + replayedAtOnce)
      const [failed] = (await applyWhatCan(projection.apply.bind(projection), transaction, part)).values()
      if (failed === undefined) continue
      await transaction.query('ROLLBACK TO SAVEPOINT replay')
      return { revision: failed.event.revision, ...failed.fault }
    }
    return null
  }

  /** From the log itself: what is parked is a place, not a copy. */
  async #reload(stream: string, revisions: readonly bigint[]): Promise<readonly RecordedEvent[]> {
    if (revisions.length === 0) return []
    const wanted = new Set(revisions)
    const read = await this.parts.store.readStream(stream, { fromRevision: revisions[0]! })
    return read.filter(({ revision }) => wanted.has(revision))
  }
}

/** The failed event itself, and what comes after it in its stream. */
function isBehind({ stream, revision }: RecordedEvent, failed: ReadonlyMap<string, Failed>): boolean {
  const first = failed.get(stream)
  return first !== undefined && revision >= first.event.revision
}

/** The log may have lost events legally; then nobody can apply them, and their stream goes on standing still. */
function missing(
  revisions: readonly bigint[],
  events: readonly RecordedEvent[],
): (Fault & { readonly revision: bigint }) | null {
  const found = new Set(events.map(({ revision }) => revision))
  const revision = revisions.find((wanted) => !found.has(wanted))
  if (revision === undefined) return null
  return { revision, code: 'parked-event-missing', message: 'The log does not have this event any more' }
}
