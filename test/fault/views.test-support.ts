import type { Database } from '#database'

export type Views = Readonly<Record<string, readonly string[]>>

/** Every row of every view, as text. */
export async function viewsOf(database: Database): Promise<Views> {
  const tables = await database.query<{ name: string }>(
    `SELECT viewname AS name FROM pg_views WHERE schemaname = 'view' ORDER BY 1`,
  )
  const views: Record<string, readonly string[]> = {}
  for (const { name } of tables.rows) {
    const { rows } = await database.query<{ row: string }>(
      `SELECT t::text AS row FROM view.${name} t ORDER BY 1`,
    )
    views[name] = rows.map(({ row }) => row)
  }
  return views
}
