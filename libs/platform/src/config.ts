import { resolve } from 'node:path'
import type { MasterKeys } from '#engine'
import { invalid } from '#kernel'
import { readEdgeConfig, type EdgeConfig } from './edge-config.js'
import { withEventStoreAccount } from './event-store-account.js'
import { masterKeyNeeded, masterKeysOf } from './master-key.js'

/** Where the log and the read models are. */
export type Mode = 'embedded' | 'postgres' | 'eventstoredb'

export interface Config {
  readonly mode: Mode
  /** Of the embedded server; absolute. */
  readonly dataDir: string
  /** Null in the embedded mode. */
  readonly databaseUrl: string | null
  /** Of the log when EventStoreDB keeps it, else null. May hold a password. */
  readonly eventStoreUrl: string | null
  /** Null in the embedded mode where its own key, in the data directory, is to be used. */
  readonly masterKeys: MasterKeys | null
  readonly host: string
  readonly port: number
  /** Whether this process also keeps the projections up to date. */
  readonly runWorker: boolean
  /** Requests a second and client address before 429 answers. */
  readonly requestsPerSecond: number
  /** Whether a first start loads the two real plans. */
  readonly loadDemo: boolean
  readonly edge: EdgeConfig
}

/**
 * The configuration from `ROVIEC_*`.
 *
 * @throws RoviecError `config-invalid` naming the variable and what it takes.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const databaseUrl = url(env, 'ROVIEC_DATABASE_URL')
  const eventStoreUrl = eventStore(env, 'ROVIEC_EVENTSTORE_URL')
  if (eventStoreUrl !== null && databaseUrl === null)
    throw wrong(
      'ROVIEC_DATABASE_URL',
      'địa chỉ cơ sở dữ liệu cho dữ liệu đọc khi dùng ROVIEC_EVENTSTORE_URL',
      'the address of the database for the read models when ROVIEC_EVENTSTORE_URL is set',
    )
  const mode: Mode = eventStoreUrl !== null ? 'eventstoredb' : databaseUrl === null ? 'embedded' : 'postgres'
  return {
    mode,
    dataDir: resolve(env['ROVIEC_DATA_DIR'] ?? '.roviec'),
    databaseUrl,
    eventStoreUrl,
    masterKeys: masterKeysOf(env) ?? (mode === 'embedded' ? null : masterKeyNeeded()),
    host: env['ROVIEC_HOST'] ?? '127.0.0.1',
    port: port(env, 'ROVIEC_PORT', 3000),
    runWorker: flag(env, 'ROVIEC_RUN_WORKER', true),
    requestsPerSecond: count(env, 'ROVIEC_REQUESTS_PER_SECOND', 200),
    loadDemo: flag(env, 'ROVIEC_DEMO', true),
    edge: readEdgeConfig(env),
  }
}

function url(env: Readonly<Record<string, string | undefined>>, name: string): string | null {
  const value = env[name]
  if (value === undefined || value === '') return null
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value))
    throw wrong(
      name,
      'một địa chỉ dạng postgresql://…',
      'an address such as postgresql://user@host:5432/database',
    )
  return value
}

function eventStore(env: Readonly<Record<string, string | undefined>>, name: string): string | null {
  const value = env[name]
  if (value === undefined || value === '') return null
  if (!/^esdb(\+discover)?:\/\/[^\s/]+/.test(value))
    throw wrong(
      name,
      'một địa chỉ dạng esdb://máy:2113?tls=true',
      'an address such as esdb://host:2113?tls=true',
    )
  return withEventStoreAccount(value, env)
}

function port(env: Readonly<Record<string, string | undefined>>, name: string, fallback: number): number {
  const value = env[name]
  if (value === undefined || value === '') return fallback
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw wrong(name, 'một số từ 0 đến 65535', 'a number from 0 to 65535')
  return number
}

function count(env: Readonly<Record<string, string | undefined>>, name: string, fallback: number): number {
  const value = env[name]
  if (value === undefined || value === '') return fallback
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1)
    throw wrong(name, 'một số nguyên từ 1', 'a whole number from 1')
  return number
}

function flag(env: Readonly<Record<string, string | undefined>>, name: string, fallback: boolean): boolean {
  const value = env[name]
  if (value === undefined || value === '') return fallback
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
  throw wrong(name, 'true hoặc false', 'true or false')
}

/** The value itself is not repeated: an address may hold a password. */
function wrong(name: string, vi: string, en: string): Error {
  return invalid(
    'config-invalid',
    { vi: `Biến môi trường ${name} phải là ${vi}.`, en: `The environment variable ${name} must be ${en}.` },
    { variable: name },
  )
}
