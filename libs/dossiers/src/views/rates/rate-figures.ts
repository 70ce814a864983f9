import { addDays } from '#calendar'
import type { Database } from '#database'
import type { ReportPeriod } from '../../domain/formulas/formula.js'
import { fractionOf, type Fraction } from '../../domain/formulas/rate.js'
import { countsFromSpans, countsFromSums, knownAt, Values, type SumRange } from './rate-figures.sql.js'
import { asOf, partOf, type Part } from './rate-question.js'
import { rangesUpTo, wholeProvince, type Dimension } from './span-sums.js'

/** Numerator and denominator by the formula's place in `allFormulas`. */
export type Counts = ReadonlyMap<number, readonly [numerator: number, denominator: number]>

export interface Figures {
  /** As of which all of it is; asked for again it gives the same. */
  readonly position: bigint
  readonly byValue: ReadonlyMap<string, Counts>
  /** Dossiers that cannot be judged by then: they count nowhere. */
  readonly unjudged: number
}

interface Question {
  /** Places of the formulas in `allFormulas`. */
  readonly formulas: readonly number[]
  /** Position of the log; undefined: now. */
  readonly at: string | undefined
  readonly params: Part
  readonly period: ReportPeriod
  readonly by: Dimension
  readonly agencies: readonly string[] | null
}

/**
 * What formulas count in a period, by the values of one dimension. One statement, so that figures and position
 * belong together. From the sums where the present is asked for; from the spans for an older position, and where
 * dossiers are chosen by more than agency.
 */
export async function readFigures(database: Database, question: Question): Promise<Figures> {
  return asOf(database, question.at, (place) => readAt(database, question, place))
}

async function readAt(
  database: Database,
  question: Question,
  place: bigint | null,
): Promise<Omit<Figures, 'position'> & { readonly head: bigint }> {
  const values = new Values()
  const { params, agencies, period, by, formulas } = question
  const isChosen = [params.field, params.procedure, params.channel].some((chosen) => chosen !== undefined)
  const counts =
    place === null && !isChosen
      ? sumsOf(values, question)
      : countsFromSpans(values, formulas, `s.${by}`, whereOf(values, question, place), period.from)
  const last = values.bind(period.to)
  const unjudged = [knownAt(values, place), 'problem IS NOT NULL', `day_from <= ${last}::date`]
  const { rows } = await database.query<Row>(
    `SELECT h.position, counts.*,
            (SELECT count(*)::integer FROM view.dossier_rates_span s
              WHERE ${[...unjudged, ...partOf(values, params, agencies)].join(' AND ')}) AS unjudged
       FROM view.dossier_rates_head h LEFT JOIN (${counts}) counts ON true`,
    values.all,
  )
  const counted = rows.filter(({ value }) => value !== null)
  return {
    head: BigInt(rows[0]?.position ?? 0),
    byValue: new Map(counted.map((row) => [row.value!, countsOf(row, formulas)])),
    unjudged: rows[0]?.unjudged ?? 0,
  }
}

interface Row {
  readonly position: string
  readonly value: string | null
  readonly unjudged: number
  readonly [count: `${'d' | 'n'}${number}`]: number
}

function countsOf(row: Row, formulas: readonly number[]): Counts {
  return new Map(formulas.map((at) => [at, [row[`n${at}`]!, row[`d${at}`]!]]))
}

function sumsOf(values: Values, { period: { from, to }, by, agencies, formulas }: Question): string {
  const ranges: SumRange[] = [
    ...[...rangesUpTo('t', to), ...rangesUpTo('f', from)].map((range) => ({ ...range, other: null })),
    { axis: 'b', level: 'd', from: '0001-01-01', before: addDays(from, 1), other: to },
  ]
  const isOfAgencies = by === 'agency' || agencies === null
  return countsFromSums(values, {
    formulas,
    owners: isOfAgencies ? [wholeProvince] : agencies,
    dimension: by,
    values: by === 'agency' ? agencies : null,
    ranges,
  })
}

function whereOf(values: Values, { params, period, agencies }: Question, place: bigint | null): string {
  const last = values.bind(period.to)
  return [
    knownAt(values, place),
    `day_from <= ${last}::date AND day_until >= ${last}::date`,
    'problem IS NULL',
    ...partOf(values, params, agencies),
  ].join(' AND ')
}

/** Over all values. */
export function totalOf({ byValue }: Pick<Figures, 'byValue'>, formula: number): Fraction {
  const counts = [...byValue.values()].map((each) => each.get(formula)!)
  return fractionOf(
    counts.reduce((sum, [numerator]) => sum + numerator, 0),
    counts.reduce((sum, [, denominator]) => sum + denominator, 0),
  )
}
