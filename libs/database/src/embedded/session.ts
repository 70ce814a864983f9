import pg from 'pg'
import { superuser } from './cluster.js'

/** Shared by every process that uses the server; whoever gets it exclusively is the last. "RoVi" in ASCII. */
const usersLock = 0x526f5669

/** The connection by which a process says that it uses the server. It lives in a database of its own. */
export interface Session {
  readonly client: pg.Client
}

export interface ServerAddress {
  readonly port: number
  readonly password: string
}

export function databaseUrl({ port, password }: ServerAddress, database: string): string {
  return `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/**
 * Registers this process as a user of the server.
 *
 * @returns undefined when the server is just being stopped by the last one out.
 */
export async function registerSession(
  address: ServerAddress,
  connectTimeoutMs: number,
): Promise<Session | undefined> {
  const client = new pg.Client({
    connectionString: databaseUrl(address, 'postgres'),
    application_name: `roviec session, pid ${process.pid}`,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: 30_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ registered: boolean; present: boolean }>(
      `select pg_try_advisory_lock_shared($1) as registered,
              exists (select from pg_database where datname = 'roviec') as present`,
      [usersLock],
    )
    const [state] = rows
    if (!state?.registered) {
      await client.end()
      return undefined
    }
    if (!state.present) await createOwnDatabase(client)
    return { client }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

async function createOwnDatabase(client: pg.Client): Promise<void> {
  await client.query('create database roviec').catch((error: unknown) => {
    // Two processes may find it missing at once. 42P04: exists; 23505: is being created.
    if (!(error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505')))
      throw error
  })
}

/** Gives up the registration. True when nobody else is registered; then nobody can register any more. */
export async function leave({ client }: Session): Promise<boolean> {
  // Two statements: PostgreSQL may evaluate the parts of one expression in any order.
  await client.query('select pg_advisory_unlock_shared($1)', [usersLock])
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
    usersLock,
  ])
  return rows[0]?.last === true
}
