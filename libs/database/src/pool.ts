import pg from 'pg'
import { transactionOn, type TransactionOptions } from './transaction.js'

export interface DatabaseOptions {
  /** A URL, or the connection's parts. */
  readonly connection: string | pg.ClientConfig
  /** Shown by `pg_stat_activity`, after `roviec `. */
  readonly name?: string
  /** Connections at most. Default 10. */
  readonly max?: number
  /** A statement that takes longer is cancelled by the server, in milliseconds. Default: never. */
  readonly statementTimeoutMs?: number
  /** How values are read; `jsonAsText` for payloads that are passed on as they are. */
  readonly types?: pg.CustomTypesConfig
  /** Told of lost idle connections, which the pool replaces by itself. */
  readonly onConnectionError?: (error: Error) => void
}

export interface Database {
  readonly pool: pg.Pool
  /** One statement on any free connection. */
  query<Row extends pg.QueryResultRow>(
    query: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>
  /** See `transactionOn`. */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** Waits for running statements, then closes every connection. Idempotent. */
  close(): Promise<void>
}

/** Fails the caller instead of hanging it when the server does not answer or all connections are taken. */
const connectTimeoutMs = 10_000

const dateOid = 1082
const jsonOids: readonly number[] = [114, 3802]

/**
 * `date` stays the text `YYYY-MM-DD`: pg would make it a moment at local midnight, which is another day elsewhere.
 * `bigint` stays text as pg has it; the rest is pg's.
 */
const defaultTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === dateOid && format !== 'binary' ? asText : pg.types.getTypeParser(oid, format as 'text')) as never,
}

/** `json` and `jsonb` stay text, byte for byte as the server sends them. For a pool or for one query's `types`. */
export const jsonAsText: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    jsonOids.includes(oid) ? asText : defaultTypes.getTypeParser(oid, format as 'text')) as never,
}

function asText(value: string): string {
  return value
}

export function createDatabase(options: DatabaseOptions): Database {
  const { connection } = options
  const report = options.onConnectionError ?? ((): void => undefined)
  const pool = new pg.Pool({
    ...(typeof connection === 'string' ? { connectionString: connection } : connection),
    application_name: `roviec ${options.name ?? 'app'}`,
    max: options.max ?? 10,
    connectionTimeoutMillis: connectTimeoutMs,
    types: options.types ?? defaultTypes,
    ...(options.statementTimeoutMs !== undefined && { statement_timeout: options.statementTimeoutMs }),
  })
  pool.on('error', report)
  // The pool listens to idle connections only; one lost while checked out would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let closing: Promise<void> | undefined
  return {
    pool,
    query: (query, values) => pool.query(query as string, values),
    transaction: (work, transactionOptions) => transactionOn(pool, work, transactionOptions),
    close: () => (closing ??= pool.end()),
  }
}
