import { RoviecError } from '#kernel'
import type { Database } from '#database'
import type { EventStore } from '#event-store'
import { fingerprintOf } from './fingerprint.js'
import type { Projection, Transaction } from './projection.js'
import {
  deleteRetired,
  dropSchema,
  enterSchema,
  markMade,
  newSchema,
  registerBuild,
  schemaOf,
  selectBuilds,
  selectTables,
  showTable,
} from './build.sql.js'

/** One filling of one version of a view, in a schema of its own. */
export interface Build {
  /** Of the projection. */
  readonly name: string
  readonly version: number
  /** Counts the fillings of the view, whatever their version. */
  readonly build: number
}

/** `live`: readers see it. `building`: it is filled beside the live one. `retired`: kept for a way back. */
export type Standing = 'building' | 'live' | 'retired'

/** As names of schemas, tables and streams take it, with room for what is added. */
const namePattern = /^[a-z][a-z0-9_]{0,39}$/

/**
 * The builds that this version of the projection fills. Where there has been none of it or of a later one, it is
 * begun: at once live where nothing is, else beside what is.
 */
export async function buildsOf(
  database: Database,
  store: EventStore,
  { name, version }: Projection,
): Promise<readonly Build[]> {
  if (!namePattern.test(name)) throw misnamed(name)
  const known = await selectAll(database, name)
  if (known.some((build) => build.version >= version)) return filled(known, version)
  await database.query(registerBuild, [name, version, String(await store.head())])
  return filled(await selectAll(database, name), version)
}

type Row = Build & { readonly standing: Standing }

function filled(builds: readonly Row[], version: number): Build[] {
  return builds.filter((build) => build.version === version && build.standing !== 'retired')
}

async function selectAll(database: Database, name: string): Promise<readonly Row[]> {
  return (await database.query<Row & Record<string, unknown>>(selectBuilds, [name])).rows
}

/** Makes the empty tables of a build, and shows them to readers where it is live. False when the lease is lost. */
export async function makeTables(
  transaction: Transaction,
  build: Build,
  fence: string,
  projection: Projection,
): Promise<boolean> {
  const values = [build.name, build.build, fence, fingerprintOf(projection)]
  const marked = await transaction.query<{ standing: Standing }>(markMade, values)
  const standing = marked.rows[0]?.standing
  if (standing === undefined) return false
  const schema = schemaOf(build)
  await transaction.query(newSchema(schema))
  await transaction.query(enterSchema, [schema])
  await transaction.query(projection.create)
  const tables = await tablesOf(transaction, build)
  for (const table of tables)
    if (table !== build.name && !table.startsWith(`${build.name}_`)) throw misnamed(table)
  if (standing === 'live') for (const table of tables) await transaction.query(showTable(schema, table))
  return true
}

/** Drops a build that nobody reads or fills any more; one that was taken up again stays. */
export async function dropRetired(
  transaction: Transaction,
  build: Pick<Build, 'name' | 'build'>,
): Promise<void> {
  const deleted = await transaction.query(deleteRetired, [build.name, build.build])
  if (deleted.rowCount === 1) await transaction.query(dropSchema(schemaOf(build)))
}

export async function tablesOf(
  transaction: Transaction,
  build: Pick<Build, 'name' | 'build'>,
): Promise<readonly string[]> {
  const { rows } = await transaction.query<{ name: string }>(selectTables, [schemaOf(build)])
  return rows.map(({ name }) => name)
}

function misnamed(name: string): RoviecError {
  return new RoviecError(
    'fault',
    'projection-misnamed',
    {
      vi: `Tên “${name}” không dùng được cho bảng tra cứu. Báo nhà phát triển.`,
      en: `The name ${name} does not fit: a projection is named in snake case, at most 40 letters, and its tables begin with its name.`,
    },
    { name },
  )
}
