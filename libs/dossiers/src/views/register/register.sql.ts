import {
  agencyColumns,
  knownUntilAfter,
  spansWithNames,
  type Place,
  type Values,
} from '../rates/rate-figures.sql.js'
import { listed } from '../rates/rates.sql.js'

export interface RegisterAsked {
  readonly place: Place | null
  readonly asOf: string
  /** Ids of which a dossier names one; null: all. */
  readonly agencies: readonly string[] | null
  readonly missing: string | null
  readonly after: { readonly since: string; readonly key: string } | null
  readonly limit: number
}

const columns = `s.key, d.source, d.code, ${agencyColumns}, procedure, field, due, ended, since, missing, owed_by`

/**
 * A page of the register, those late for longest first, with the place of the view and how many lines there are in all.
 * Now, nearly every line stays until something is recorded (`day_until` is for ever): these are read in the order of
 * their index. The few that will change by themselves are read apart. As of an older position, those of them that were
 * known by then, and those that something recorded since has closed.
 */
export function selectRegister(values: Values, asked: RegisterAsked): string {
  const { bind } = values
  const day = bind(asked.asOf)
  const chosen = [
    ...(asked.agencies === null ? [] : [`agencies && ${bind(asked.agencies)}::text[]`]),
    ...(asked.missing === null ? [] : [`${bind(asked.missing)} = ANY (missing)`]),
  ]
  const alive = [...chosen, `missing <> '{}'`, `day_from <= ${day}::date`]
  const lasting = [listed, `day_until = 'infinity'`, ...alive]
  const passing = [listed, `day_until < 'infinity' AND day_until >= ${day}::date`, ...alive]
  const { place } = asked
  const then = place === null ? [] : [`known_from <= ${bind(String(place.at))}::bigint`]
  const gone = place === null ? [] : [[knownUntilAfter(values, place), `day_until >= ${day}::date`, ...alive]]
  const parts = [[...lasting, ...then], [...passing, ...then], ...gone]
  const after =
    asked.after === null
      ? []
      : [`(since, s.key) > (${bind(asked.after.since)}::date, ${bind(asked.after.key)})`]
  const limit = bind(asked.limit)
  const page = parts.map(
    (where) =>
      `(SELECT ${columns} FROM ${spansWithNames}
         WHERE ${[...where, ...after].join(' AND ')} ORDER BY since, s.key LIMIT ${limit})`,
  )
  const isCounted = chosen.length > 0
  const counts = parts.map(
    (where) => `(SELECT count(*) FROM view.dossier_rates_span s WHERE ${where.join(' AND ')})`,
  )
  return `
    SELECT h.position AS head, ${isCounted ? `(${counts.join(' + ')})::integer` : 'NULL::integer'} AS total, page.*
      FROM view.dossier_rates_head h
      LEFT JOIN (SELECT * FROM (${page.join(' UNION ALL ')}) parts
                  ORDER BY since, key LIMIT ${limit}) page ON true
     ORDER BY page.since, page.key`
}
