import { RoviecError } from '#kernel'
import type { Database } from '#database'
import { installStatements, schemaVersion } from './schema.sql.js'

/** Any number that nothing else in the database locks: the digits of "event_log" on a telephone. */
const advisoryLock = 383_685_640

/**
 * Creates the log's tables and its append function where they are missing. Processes that start together wait for
 * each other.
 *
 * @throws RoviecError `event-log-schema-unknown` when another version of this library wrote the log.
 */
export async function install(database: Database): Promise<void> {
  await database.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [advisoryLock])
    const { rows } = await client.query<{ installed: boolean }>(
      `select to_regclass('event_log.head') is not null as installed`,
    )
    if (!rows[0]?.installed) await client.query(installStatements)
    const head = await client.query<{ schema_version: number }>('select schema_version from event_log.head')
    const found = head.rows[0]?.schema_version
    if (found !== schemaVersion) throw unknownSchema(found)
  })
}

function unknownSchema(found: number | undefined): RoviecError {
  return new RoviecError(
    'fault',
    'event-log-schema-unknown',
    {
      vi: `Kho sự kiện có cấu trúc phiên bản ${found ?? 'không rõ'}, chương trình này cần phiên bản ${schemaVersion}. Dùng đúng phiên bản chương trình; không sửa kho bằng tay.`,
      en: `The event log has schema version ${found ?? 'unknown'}, this program needs ${schemaVersion}. Run the matching program; do not change the log by hand.`,
    },
    { found, needed: schemaVersion },
  )
}
