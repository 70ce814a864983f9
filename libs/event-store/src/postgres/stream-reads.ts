import type { RecordedEvent } from '../port/event-store.js'
import type { Database } from '#database'
import { eventColumns, eventFromRow } from './event-rows.js'
import { readRows } from './read-rows.js'

export interface StreamRead {
  readonly stream: string
  readonly fromRevision: bigint
  readonly limit: number | bigint
}

interface PendingRead extends StreamRead {
  resolve(events: readonly RecordedEvent[]): void
  reject(error: unknown): void
}

/** Streams of one query at most: enough to share the trip, few enough that the first does not wait for a crowd. */
const maxStreams = 64

/** Reads of streams that come while a query is under way share the next one. One instance per direction. */
export class StreamReads {
  #waiting: PendingRead[] = []
  #running = false
  readonly #query: { name: string; text: string }

  constructor(
    readonly database: Database,
    direction: 'forward' | 'backward',
  ) {
    this.#query = { name: `event_log.stream_${direction}`, text: streamsSql(direction) }
  }

  read(asked: StreamRead): Promise<readonly RecordedEvent[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...asked, resolve, reject })
      if (!this.#running) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, maxStreams))
    this.#running = false
  }

  async #answer(batch: readonly PendingRead[]): Promise<void> {
    const found: RecordedEvent[][] = batch.map(() => [])
    try {
      const rows = await readRows(this.database, {
        ...this.#query,
        values: [
          batch.map(({ stream }) => stream),
          batch.map(({ fromRevision }) => fromRevision),
          batch.map(({ limit }) => limit),
        ],
      })
      for (const row of rows) found[Number(row[0]) - 1]!.push(eventFromRow(row, 1))
    } catch (error) {
      for (const { reject } of batch) reject(error)
      return
    }
    batch.forEach(({ resolve }, index) => resolve(found[index]!))
  }
}

function streamsSql(direction: 'forward' | 'backward'): string {
  const [bound, order] = direction === 'forward' ? ['>=', 'asc'] : ['<=', 'desc']
  return `
    select asked.n, ${eventColumns}
    from unnest($1::text[], $2::bigint[], $3::bigint[]) with ordinality asked (stream, from_revision, most, n)
    cross join lateral (
      select * from event_log.event e
      where e.stream = asked.stream and e.revision ${bound} asked.from_revision
      order by e.revision ${order} limit asked.most
    ) e
    order by asked.n, e.revision ${order}`
}
