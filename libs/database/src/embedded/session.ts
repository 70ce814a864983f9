import pg from 'pg'
import { setTimeout as delay } from 'node:timers/promises'
import { superuser } from './cluster.js'

/** Held shared by every process that uses the server: whoever gets it exclusively is the last one out. */
const usersLock = 0x526f5601
/** Held by the one process that has the data directory to itself. Both live in the database `postgres`. */
const exclusiveUseLock = 0x526f5602

/** A lock of a process that was killed a moment ago: its connection is gone as soon as the server reads the end. */
const lockAttempts = 25
const lockRetryEveryMs = 20

export interface ServerAddress {
  readonly port: number
  readonly password: string
}

export function databaseUrl({ port, password }: ServerAddress, database: string): string {
  return `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/**
 * Registers this process as a user of the server, for as long as the connection lives.
 *
 * @returns undefined when the server is just being stopped by the last one out.
 */
export async function registerSession(
  address: ServerAddress,
  connectTimeoutMs: number,
): Promise<pg.Client | undefined> {
  const session = new pg.Client({
    connectionString: databaseUrl(address, 'postgres'),
    application_name: sessionName('session'),
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: Math.max(connectTimeoutMs, 5_000),
  })
  // Its end is what counts; without a listener an error would end the process.
  session.on('error', () => undefined)
  try {
    await session.connect()
    const { rows } = await session.query<{ registered: boolean; present: boolean }>(
      `select pg_try_advisory_lock_shared($1) as registered,
              exists (select from pg_database where datname = 'roviec') as present`,
      [usersLock],
    )
    if (rows[0]?.registered) {
      if (!rows[0].present) await createOwnDatabase(session)
      return session
    }
  } catch (error) {
    await session.end().catch(() => undefined)
    throw error
  }
  await session.end()
  return undefined
}

function sessionName(purpose: string): string {
  return `roviec ${purpose}, pid ${process.pid}`
}

async function createOwnDatabase(session: pg.Client): Promise<void> {
  await session.query('create database roviec').catch((error: unknown) => {
    // Two processes may find it missing at once. 42P04: exists; 23505: is being created.
    if (!(error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505')))
      throw error
  })
}

/** Gives up the registration. True when nobody else is registered; then nobody can register any more. */
export async function leave(session: pg.Client): Promise<boolean> {
  // Two statements: PostgreSQL may evaluate the parts of one expression in any order.
  await session.query('select pg_advisory_unlock_shared($1)', [usersLock])
  return tryLock(session, usersLock)
}

/** @returns undefined when the lock is ours, else how its holder calls itself. */
export async function takeExclusiveUse(session: pg.Client, purpose: string): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    if (await tryLock(session, exclusiveUseLock)) break
    if (attempt === lockAttempts) return nameHolder(session)
    await delay(lockRetryEveryMs)
  }
  await session.query(`select set_config('application_name', $1, false)`, [sessionName(purpose)])
  return undefined
}

async function tryLock(session: pg.Client, key: number): Promise<boolean> {
  const { rows } = await session.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    key,
  ])
  return rows[0]?.locked === true
}

async function nameHolder(session: pg.Client): Promise<string> {
  const { rows } = await session.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and objid = $1
        and pg_locks.database = (select oid from pg_database where datname = current_database())`,
    [exclusiveUseLock],
  )
  return rows[0]?.name ?? 'unknown'
}
