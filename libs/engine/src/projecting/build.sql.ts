/** Where the tables of a build are. The parts are checked before anything is registered: they need no quotes. */
export function schemaOf({ name, build }: { readonly name: string; readonly build: number }): string {
  return `build_${name}_${build}`
}

export const selectBuilds = `
  SELECT name, build, version, standing FROM roviec.projection WHERE name = $1 ORDER BY build`

/** Numbers are not given twice: what was done with a build that is gone stands under its own. */
export const nextBuild = `(
  SELECT coalesce(max(build), 0) + 1 FROM (
    SELECT build FROM roviec.projection WHERE name = $1 UNION ALL SELECT build FROM roviec.operation WHERE name = $1) b)`

/** Live where nothing is. Of several workers that start together one inserts, the others find its row. */
export const registerBuild = `
  INSERT INTO roviec.projection (name, build, version, born, standing)
  SELECT $1, ${nextBuild}, $2, $3, CASE WHEN bool_or(standing = 'live') THEN 'building' ELSE 'live' END
    FROM roviec.projection WHERE name = $1 HAVING coalesce(max(version), 0) < $2
  ON CONFLICT DO NOTHING`

/** What stands there while no row tells of it was left by somebody who removed the rows. */
export function newSchema(schema: string): string {
  return `${dropSchema(schema)}; CREATE SCHEMA ${schema}`
}

export function dropSchema(schema: string): string {
  return `DROP SCHEMA IF EXISTS ${schema} CASCADE`
}

export const deleteRetired = `
  DELETE FROM roviec.projection WHERE name = $1 AND build = $2 AND standing = 'retired'`

/** Names without a schema mean this one until the transaction ends. */
export const enterSchema = `SELECT set_config('search_path', $1, true)`

export const selectTables = `SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1`

export const markMade = `
  UPDATE roviec.projection SET fingerprint = $4 WHERE name = $1 AND build = $2 AND fence = $3 RETURNING standing`

/** What readers call `view.<table>`. */
export function showTable(schema: string, table: string): string {
  return `${hideTable(table)}; CREATE VIEW view.${identifier(table)} AS SELECT * FROM ${schema}.${identifier(table)}`
}

export function hideTable(table: string): string {
  return `DROP VIEW IF EXISTS view.${identifier(table)}`
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
