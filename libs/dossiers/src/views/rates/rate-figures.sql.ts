/** Collects the values of a statement: `bind(x)` is its place in the text. */
export class Values {
  readonly all: unknown[] = []
  readonly bind = (value: unknown): string => `$${this.all.push(value)}`
}

/** Where in `view.dossier_rates_sum` to look. */
export interface SumRange {
  readonly axis: string
  readonly level: string
  readonly from: string
  readonly before: string
  /** Last day of the other axis; null where there is none. */
  readonly other: string | null
}

/**
 * Counts of formulas by value, from the sums. Each range is a part of its own: the table is ordered for it, and the
 * planner has nothing to choose.
 */
export function countsFromSums(
  { bind }: Values,
  asked: {
    readonly formulas: readonly number[]
    readonly owners: readonly string[]
    readonly dimension: string
    readonly values: readonly string[] | null
    readonly ranges: readonly SumRange[]
  },
): string {
  const owners = bind(asked.owners)
  const dimension = bind(asked.dimension)
  const only = asked.values === null ? '' : `AND value = ANY (${bind(asked.values)}::text[])`
  const columns = asked.formulas.flatMap((at) => [`d${at}`, `n${at}`])
  const parts = asked.ranges.map(
    ({ axis, level, from, before, other }) =>
      `SELECT value, ${columns.join(', ')} FROM view.dossier_rates_sum
        WHERE owner = ANY (${owners}::text[]) AND dimension = ${dimension} AND axis = '${axis}' AND level = '${level}'
          AND day >= ${bind(from)}::date AND day < ${bind(before)}::date ${only}
          ${other === null ? '' : `AND other <= ${bind(other)}::date`}`,
  )
  const sums = columns.map((column) => `sum(${column})::integer AS ${column}`)
  return `SELECT value, ${sums.join(', ')} FROM (${parts.join(' UNION ALL ')}) parts GROUP BY value`
}

/** Counts of formulas by value, from the spans themselves: slower, for what no sum is kept of. */
export function countsFromSpans(
  { bind }: Values,
  formulas: readonly number[],
  value: string,
  where: string,
  from: string,
): string {
  const first = bind(from)
  const counts = formulas.flatMap((at) => [
    `count(*) FILTER (WHERE f${at} >= ${first}::date)::integer AS d${at}`,
    `coalesce(sum(n${at}) FILTER (WHERE f${at} >= ${first}::date), 0)::integer AS n${at}`,
  ])
  return `SELECT ${value} AS value, ${counts.join(', ')} FROM view.dossier_rates_span s WHERE ${where} GROUP BY 1`
}

/** The spans that were known at a position; null: that are known now. */
export function knownAt({ bind }: Values, at: bigint | null): string {
  if (at === null) return 'known_until IS NULL'
  const position = bind(String(at))
  return `(known_from <= ${position}::bigint AND (known_until IS NULL OR known_until > ${position}::bigint))`
}

export const selectHead = `SELECT position FROM view.dossier_rates_head`

/** When the last change of figures up to a position was recorded. */
export const selectRecordedAt = `
  SELECT known_at FROM view.dossier_rates_span WHERE known_from <= $1 ORDER BY known_from DESC LIMIT 1`

export const selectAgencyNames = `SELECT id AS value, name FROM view.dossier_rates_agency WHERE id = ANY ($1)`

/** As on record at a position; of several versions the newest. */
export const selectProcedureNames = `
  SELECT DISTINCT ON (key) state->>'code' AS value, state->'versions'->-1->>'name' AS name
    FROM view.dossier_rates_procedure WHERE state->>'code' = ANY ($1) AND position <= $2
   ORDER BY key, revision DESC`

/** The agency as first written, and its id where the registry knows it. */
export const agencyColumns = `a.id AS "agencyId", coalesce(a.name, nullif(s.agency, '')) AS agency`

export const spansWithNames = `
  view.dossier_rates_span s JOIN view.dossier_rates_dossier d ON d.key = s.key
  LEFT JOIN view.dossier_rates_agency a ON a.id = s.agency`

/** A page of spans by dossier, with the place of the view; one row without a dossier where there are none. */
export function selectItems(
  { bind }: Values,
  columns: string,
  where: readonly string[],
  limit: number,
): string {
  return `
    SELECT h.position AS head, page.* FROM view.dossier_rates_head h LEFT JOIN (
      SELECT s.key, s.step, d.source, d.code, ${agencyColumns}, field, procedure, channel, accepted, due, ended, ${columns}
        FROM ${spansWithNames}
       WHERE ${where.join(' AND ')} ORDER BY s.key, s.step LIMIT ${bind(limit)}) page ON true
     ORDER BY page.key, page.step`
}
