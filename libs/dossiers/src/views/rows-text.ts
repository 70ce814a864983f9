/** Rows as one JSON text. The log takes NUL in a text, PostgreSQL's columns do not: one would stop the view for everyone. */
export function rowsText(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value,
  )
}
