import { identifier, schemaOf } from '../projecting/build.sql.js'

export const selectLive = `
  SELECT build, version, position, state, lease_until > clock_timestamp() AS led, fingerprint IS NOT NULL AS made
    FROM roviec.projection WHERE name = $1 AND standing = 'live'`

/** Holds the live build where it is: its writer waits with the end of its page until this transaction is over. */
export const holdLive = `${selectLive} FOR NO KEY UPDATE`

/** The build that stands beside it, where its holder left it. */
export const selectHeld = `
  SELECT 1 FROM roviec.projection WHERE name = $1 AND build = $2 AND fence = $3 AND position = $4`

/**
 * Bounds both what the holder waits for and what it may make others wait for: readers of a view wait for whoever waits
 * to switch it, and a process that falls asleep here would stop the live build.
 */
export const boundHolding = `
  SELECT set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`

export const retireLive = `UPDATE roviec.projection SET standing = 'retired' WHERE name = $1 AND standing = 'live'`

export const selectRetired = `
  SELECT name, build FROM roviec.projection WHERE name = $1 AND standing = 'retired' AND build <> $2`

export const makeLive = `
  UPDATE roviec.projection SET standing = 'live' WHERE name = $1 AND build = $2 AND fence = $3 AND standing = 'building'`

/**
 * Rows of a table and sums over them, one of each expression; `t` is the whole row. A sum does not mind the order of
 * rows, nor that of the members of a JSON column: it differs between a state that was folded in one go and one read
 * back in between. jsonb holds no NUL.
 */
export function sumTable(table: string, expressions: readonly string[]): string {
  const sums = expressions.map(
    (expression) =>
      `coalesce(sum(hashtextextended(replace(to_json(${expression})::text, '\\u0000', '\\ufffd')::jsonb::text, 0)::numeric), 0)::text`,
  )
  return `SELECT count(*) AS rows, ARRAY[${sums.join(', ')}]::text[] AS sums FROM ${table} t`
}

export function qualified(build: { readonly name: string; readonly build: number }, table: string): string {
  return `${schemaOf(build)}.${identifier(table)}`
}

export const selectColumns = `
  SELECT attname AS name FROM pg_attribute
   WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`
