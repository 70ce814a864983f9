import type { Database } from '#database'
import type { ReportPeriod } from '../../domain/formulas/formula.js'
import { fractionOf, type Fraction } from '../../domain/formulas/rate.js'
import { dimensions, kindOf, type Dimension } from './cells.js'
import {
  addedUp,
  countsFromSpans,
  countsFromSums,
  knownAt,
  knownNow,
  knownSince,
  knownUntilAfter,
  Values,
  type Place,
} from './rate-figures.sql.js'
import { asOf, partOf, type Part } from './rate-question.js'
import { rangesOf } from './span-sums.js'

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
  /** The period is as of this position; left out: of any. */
  readonly since?: bigint
  readonly by: Dimension
  readonly agencies: readonly string[] | null
}

/**
 * What formulas count in a period, by the values of one dimension. One statement, so that figures and position
 * belong together. From the sums, where dossiers are chosen by no more than one further dimension; as of an older
 * position these and what has changed since. Else from the spans.
 */
export async function readFigures(database: Database, question: Question): Promise<Figures> {
  return asOf(database, question, (place) => readAt(database, question, place))
}

async function readAt(
  database: Database,
  question: Question,
  place: Place | null,
): Promise<Omit<Figures, 'position'> & { readonly head: bigint }> {
  const values = new Values()
  const { params, agencies, period, formulas } = question
  const counts = countsOf(values, question, place)
  const { rows } = await database.query<Row>(
    `SELECT h.position, counts.*, ${unjudged(values, [...upTo(values, period), ...partOf(values, params, agencies)], place)}::integer AS unjudged
       FROM view.dossier_rates_head h LEFT JOIN (${counts}) counts ON true`,
    values.all,
  )
  const counted = rows.filter((row) => row.value !== null && formulas.some((at) => row[`d${at}`]! > 0))
  return {
    head: BigInt(rows[0]?.position ?? 0),
    byValue: new Map(counted.map((row) => [row.value!, countsIn(row, formulas)])),
    unjudged: rows[0]?.unjudged ?? 0,
  }
}

/** Dossiers that cannot be judged are few, and found apart. */
function unjudged(values: Values, where: readonly string[], place: Place | null): string {
  const count = (known: string): string =>
    `(SELECT count(*) FROM view.dossier_rates_span s WHERE ${['problem IS NOT NULL', known, ...where].join(' AND ')})`
  if (place === null) return count(knownNow)
  const still = `${knownNow} AND known_from <= ${values.bind(String(place.at))}::bigint`
  return `(${count(still)} + ${count(knownUntilAfter(values, place))})`
}

function upTo({ bind }: Values, { to }: ReportPeriod): string[] {
  return [`day_from <= ${bind(to)}::date`]
}

interface Row {
  readonly position: string
  readonly value: string | null
  readonly unjudged: number
  readonly [count: `${'d' | 'n'}${number}`]: number
}

function countsIn(row: Row, formulas: readonly number[]): Counts {
  return new Map(formulas.map((at) => [at, [row[`n${at}`]!, row[`d${at}`]!]]))
}

function countsOf(values: Values, question: Question, place: Place | null): string {
  const { params, period, by, agencies, formulas } = question
  const sums = sumsOf(values, question)
  const fromSpans = (known: string, sign?: -1): string => {
    const last = values.bind(period.to)
    const where = [
      known,
      `day_from <= ${last}::date AND day_until >= ${last}::date`,
      'problem IS NULL',
      ...partOf(values, params, agencies),
    ]
    return countsFromSpans(values, {
      formulas,
      value: `s.${by}`,
      where,
      from: period.from,
      ...(sign && { sign }),
    })
  }
  if (sums === null || (place !== null && !isRecent(place))) return fromSpans(knownAt(values, place))
  if (place === null) return sums()
  return addedUp(formulas, [
    sums(),
    fromSpans(knownUntilAfter(values, place)),
    fromSpans(knownSince(values, place), -1),
  ])
}

/** Whether less has come since than was there: else all there was is counted sooner than what has changed. */
function isRecent({ at, head }: Place): boolean {
  return head - at < at
}

/** Null where no sums are kept of what is asked for. */
function sumsOf(values: Values, question: Question): (() => string) | null {
  const { params, period, by, agencies, formulas } = question
  const asked: Readonly<Record<Dimension, readonly string[] | null>> = {
    agency: agencies,
    field: params.field === undefined ? null : [params.field],
    procedure: params.procedure === undefined ? null : [params.procedure],
    channel: params.channel === undefined ? null : [params.channel],
  }
  const chosen = dimensions.flatMap((dimension) => {
    const only = asked[dimension]
    return only === null ? [] : [[dimension, only] as const]
  })
  const found = kindOf(new Set([by, ...chosen.map(([dimension]) => dimension)]))
  if (found === null) return null
  const { kind, columnOf } = found
  return () =>
    countsFromSums(values, {
      formulas,
      kind,
      value: columnOf(by),
      only: chosen.map(([dimension, only]) => [columnOf(dimension), only] as const),
      ranges: rangesOf(period),
    })
}

/** Over all values. */
export function totalOf({ byValue }: Pick<Figures, 'byValue'>, formula: number): Fraction {
  const counts = [...byValue.values()].map((each) => each.get(formula)!)
  return fractionOf(
    counts.reduce((sum, [numerator]) => sum + numerator, 0),
    counts.reduce((sum, [, denominator]) => sum + denominator, 0),
  )
}
