import { createHash } from 'node:crypto'
import { RoviecError } from '#kernel'
import type { Database } from './pool.js'

/** A step in the making of a library's underived tables. Once released, neither its name nor its text changes. */
export interface Migration {
  /** `0003-leases`: the list's order counts, the number is for people. */
  readonly name: string
  readonly sql: string
}

/** Processes that start together migrate one after the other. "RoVi" in ASCII, and a number of our own. */
const migrationLock = 0x526f5603

/**
 * Each library that has underived tables brings its own list, under a scope of its own.
 *
 * Applies what has not been applied yet, all of it in one transaction: a failure leaves the schema as it was.
 * Read models are not migrated, they are built anew from the log.
 *
 * @returns the names of those applied now.
 * @throws RoviecError `migration-changed` when the text of an applied migration differs from what was applied,
 * `migration-unknown` when the database is ahead of this program, `migration-out-of-order` when a new one stands
 * before an applied one, `migration-duplicate` when a name occurs twice.
 */
export async function migrate(
  database: Database,
  scope: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  const names = new Set(migrations.map(({ name }) => name))
  if (names.size !== migrations.length) throw duplicate(migrations)
  return database.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
    await client.query('create schema if not exists roviec')
    await client.query(
      `create table if not exists roviec.migration (
         scope text, name text, digest text not null, applied_at timestamptz not null default now(),
         primary key (scope, name))`,
    )
    const { rows } = await client.query<{ name: string; digest: string }>(
      'select name, digest from roviec.migration where scope = $1',
      [scope],
    )
    const applied = new Map(rows.map((row) => [row.name, row.digest]))
    for (const name of applied.keys()) if (!names.has(name)) throw unknown(name)
    const pending = pendingOf(migrations, applied)
    for (const { name, sql } of pending) {
      await client.query(sql)
      await client.query('insert into roviec.migration (scope, name, digest) values ($1, $2, $3)', [
        scope,
        name,
        digestOf(sql),
      ])
    }
    return pending.map(({ name }) => name)
  })
}

function pendingOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const pending: Migration[] = []
  for (const migration of migrations) {
    const digest = applied.get(migration.name)
    if (digest === undefined) pending.push(migration)
    else if (digest !== digestOf(migration.sql)) throw changed(migration.name)
    else if (pending[0]) throw outOfOrder(pending[0].name, migration.name)
  }
  return pending
}

/** Line ends do not count: a checkout on Windows is the same migration. */
function digestOf(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
}

function changed(name: string): RoviecError {
  return new RoviecError(
    'fault',
    'migration-changed',
    {
      vi: `Bước nâng cấp cơ sở dữ liệu "${name}" đã chạy với nội dung khác. Dùng đúng bản phát hành của RõViệc; thay đổi mới phải nằm trong một bước nâng cấp mới.`,
      en: `The migration "${name}" was applied with another text. Use the released version of RõViệc; a further change belongs into a new migration.`,
    },
    { name },
  )
}

function unknown(name: string): RoviecError {
  return new RoviecError(
    'fault',
    'migration-unknown',
    {
      vi: `Cơ sở dữ liệu đã qua bước nâng cấp "${name}" mà phiên bản RõViệc này không biết. Dùng phiên bản mới hơn.`,
      en: `The database has the migration "${name}", which this version of RõViệc does not know. Use a newer version.`,
    },
    { name },
  )
}

function outOfOrder(name: string, later: string): RoviecError {
  return new RoviecError(
    'fault',
    'migration-out-of-order',
    {
      vi: `Bước nâng cấp mới "${name}" đứng trước bước "${later}" đã chạy. Chuyển bước mới xuống cuối danh sách.`,
      en: `The new migration "${name}" stands before "${later}", which is applied already. Move it to the end of the list.`,
    },
    { name, later },
  )
}

function duplicate(migrations: readonly Migration[]): RoviecError {
  const names = migrations.map(({ name }) => name)
  const name = names.find((candidate, index) => names.indexOf(candidate) !== index)
  return new RoviecError(
    'fault',
    'migration-duplicate',
    {
      vi: `Tên bước nâng cấp "${name}" bị trùng. Đặt lại tên cho một trong hai bước.`,
      en: `The migration name "${name}" occurs twice. Rename one of the two.`,
    },
    { name },
  )
}
