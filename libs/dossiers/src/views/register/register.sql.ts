import { allFormulas } from '../../domain/formulas/all-formulas.js'
import { coverage } from '../../domain/formulas/coverage.js'
import {
  agencyColumns,
  knownNow,
  knownUntilAfter,
  spansWithNames,
  type Place,
  type Values,
} from '../rates/rate-figures.sql.js'
import { late, listed } from '../rates/rates.sql.js'

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

const accountedFor = `n${allFormulas.indexOf(coverage)}`

/**
 * A page of the register, those late for longest first, with the place of the view and how many lines there are in all.
 * Now, nearly every line stays until something is recorded (`day_until` is for ever): these are read in the order of
 * their index. The few that will change by themselves are read apart. As of an older position, those of them that were
 * known by then, and those that something recorded since has closed. Of agencies, how many dossiers that name one are
 * late, and how many of these are accounted for, stands beside: lines and coverage are of the same dossiers.
 */
export function selectRegister(values: Values, asked: RegisterAsked): string {
  const { bind } = values
  const day = bind(asked.asOf)
  const named = asked.agencies === null ? [] : [late, `agencies && ${bind(asked.agencies)}::text[]`]
  const chosen = [...named, ...(asked.missing === null ? [] : [`${bind(asked.missing)} = ANY (missing)`])]
  const alive = [...chosen, `missing <> '{}'`, `day_from <= ${day}::date`]
  const lasting = [listed, `day_until = 'infinity'`, ...alive]
  const passing = [listed, `day_until < 'infinity' AND day_until >= ${day}::date`, ...alive]
  const { place } = asked
  const byThen = place === null ? [] : [`known_from <= ${bind(String(place.at))}::bigint`]
  const gone = place === null ? [] : [[knownUntilAfter(values, place), `day_until >= ${day}::date`, ...alive]]
  const parts = [[...lasting, ...byThen], [...passing, ...byThen], ...gone]
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
  const none = 'NULL::integer'
  const [lateOnes, accounted] =
    named.length === 0 ? [none, none] : ofNamed(values, { place, day, byThen, named })
  return `
    SELECT h.position AS head, ${isCounted ? addedUp(parts, 'count(*)') : none} AS total,
           ${lateOnes} AS late_ones,
           ${accounted} AS accounted_for, page.*
      FROM view.dossier_rates_head h
      LEFT JOIN (SELECT * FROM (${page.join(' UNION ALL ')}) parts
                  ORDER BY since, key LIMIT ${limit}) page ON true
     ORDER BY page.since, page.key`
}

function ofNamed(
  values: Values,
  asked: {
    readonly place: Place | null
    readonly day: string
    readonly byThen: readonly string[]
    readonly named: readonly string[]
  },
): readonly [late: string, accountedFor: string] {
  const { place, day, byThen, named } = asked
  const ofDay = [`day_from <= ${day}::date`, `day_until >= ${day}::date`, ...named]
  const gone = place === null ? [] : [[knownUntilAfter(values, place), ...ofDay]]
  const parts = [[knownNow, ...byThen, ...ofDay], ...gone]
  return [addedUp(parts, 'count(*)'), addedUp(parts, `coalesce(sum(${accountedFor}), 0)`)]
}

function addedUp(parts: readonly (readonly string[])[], count: string): string {
  const counts = parts.map(
    (where) => `(SELECT ${count} FROM view.dossier_rates_span s WHERE ${where.join(' AND ')})`,
  )
  return `(${counts.join(' + ')})::integer`
}
