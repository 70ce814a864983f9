import pg from 'pg'

export interface FloorEvent {
  readonly id: string
  readonly type: string
  readonly data: string
  readonly metadata: string
}

/**
 * What a competent programmer gets from bare `pg`, without an event store: the measure of all our figures.
 *
 * - One table; the unique key on stream and revision is the expected-revision check, that on the id makes repeats safe.
 * - Positions come from a sequence. They are taken before the commit, so a reader by position alone would pass over
 *   events of transactions still open: each row carries its transaction's id, and readers stop before the oldest
 *   transaction under way. This needs no lock, so writers commit side by side and share flushes to disk.
 * - Reading, deciding and appending is one transaction on one pooled connection; statements are prepared by name.
 */
export class Floor {
  readonly #pool: pg.Pool

  constructor(url: string, connections: number) {
    this.#pool = new pg.Pool({ connectionString: url, max: connections })
  }

  async install(): Promise<void> {
    await this.#pool.query(`
      create schema floor;
      create table floor.event (
        position bigint generated always as identity primary key,
        transaction xid8 not null default pg_current_xact_id(),
        stream text not null,
        revision bigint not null,
        id uuid not null unique,
        type text not null,
        data json not null,
        metadata json not null,
        recorded_at timestamptz not null default clock_timestamp(),
        unique (stream, revision)
      )`)
  }

  /** Reads the last events of a stream and appends one after them. */
  async readAndAppend(stream: string, last: number, event: FloorEvent): Promise<void> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      const { rows } = await client.query<{ revision: string; data: unknown }>({
        name: 'floor.read',
        text: 'select position, stream, revision, id, type, data, metadata, recorded_at from floor.event where stream = $1 order by revision desc limit $2',
        values: [stream, last],
      })
      await client.query({
        name: 'floor.append',
        text: 'insert into floor.event (stream, revision, id, type, data, metadata) values ($1, $2, $3, $4, $5, $6)',
        values: [
          stream,
          BigInt(rows[0]?.revision ?? -1) + 1n,
          event.id,
          event.type,
          event.data,
          event.metadata,
        ],
      })
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  /** A new stream of three events, in one statement, which is its own transaction. */
  async createOfThree(
    stream: string,
    [a, b, c]: readonly [FloorEvent, FloorEvent, FloorEvent],
  ): Promise<void> {
    await this.#pool.query({
      name: 'floor.create',
      text: `insert into floor.event (stream, revision, id, type, data, metadata)
        values ($1, 0, $2, $3, $4, $5), ($1, 1, $6, $7, $8, $9), ($1, 2, $10, $11, $12, $13)`,
      values: [stream, ...[a, b, c].flatMap(({ id, type, data, metadata }) => [id, type, data, metadata])],
    })
  }

  /** All events in order, page by page, parsed as pg does. */
  async replay(pageSize: number, handle: (event: { data: unknown }) => void): Promise<number> {
    let position = '0'
    for (let count = 0; ;) {
      const { rows } = await this.#pool.query<{ position: string; data: unknown }>({
        name: 'floor.page',
        text: `select position, stream, revision, id, type, data, metadata, recorded_at from floor.event
          where position > $1 and transaction < pg_snapshot_xmin(pg_current_snapshot()) order by position limit $2`,
        values: [position, pageSize],
      })
      for (const row of rows) handle(row)
      count += rows.length
      if (rows.length < pageSize) return count
      position = rows.at(-1)!.position
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}
