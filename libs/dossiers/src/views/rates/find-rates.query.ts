import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator'
import type { Asking, Query } from '#engine'
import type { Database } from '#database'
import { compareVietnamese, invalid, type Text } from '#kernel'
import { allFormulas } from '../../domain/formulas/all-formulas.js'
import type { FigureText } from '../../domain/formulas/formula.js'
import { fractionOf, type Fraction } from '../../domain/formulas/rate.js'
import { stepsBeforeTime, stepsOnTime } from '../../domain/formulas/step-formula.js'
import { dossierReaders } from '../who-may-read.js'
import { readFigures, totalOf, type Counts, type Figures } from './rate-figures.js'
import { selectAgencyNames, selectProcedureNames, selectRecordedAt } from './rate-figures.sql.js'
import {
  agenciesAsked,
  defaultFormula,
  FiguresAsked,
  formulaNamed,
  isOfSteps,
  periodAsked,
} from './rate-question.js'
import { dimensions, type Dimension } from './cells.js'
import { ratesProjection } from './rates.projection.js'
import type { NamedPeriod } from './report-periods.js'

export const breakdowns = [...dimensions, 'step'] as const
export type Breakdown = (typeof breakdowns)[number]

export class FindRates extends FiguresAsked {
  @IsOptional() @IsString() @MaxLength(60) formula?: string
  /** Default: by agency. `step`: the steps of dossiers by the agency that handles them. */
  @IsOptional() @IsIn(breakdowns) by?: Breakdown
}

export interface RateRow extends Fraction {
  /** Id of the agency where the registry knows it, code of the procedure, name of the field; null where none is named. */
  readonly value: string | null
  readonly name: string
  /** Of steps: done before, on and after their due day. */
  readonly before?: number
  readonly on?: number
  readonly after?: number
}

export type FormulaShown = Pick<
  FigureText,
  'name' | 'text' | 'numerator' | 'denominator' | 'source' | 'favourable'
>

export interface Rates {
  readonly formula: FormulaShown
  readonly period: NamedPeriod
  readonly by: Breakdown
  readonly rows: readonly RateRow[]
  readonly total: Fraction
  /** Dossiers that count nowhere, as their procedure or the calendar of their days is not known. */
  readonly unjudged: number
  /** The place in the log: `at` it the same question has the same answer, whenever it is asked. */
  readonly position: string
  /** When the last change up to that place was recorded; null before the first. */
  readonly recordedAt: string | null
}

/** A rate by one of the official formulas, over any period, with the counts behind it. */
export const findRates: Query<FindRates, Rates> = {
  name: 'dossiers.rates',
  text: { vi: 'Tỷ lệ giải quyết hồ sơ', en: 'Rates of dossiers' },
  input: FindRates,
  roles: dossierReaders,
  view: ratesProjection,
  async answer({ params, actor, database, store, now }: Asking<FindRates>): Promise<Rates> {
    const { formula, by } = askedFor(params)
    const { period, position: since } = await periodAsked(params, { store, now }, params.at)
    const dimension = by === 'step' ? 'agency' : by
    const agencies = agenciesAsked(params, actor)
    const at = allFormulas.indexOf(formula)
    const figures = await readFigures(database, {
      formulas: isOfSteps(formula) ? ofSteps : [at],
      at: params.at,
      params,
      period,
      since,
      by: dimension,
      agencies,
    })
    const names = await namesOf(database, dimension, figures)
    const rows = [...figures.byValue]
      .map(([value, counts]) => rowOf(value, names.get(value) ?? namedAs(dimension, value), counts, at))
      .filter(({ denominator }) => denominator > 0)
      .sort((a, b) => compareVietnamese(a.name, b.name) || ((a.value ?? '') < (b.value ?? '') ? -1 : 1))
    return {
      formula: shown(formula),
      period,
      by,
      rows,
      total: totalOf(figures, at),
      unjudged: figures.unjudged,
      position: String(figures.position),
      recordedAt: await recordedAt(database, figures.position),
    }
  },
}

/** Before, on and after their due day come of these two. */
const ofSteps = [allFormulas.indexOf(stepsOnTime), allFormulas.indexOf(stepsBeforeTime)] as const

export function shown({ name, text, numerator, denominator, source, favourable }: FigureText): FormulaShown {
  return { name, text, numerator, denominator, source, favourable }
}

async function recordedAt(database: Database, position: bigint): Promise<string | null> {
  const found = await database.query<{ known_at: Date }>(selectRecordedAt, [String(position)])
  return found.rows[0]?.known_at.toISOString() ?? null
}

function askedFor(params: FindRates): { readonly formula: FigureText; readonly by: Breakdown } {
  const { by = 'agency' } = params
  const { formula } = formulaNamed(params.formula ?? (by === 'step' ? stepsOnTime.name : defaultFormula))
  if (by === 'step' && !isOfSteps(formula))
    throw invalid(
      'formula-not-of-steps',
      {
        vi: `Công thức ${formula.name} tính theo hồ sơ. Với từng bước dùng ${stepsOnTime.name} hoặc ${stepsBeforeTime.name}.`,
        en: `Formula ${formula.name} counts dossiers. For steps use ${stepsOnTime.name} or ${stepsBeforeTime.name}.`,
      },
      { formula: formula.name },
    )
  return { formula, by }
}

function rowOf(value: string, name: string, counts: Counts, at: number): RateRow {
  const [numerator, denominator] = counts.get(at)!
  const row = { value: value === '' ? null : value, name, ...fractionOf(numerator, denominator) }
  if (!isOfSteps(allFormulas[at]!)) return row
  const [onTime, all] = counts.get(ofSteps[0])!
  const [before] = counts.get(ofSteps[1])!
  return { ...row, before, on: onTime - before, after: all - onTime }
}

/** As they were written when the figures first knew them: a report made again names them alike. */
async function namesOf(
  database: Database,
  dimension: Dimension,
  { byValue, position }: Figures,
): Promise<ReadonlyMap<string, string>> {
  if (dimension !== 'agency' && dimension !== 'procedure') return new Map()
  const values = [...byValue.keys()]
  const found = await database.query<{ value: string; name: string | null }>(
    dimension === 'agency' ? selectAgencyNames : selectProcedureNames,
    dimension === 'agency' ? [values] : [values, String(position)],
  )
  return new Map(found.rows.flatMap(({ value, name }) => (name === null ? [] : [[value, name]])))
}

export const channelWords: Readonly<Record<string, Text>> = {
  direct: { vi: 'Trực tiếp', en: 'in person' },
  online: { vi: 'Trực tuyến', en: 'online' },
  post: { vi: 'Bưu chính', en: 'by post' },
}

const unnamed: Readonly<Record<Dimension, string>> = {
  agency: '(không ghi cơ quan)',
  field: '(không ghi lĩnh vực)',
  procedure: '(không ghi thủ tục)',
  channel: '(không ghi hình thức nộp)',
}

function namedAs(dimension: Dimension, value: string): string {
  if (value === '') return unnamed[dimension]
  return dimension === 'channel' ? (channelWords[value]?.vi ?? value) : value
}
