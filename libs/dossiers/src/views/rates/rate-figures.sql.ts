import { isPair } from './cells.js'
import { sumTableOf } from './rates.sql.js'
import type { SumRange } from './span-sums.js'

/** An older position of the log, and how far the view has got: the present. */
export interface Place {
  readonly at: bigint
  readonly head: bigint
}

/** Collects the values of a statement: `bind(x)` is its place in the text. */
export class Values {
  readonly all: unknown[] = []
  readonly bind = (value: unknown): string => `$${this.all.push(value)}`
}

/**
 * Counts of formulas by value, from the sums of the present. Each cell is looked up by itself, and each range is a part
 * of its own: the table is ordered for it, and the planner has nothing to choose.
 */
export function countsFromSums(
  { bind }: Values,
  asked: {
    readonly formulas: readonly number[]
    readonly kind: string
    /** The column of cells that has the values; conditions on either. */
    readonly value: 'first' | 'second'
    readonly only: readonly (readonly ['first' | 'second', readonly string[]])[]
    readonly ranges: readonly SumRange[]
  },
): string {
  const { kind, value, only, ranges } = asked
  const columns = columnsOf(asked.formulas)
  const table = sumTableOf(asked)
  const parts = ranges.map(
    ({ axis, from, before, otherAfter }) =>
      `SELECT ${columns.join(', ')} FROM view.${table} s
        WHERE s.cell = c.id AND axis = '${axis}' AND day >= ${bind(from)}::date AND day < ${bind(before)}::date
          ${otherAfter === null ? '' : `AND other > ${bind(otherAfter)}::date`}`,
  )
  const sums = columns.map((column) => `sum(${column}) AS ${column}`).join(', ')
  const where = [
    `kind = ${bind(kind)}`,
    // As the index of pairs has it.
    ...(isPair(asked) ? [`kind LIKE '%+%'`] : []),
    ...only.map(([column, values]) => `${column} = ANY (${bind(values)}::text[])`),
  ]
  return `
    SELECT c.${value} AS value, ${columns.map((column) => `coalesce(sum(${column}), 0)::integer AS ${column}`).join(', ')}
      FROM view.dossier_rates_cell c, LATERAL (
        SELECT ${sums} FROM (${parts.join(' UNION ALL ')}) parts) sums
     WHERE ${where.join(' AND ')} GROUP BY 1`
}

/** Parts with the same columns as one: counts add up, those taken back are below zero. */
export function addedUp(formulas: readonly number[], parts: readonly string[]): string {
  const columns = columnsOf(formulas).map((column) => `sum(${column})::integer AS ${column}`)
  return `SELECT value, ${columns.join(', ')} FROM (${parts.join(' UNION ALL ')}) added GROUP BY value`
}

function columnsOf(formulas: readonly number[]): string[] {
  return formulas.flatMap((at) => [`d${at}`, `n${at}`])
}

/** Counts of formulas by value, from the spans themselves. */
export function countsFromSpans(
  { bind }: Values,
  asked: {
    readonly formulas: readonly number[]
    readonly value: string
    readonly where: readonly string[]
    readonly from: string
    /** -1: to be taken back. */
    readonly sign?: 1 | -1
  },
): string {
  const { formulas, value, where, sign = 1 } = asked
  const first = bind(asked.from)
  const counts = formulas.flatMap((at) => [
    `${sign} * count(*) FILTER (WHERE f${at} >= ${first}::date)::integer AS d${at}`,
    `${sign} * coalesce(sum(n${at}) FILTER (WHERE f${at} >= ${first}::date), 0)::integer AS n${at}`,
  ])
  return `
    SELECT ${value} AS value, ${counts.join(', ')} FROM view.dossier_rates_span s
     WHERE ${where.join(' AND ')} GROUP BY 1`
}

/** The spans that are known now. */
export const knownNow = 'known_until IS NULL'

/** The spans that were known at a position; null: that are known now. */
export function knownAt({ bind }: Values, place: Place | null): string {
  if (place === null) return knownNow
  const position = bind(String(place.at))
  return `(known_from <= ${position}::bigint AND (known_until IS NULL OR known_until > ${position}::bigint))`
}

/** Known at a position, but not any more. */
export function knownUntilAfter({ bind }: Values, { at }: Place): string {
  const position = bind(String(at))
  return `known_until IS NOT NULL AND known_until > ${position}::bigint AND known_from <= ${position}::bigint`
}

/** Known now, but not yet at a position. */
export function knownSince({ bind }: Values, { at }: Place): string {
  return `${knownNow} AND known_from > ${bind(String(at))}::bigint`
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
