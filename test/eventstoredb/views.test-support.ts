import type { TestDatabase } from '#testing'

/** Every row of every view, as text. */
export async function viewsOf(database: TestDatabase): Promise<Readonly<Record<string, readonly string[]>>> {
  const connected = database.connect()
  const tables = await connected.query<{ name: string }>(
    `SELECT viewname AS name FROM pg_views WHERE schemaname = 'view' ORDER BY 1`,
  )
  const views: Record<string, readonly string[]> = {}
  for (const { name } of tables.rows) {
    const { rows } = await connected.query<{ row: string }>(
      `SELECT t::text AS row FROM view.${name} t ORDER BY 1`,
    )
    views[name] = rows.map(({ row }) => row)
  }
  return views
}
