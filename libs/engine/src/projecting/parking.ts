import type { Database } from '#database'
import type { RecordedEvent } from '#event-store'
import type { Build } from './build.js'
import { faultOf, isTransient, type Fault } from './faults.js'
import { countParked, parkEvents, selectParkedStreams } from './parked.sql.js'
import type { Projection, Transaction } from './projection.js'

/** The first event of a stream that could not be applied. */
export interface Failed {
  readonly event: RecordedEvent
  readonly fault: Fault
}

type Apply = Projection['apply']

/**
 * Which streams stand still in a build. The holder of its lease keeps it in memory, as nobody else may park or
 * release: a page costs no look at the table.
 */
export class Parking {
  private constructor(
    private readonly build: Build,
    private readonly streams: Set<string>,
  ) {}

  static async load(database: Database, build: Build): Promise<Parking> {
    const { rows } = await database.query<{ stream: string }>(selectParkedStreams, [build.name, build.build])
    return new Parking(build, new Set(rows.map(({ stream }) => stream)))
  }

  get size(): number {
    return this.streams.size
  }

  has(event: RecordedEvent): boolean {
    return this.streams.has(event.stream)
  }

  /** Within the page's transaction: events in order, those that failed with their fault. */
  async park(
    transaction: Transaction,
    events: readonly RecordedEvent[],
    failed: ReadonlyMap<string, Failed>,
    attempts: number,
  ): Promise<void> {
    if (events.length === 0) return
    const { name, build } = this.build
    const rows = events.map((event) => {
      const fault = failed.get(event.stream)?.event === event ? failed.get(event.stream)!.fault : null
      return { ...placeOf(event), ...fault, attempts: fault === null ? 0 : attempts }
    })
    await transaction.query(parkEvents, [name, build, JSON.stringify(rows)])
    if (failed.size > 0) await transaction.query(countParked, [name, build])
  }

  /** Once the transaction has committed. */
  stand(streams: Iterable<string>): void {
    for (const stream of streams) this.streams.add(stream)
  }

  release(stream: string): void {
    this.streams.delete(stream)
  }
}

function placeOf({ stream, revision, id, type, position }: RecordedEvent): object {
  return { stream, revision: String(revision), event_id: id, type, position: String(position) }
}

/**
 * Applies what can be applied, in log order, and answers the first event of each stream that cannot; later ones of
 * its stream are left out. Halving finds a bad event among a thousand in some twenty steps, each a savepoint.
 *
 * @throws whatever is transient: then no event is to blame.
 */
export async function applyWhatCan(
  apply: Apply,
  transaction: Transaction,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, Failed>> {
  const failed = new Map<string, Failed>()
  const attempt = async (part: readonly RecordedEvent[]): Promise<void> => {
    const left = part.filter(({ stream }) => !failed.has(stream))
    if (left.length === 0) return
    const error = await trial(apply, transaction, left)
    if (error === null) return
    if (left.length === 1) {
      failed.set(left[0]!.stream, { event: left[0]!, fault: faultOf(error.thrown) })
      return
    }
    const middle = Math.ceil(left.length / 2)
    await attempt(left.slice(0, middle))
    await attempt(left.slice(middle))
  }
  await attempt(events)
  return failed
}

/** What `apply` threw on these events, its statements undone; null where it did not. */
async function trial(
  apply: Apply,
  transaction: Transaction,
  events: readonly RecordedEvent[],
): Promise<{ readonly thrown: unknown } | null> {
  await transaction.query('SAVEPOINT part')
  try {
    await apply(transaction, events)
    await transaction.query('RELEASE SAVEPOINT part')
    return null
  } catch (thrown) {
    if (isTransient(thrown)) throw thrown
    await transaction.query('ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part')
    return { thrown }
  }
}
