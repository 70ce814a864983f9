import { isUniqueViolation, type Database } from '#database'
import type { RecordedEvent } from '../port/event-store.js'
import { connectPool, type Connection } from '../postgres/connection.js'
import { asUnavailable } from '../postgres/read-rows.js'
import { targetChanged } from './errors.js'
import type { LogWriter } from './log-writer.js'
import { findDisplaced, insertEvents, lockHead, moveHead } from './postgres-log-writer.sql.js'

/** Writes a page in one transaction, under the lock of the log's head. The recorded times go into their column. */
export class PostgresLogWriter implements LogWriter {
  readonly #database: Database

  /** @param connection of a database in which the log has been installed */
  constructor(connection: Connection) {
    this.#database = connectPool(connection)
  }

  async write(events: readonly RecordedEvent[], count: number): Promise<void> {
    const last = events.at(-1)
    if (!last) return
    const starts = startsOf(events)
    try {
      await this.#database.transaction(async (client) => {
        const head = await client.query(lockHead, [count])
        if (head.rowCount === 0) throw targetChanged(events[0]!.stream, events[0]!.revision)
        const { rows } = await client.query<{ stream: string; first: string }>(findDisplaced, [
          [...starts.keys()],
          [...starts.values()],
        ])
        if (rows[0]) throw targetChanged(rows[0].stream, BigInt(rows[0].first))
        await client.query(insertEvents, [count, ...columnsOf(events)])
        await client.query(moveHead, [events.length, last.recordedAt])
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw targetChanged(last.stream, last.revision, error)
      throw asUnavailable(error)
    }
  }

  close(): Promise<void> {
    return this.#database.close()
  }
}

/** The first revision of each stream on the page; within the page each stream has to count on. */
function startsOf(events: readonly RecordedEvent[]): Map<string, bigint> {
  const starts = new Map<string, bigint>()
  const nexts = new Map<string, bigint>()
  for (const { stream, revision } of events) {
    const next = nexts.get(stream)
    if (next === undefined) starts.set(stream, revision)
    else if (next !== revision) throw targetChanged(stream, revision)
    nexts.set(stream, revision + 1n)
  }
  return starts
}

function columnsOf(events: readonly RecordedEvent[]): unknown[] {
  return [
    events.map(({ stream }) => stream),
    events.map(({ revision }) => revision),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ dataText }) => dataText),
    events.map(({ metadataText }) => metadataText),
    events.map(({ recordedAt }) => recordedAt.toISOString()),
  ]
}
