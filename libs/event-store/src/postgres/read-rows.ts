import type pg from 'pg'
import type { Database } from '#database'
import { isConnectionLoss } from '#database'
import { EventStoreUnavailable } from '../port/errors.js'
import { rawRows, type RawRow } from './event-rows.js'

/**
 * The rows of a reading statement as the server's own text. A connection that was lost while it lay idle is found
 * out by the next read: that one is sent once more, so that a restarted server costs no reader an error.
 *
 * @throws EventStoreUnavailable when the second try fails alike, or no answer comes in time.
 */
export async function readRows(database: Database, query: pg.QueryConfig): Promise<RawRow[]> {
  const read = async () => (await database.pool.query<RawRow>({ ...query, ...rawRows })).rows
  try {
    return await read().catch((error: unknown) => {
      if (isConnectionLoss(error)) return read()
      throw error
    })
  } catch (error) {
    throw asUnavailable(error)
  }
}

/** Gives lost connections, and answers that did not come, the port's name. Only for reads and for what was never sent. */
export function asUnavailable(error: unknown): unknown {
  return isConnectionLoss(error) || isTimeout(error) ? new EventStoreUnavailable(error) : error
}

/** pg knows its `query_timeout` by this text only. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}
