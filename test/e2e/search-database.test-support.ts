import type { Database } from '#database'

/** Every way in which a text could stand in a column: as it is, in hexadecimal, in base64 at each of three offsets. */
export function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // The ends are shared with what stands before and after.
    return shifted.slice(offset === 0 ? 0 : 4, Math.floor((bytes.length + offset) / 3) * 4)
  })
  return [text, bytes.toString('hex'), ...base64]
}

/** The tables in any schema that have a row with the text in any of its columns, bytea and json included. */
export async function tablesWith(database: Database, text: string): Promise<readonly string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await database.query(
      `SELECT FROM ${name} AS t WHERE EXISTS (SELECT FROM unnest($1::text[]) form WHERE strpos(t::text, form) > 0) LIMIT 1`,
      [formsOf(text)],
    )
    if (rowCount === 1) found.push(name)
  }
  return found
}
