import { spansWithNames, type Values } from '../rates/rate-figures.sql.js'
import { listed } from '../rates/rates.sql.js'

export interface DutiesAsked {
  readonly asOf: string
  /** Ids of those who owe; null: all. */
  readonly owing: readonly string[] | null
  readonly after: { readonly since: string; readonly key: string } | null
  readonly limit: number
}

/**
 * What the named agencies owe of the register, those late for longest first. A dossier names its agencies as its source
 * writes them, with the ids that these names had: whoever owes is found by id. One that stands in the steps of the
 * procedure alone is found by the name that other dossiers know it by.
 */
export function selectDuties({ bind }: Values, { asOf, owing, after, limit }: DutiesAsked): string {
  const day = bind(asOf)
  const ids = owing === null ? null : bind(owing)
  const names = `SELECT name FROM view.dossier_rates_agency WHERE id = ANY (${ids}::text[])`
  const isOwing =
    ids === null
      ? ''
      : `WHERE d.state->'agencies'->>o.name = ANY (${ids}::text[])
            OR d.state->'agencies'->>o.name IS NULL AND o.name IN (${names})`
  const duties = `
    SELECT json_agg(json_build_object('duty', o.duty, 'owedBy', nullif(o.name, '')) ORDER BY o.n)
      FROM unnest(s.missing, s.owed_by) WITH ORDINALITY o (duty, name, n) ${isOwing}`
  const where = [
    listed,
    `day_from <= ${day}::date AND day_until >= ${day}::date`,
    ...(ids === null ? [] : [`(agencies && ${ids}::text[] OR owed_by && ARRAY(${names}))`]),
    ...(after === null ? [] : [`(since, s.key) > (${bind(after.since)}::date, ${bind(after.key)})`]),
  ]
  return `
    SELECT * FROM (
      SELECT s.key, d.source, d.code, due, ended, since, (${duties}) AS duties
        FROM ${spansWithNames} WHERE ${where.join(' AND ')}) owed
     WHERE duties IS NOT NULL ORDER BY since, key LIMIT ${bind(limit)}`
}
