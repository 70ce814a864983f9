import type pg from 'pg'
import { createDatabase, type Database } from '#database'

/** A URL, or the connection's parts. The database's own sessions are needed: LISTEN and prepared statements do not pass a transaction-pooling proxy. */
export type Connection = string | pg.ClientConfig

/**
 * One connection appends, one listens, two read streams, the rest reads pages: few, because calls that queue share a round trip and further
 * connections only contend for the same cores.
 */
const maxConnections = 8

/**
 * Milliseconds until an answer is given up: far above any statement here. It ends the wait on a connection that died
 * without a word, and on a head row that another session does not let go.
 */
const answerWithinMs = 30_000

/**
 * - Each statement here has one right plan, through an index. A planner that meets the log empty prefers a
 *   sequential scan and keeps it while the log grows: it is not left the choice.
 * - The append function needs a new snapshot for each statement, hence READ COMMITTED.
 */
const sessionSettings = {
  timezone: 'UTC',
  datestyle: 'ISO',
  default_transaction_isolation: 'read\\ committed',
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
}

const sessionOptions = Object.entries(sessionSettings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

export function connectPool(connection: Connection): Database {
  return createDatabase({ connection: withOptions(connection), name: 'event store', max: maxConnections })
}

function withOptions(connection: Connection): pg.ClientConfig {
  const defaults = { keepAlive: true, query_timeout: answerWithinMs }
  if (typeof connection !== 'string') return { ...defaults, ...connection, options: join(connection.options) }
  const url = new URL(connection)
  url.searchParams.set('options', join(url.searchParams.get('options')))
  return { ...defaults, connectionString: url.href }
}

function join(options: string | null | undefined): string {
  return options ? `${options} ${sessionOptions}` : sessionOptions
}

/** A connection kept for one purpose, taken anew after it was lost. */
export class HeldConnection {
  #client: pg.PoolClient | undefined

  constructor(readonly database: Database) {}

  async take(): Promise<pg.PoolClient> {
    if (this.#client) return this.#client
    const client = await this.database.pool.connect()
    client.once('end', () => this.drop(client))
    return (this.#client = client)
  }

  /** Closes the connection, since what it would answer next is not known; the next `take` opens another. */
  drop(client: pg.PoolClient): void {
    if (this.#client !== client) return
    this.#client = undefined
    client.release(true)
  }

  release(): void {
    if (this.#client) this.drop(this.#client)
  }
}
