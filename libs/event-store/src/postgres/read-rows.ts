import type pg from 'pg'
import type { Database } from '#database'
import { isConnectionLoss } from '#database'
import { EventStoreUnavailable } from '../port/errors.js'
import type { HeldConnection } from './connection.js'
import { rawRows, type RawRow } from './event-rows.js'

/** Where a read is sent: the pool, or a connection of the reader's own. */
export type Sender = (query: pg.QueryConfig & typeof rawRows) => Promise<pg.QueryResult<RawRow>>

/**
 * The rows of a reading statement as the server's own text. A connection that was lost while it lay idle is found
 * out by the next read: that one is sent once more, so that a restarted server costs no reader an error.
 *
 * @throws EventStoreUnavailable when the second try fails alike, or no answer comes in time.
 */
export async function readRows(send: Sender, query: pg.QueryConfig): Promise<RawRow[]> {
  const asked = { ...query, ...rawRows }
  try {
    return (await send(asked)).rows
  } catch (error) {
    if (!isConnectionLoss(error)) throw asUnavailable(error)
  }
  try {
    return (await send(asked)).rows
  } catch (error) {
    throw asUnavailable(error)
  }
}

export function throughPool(database: Database): Sender {
  return (query) => database.pool.query<RawRow>(query)
}

/** Spares a read the way through the pool, which costs a third of a short one. */
export function throughHeld(connection: HeldConnection): Sender {
  return async (query) => {
    const client = await connection.take()
    try {
      return await client.query<RawRow>(query)
    } catch (error) {
      connection.drop(client)
      throw error
    }
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
