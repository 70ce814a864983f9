import type pg from 'pg'
import type { Database } from '#database'
import type { RecordedEvent } from '../port/event-store.js'
import { HeldConnection } from './connection.js'
import { eventColumns, eventFromRow } from './event-rows.js'
import { readRows, throughHeld, type Sender } from './read-rows.js'

export interface StreamRead {
  readonly stream: string
  readonly fromRevision: bigint
  readonly limit: number | bigint
}

interface PendingRead extends StreamRead {
  resolve(events: readonly RecordedEvent[]): void
  reject(error: unknown): void
}

type Direction = 'forward' | 'backward'

/** Streams of one query at most: enough to share the trip, few enough that the first does not wait for a crowd. */
const maxStreams = 64

/** Reads of streams that come while a query is under way share the next one. One instance per direction. */
export class StreamReads {
  #waiting: PendingRead[] = []
  #running: Promise<void> | undefined
  readonly #connection: HeldConnection
  readonly #send: Sender

  constructor(
    database: Database,
    readonly direction: Direction,
  ) {
    this.#connection = new HeldConnection(database)
    this.#send = throughHeld(this.#connection)
  }

  read(asked: StreamRead): Promise<readonly RecordedEvent[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...asked, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Answers what waits, then gives the connection back. */
  async close(): Promise<void> {
    while (this.#running) await this.#running
    this.#connection.release()
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, maxStreams))
    this.#running = undefined
  }

  async #answer(batch: readonly PendingRead[]): Promise<void> {
    const found: RecordedEvent[][] = batch.map(() => [])
    try {
      const query =
        batch.length === 1 ? streamQuery(this.direction, batch[0]!) : streamsQuery(this.direction, batch)
      for (const row of await readRows(this.#send, query))
        found[Number(row[0]) - 1]!.push(eventFromRow(row, 1))
    } catch (error) {
      for (const { reject } of batch) reject(error)
      return
    }
    batch.forEach(({ resolve }, index) => resolve(found[index]!))
  }
}

const sql = {
  forward: { bound: '>=', order: 'asc' },
  backward: { bound: '<=', order: 'desc' },
} as const

/** The plain query of a lone read is faster by a quarter. */
function streamQuery(direction: Direction, { stream, fromRevision, limit }: StreamRead): pg.QueryConfig {
  const { bound, order } = sql[direction]
  return {
    name: `event_log.stream_${direction}`,
    text: `select 1, ${eventColumns} from event_log.event e
      where e.stream = $1 and e.revision ${bound} $2 order by e.revision ${order} limit $3`,
    values: [stream, fromRevision, limit],
  }
}

/** The first column tells which of the reads a row belongs to, from 1. */
function streamsQuery(direction: Direction, batch: readonly StreamRead[]): pg.QueryConfig {
  const { bound, order } = sql[direction]
  return {
    name: `event_log.streams_${direction}`,
    text: `select asked.n, ${eventColumns}
      from unnest($1::text[], $2::bigint[], $3::bigint[]) with ordinality asked (stream, from_revision, most, n)
      cross join lateral (
        select * from event_log.event e
        where e.stream = asked.stream and e.revision ${bound} asked.from_revision
        order by e.revision ${order} limit asked.most
      ) e
      order by asked.n, e.revision ${order}`,
    values: [
      batch.map(({ stream }) => stream),
      batch.map(({ fromRevision }) => fromRevision),
      batch.map(({ limit }) => limit),
    ],
  }
}
