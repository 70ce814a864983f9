import type { LocalDate } from '#calendar'
import type { Values } from '../rates/rate-figures.sql.js'
import { noDay, type Sort } from './board.sql.js'
import { beginsWith, endsWith, isOneList, type Chosen, type Lists } from './choose-lists.js'
import { hasEndedSql } from './shelves.js'

/** Days that what is due must lie within; `open`: of what has not ended. */
export interface DueWithin {
  readonly ended: readonly [LocalDate, LocalDate]
  readonly open: readonly [LocalDate, LocalDate]
}

export const anyDay: readonly [LocalDate, LocalDate] = ['0001-01-01', noDay]

export interface ListAsked {
  readonly chosen: Chosen
  readonly asOf: LocalDate
  readonly shelves: readonly number[] | null
  readonly source: string | undefined
  readonly prefix: string | undefined
  readonly within: DueWithin
  readonly sort: Sort
  readonly isDescending: boolean
  readonly after: { readonly value: string; readonly key: string } | null
  readonly limit: number
  /** Whose counts are the total; null where none is kept, and as many are counted as `mostCounted`. */
  readonly counted: { readonly owner: string; readonly procedure: string } | null
}

/** Beyond it a list without kept counts only says that there are more. */
export const mostCounted = 10_000

const sortTypes: Readonly<Record<Sort, string>> = { due: 'date', accepted: 'date', code: 'text' }

/**
 * A page and how many there are in all. Each list that is read is one scan of an index for each source and shelf on it,
 * from where the page before ended; the heads of them all are put together. A dossier on several lists comes once.
 */
export function selectDossiers(values: Values, asked: ListAsked): string {
  const { bind } = values
  const { sort, isDescending, after, limit } = asked
  const where = new ListConditions(values, asked)
  const [direction, beyond] = isDescending ? ['DESC', '<'] : ['ASC', '>']
  const begin = after && `(${bind(after.value)}::${sortTypes[sort]}, ${bind(after.key)})`
  const most = bind(limit)
  const page = where.scans(
    (row) => `${row}.key, ${row}.${sort} AS sort`,
    (row) => ({
      where: begin === null ? [] : [`(${row}.${sort}, ${row}.key) ${beyond} ${begin}`],
      rest: `ORDER BY ${row}.${sort} ${direction}, ${row}.key ${direction} LIMIT ${most}`,
    }),
  )
  const total =
    asked.counted === null
      ? `SELECT count(${isOneList(asked.chosen) ? '*' : 'DISTINCT key'}) AS total, count(*) > ${mostCounted} AS more
           FROM (SELECT key FROM (${where.scans(
             (row) => `${row}.key`,
             () => ({ where: [], rest: '' }),
           )}) found LIMIT ${mostCounted + 1}) counted`
      : `SELECT coalesce(sum(n), 0) AS total, false AS more FROM view.dossier_board_count
          WHERE owner = ${bind(asked.counted.owner)} AND procedure = ${bind(asked.counted.procedure)}
            AND ${where.ofCounts}`
  return `
    WITH head AS MATERIALIZED (${where.heads}),
         page AS MATERIALIZED (
           SELECT DISTINCT sort, key FROM (${page}) heads
            ORDER BY sort ${direction}, key ${direction} LIMIT ${most})
    SELECT counted.total::integer, counted.more, page.sort::text, d.*
      FROM (${total}) counted LEFT JOIN page ON true LEFT JOIN LATERAL (
        SELECT key, source, code, procedure, agency, status, clock, submitted::text,
               nullif(accepted, '${noDay}')::text AS accepted, first_due::text, nullif(due, '${noDay}')::text AS due,
               reappointed_to::text, ended::text, missing, problem,
               ${lateSql(bind(asked.asOf))}
          FROM view.dossier_board_dossier WHERE key = page.key) d ON true
     ORDER BY page.sort ${direction}, page.key ${direction}`
}

/** What has ended keeps its verdict; of what is open the due date decides. */
const lateSql = (day: string): string => `
  CASE WHEN ended IS NOT NULL THEN late_at_end IS TRUE ELSE due < ${day}::date END AS late,
  CASE WHEN ended IS NOT NULL THEN coalesce(late_by, 0) ELSE greatest(${day}::date - nullif(due, '${noDay}'), 0) END
    AS late_days`

type Ending = (row: 'd' | 'a') => { readonly where: readonly string[]; readonly rest: string }

class ListConditions {
  /** The lists to read: one row for each source and shelf on it, with the days that its due dates must lie within. */
  readonly heads: string
  /** On a row of the counts. */
  readonly ofCounts: string
  readonly #isWithin: boolean

  constructor(
    private readonly values: Values,
    private readonly asked: ListAsked,
  ) {
    const { within, source, shelves, chosen } = asked
    this.#isWithin = [within.ended, within.open].some(([from, to]) => from !== anyDay[0] || to !== anyDay[1])
    const { bind } = values
    const [endedFrom, endedTo, openFrom, openTo] = [...within.ended, ...within.open].map(bind)
    const ended = hasEndedSql('shelf')
    this.ofCounts = [
      ...(source === undefined ? [] : [`source = ${bind(source)}`]),
      ...(shelves === null ? [] : [`shelf = ANY (${bind(shelves)}::smallint[])`]),
      `(${ended} OR due BETWEEN ${openFrom}::date AND ${openTo}::date)`,
    ].join(' AND ')
    const lists = chosen.lists
    const owners =
      lists === null
        ? `owner = '' AND procedure = ''`
        : `(owner = ANY (${bind(lists.agencies)}::text[]) AND procedure = ''
            OR owner = '' AND procedure = ANY (${bind(lists.procedures)}::text[])
            ${lists.codes.length > 0 ? `OR owner = '' AND procedure = ''` : ''})`
    this.heads = `
      SELECT owner, procedure, source, shelf,
             CASE WHEN ${ended} THEN ${endedFrom}::date ELSE ${openFrom}::date END AS low,
             CASE WHEN ${ended} THEN ${endedTo}::date ELSE ${openTo}::date END AS high
        FROM view.dossier_board_count WHERE ${owners} AND ${this.ofCounts} GROUP BY owner, procedure, source, shelf`
  }

  /** All dossiers of the lists that meet the conditions, as one query. */
  scans(columns: (row: 'd' | 'a') => string, ending: Ending): string {
    const { lists } = this.asked.chosen
    if (lists === null) return this.#dossiers(columns, ending, `h.owner = '' AND h.procedure = ''`, [])
    const { agencies, procedures, codes } = lists
    // Whom nothing concerns, nothing is shown.
    if (agencies.length + procedures.length + codes.length === 0)
      return this.#dossiers(columns, ending, 'false', [])
    const begins = codes.map((code) => beginsWith(this.values, code, 'd'))
    return [
      ...(agencies.length === 0 ? [] : [this.#ofAgencies(columns, ending)]),
      ...(procedures.length === 0
        ? []
        : [this.#dossiers(columns, ending, `h.procedure <> ''`, ['d.procedure = h.procedure'])]),
      ...begins.map((one) => this.#dossiers(columns, ending, `h.owner = '' AND h.procedure = ''`, [one])),
      ...codes.map((code) => this.#endingWith(columns, ending, code)),
    ].join(' UNION ALL ')
  }

  #dossiers(columns: (row: 'd') => string, ending: Ending, heads: string, where: readonly string[]): string {
    const { where: more, rest } = ending('d')
    const all = ['d.source = h.source', 'd.shelf = h.shelf', ...where, ...this.#besides('d'), ...more]
    return `
      (SELECT x.* FROM head h, LATERAL (
         SELECT ${columns('d')} FROM view.dossier_board_dossier d WHERE ${all.join(' AND ')} ${rest}) x WHERE ${heads})`
  }

  #ofAgencies(columns: (row: 'a') => string, ending: Ending): string {
    const { where: more, rest } = ending('a')
    const besides = this.#besides('a')
    const all = ['a.agency = h.owner', 'a.source = h.source', 'a.shelf = h.shelf', ...besides, ...more]
    const joined = this.#isJoined ? 'JOIN view.dossier_board_dossier d ON d.key = a.key' : ''
    return `
      (SELECT x.* FROM head h, LATERAL (
         SELECT ${columns('a')} FROM view.dossier_board_agency a ${joined} WHERE ${all.join(' AND ')} ${rest}) x
        WHERE h.owner <> '')`
  }

  /** Few, in no order of their own. */
  #endingWith(columns: (row: 'd') => string, ending: Ending, code: string): string {
    const { where: more, rest } = ending('d')
    const all = [endsWith(this.values, code), ...this.#besides('d'), ...more]
    return `
      (SELECT ${columns('d')} FROM view.dossier_board_dossier d JOIN head h
           ON h.owner = '' AND h.procedure = '' AND h.source = d.source AND h.shelf = d.shelf
        WHERE ${all.join(' AND ')} ${rest})`
  }

  get #isJoined(): boolean {
    return this.asked.chosen.besides.length > 0
  }

  #besides(row: 'd' | 'a'): string[] {
    const { bind } = this.values
    const { prefix, chosen } = this.asked
    const ofLists = ({ agencies, procedures, codes }: Lists): string =>
      [
        `d.agencies && ${bind(agencies)}::text[]`,
        `d.procedure = ANY (${bind(procedures)}::text[])`,
        ...codes.flatMap((code) => [beginsWith(this.values, code, 'd'), endsWith(this.values, code)]),
      ]
        .map((one) => `(${one})`)
        .join(' OR ')
    return [
      ...(this.#isWithin ? [`${row}.due BETWEEN h.low AND h.high`] : []),
      ...(prefix === undefined ? [] : [beginsWith(this.values, prefix, row)]),
      ...chosen.besides.map((lists) => `(${ofLists(lists)})`),
    ]
  }
}
