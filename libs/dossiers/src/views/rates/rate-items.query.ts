import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator'
import type { LocalDate } from '#calendar'
import type { Asking, Query } from '#engine'
import { dossierReaders } from '../who-may-read.js'
import type { FigureText } from '../../domain/formulas/formula.js'
import type { Fraction } from '../../domain/formulas/rate.js'
import { shown, type FormulaShown } from './find-rates.query.js'
import { readFigures, totalOf } from './rate-figures.js'
import { knownAt, selectItems, Values } from './rate-figures.sql.js'
import {
  agenciesAsked,
  asOf,
  cursorOf,
  defaultFormula,
  formulaNamed,
  PageAsked,
  pageAfter,
  partOf,
  periodAsked,
} from './rate-question.js'
import { ratesProjection } from './rates.projection.js'
import type { NamedPeriod } from './report-periods.js'

export class FindRateItems extends PageAsked {
  @IsOptional() @IsString() @MaxLength(60) formula?: string
  /** Only those in the numerator, or those that are not; default: all of the denominator. */
  @IsOptional() @IsIn(['in', 'out']) numerator?: 'in' | 'out'
}

/** A dossier, or one of its steps, that a figure counts. */
export interface RateItem {
  readonly source: string
  readonly dossier: string
  /** Number of the hand-over; null for the dossier as a whole. */
  readonly step: number | null
  readonly numerator: 0 | 1
  readonly agency: string | null
  /** Null where the registry does not know the name. */
  readonly agencyId: string | null
  readonly field: string | null
  readonly procedure: string | null
  readonly channel: string | null
  readonly accepted: LocalDate | null
  /** Legal due date, of a step its own; null while it stands still. */
  readonly due: LocalDate | null
  readonly ended: LocalDate | null
}

export interface RateItems {
  readonly formula: FormulaShown
  readonly period: NamedPeriod
  /** Of all pages together, whether or not the numerator alone is listed. */
  readonly total: Fraction
  readonly items: readonly RateItem[]
  readonly next: string | null
  readonly position: string
}

const defaultLimit = 100

/** The list behind a rate, a page at a time; all pages as of one position. */
export const findRateItems: Query<FindRateItems, RateItems> = {
  name: 'dossiers.rate-items',
  text: { vi: 'Danh sách hồ sơ của một tỷ lệ', en: 'Dossiers behind a rate' },
  input: FindRateItems,
  roles: dossierReaders,
  view: ratesProjection,
  async answer({ params, actor, database, store, now }: Asking<FindRateItems>): Promise<RateItems> {
    const cursor = pageAfter(params.cursor)
    const asked = cursor?.at ?? params.at
    const { formula, at } = formulaNamed(params.formula ?? defaultFormula)
    const { period, position: since } = await periodAsked(params, { store, now }, asked)
    const agencies = agenciesAsked(params, actor)
    const figures = await readFigures(database, {
      formulas: [at],
      at: asked,
      params,
      period,
      since,
      by: 'channel',
      agencies,
    })
    const { position } = figures
    const limit = params.limit ?? defaultLimit
    const { rows } = await asOf(database, { at: String(position) }, async (place) => {
      const values = new Values()
      const last = values.bind(period.to)
      const where = [
        knownAt(values, place),
        `day_from <= ${last}::date AND day_until >= ${last}::date`,
        `f${at} >= ${values.bind(period.from)}::date`,
        ...(params.numerator === undefined ? [] : [`n${at} = ${params.numerator === 'in' ? 1 : 0}`]),
        ...(areLate(formula, params.numerator) ? ['since IS NOT NULL'] : []),
        ...partOf(values, params, agencies),
        ...(cursor === null
          ? []
          : [`(s.key, s.step) > (${values.bind(cursor.key)}, ${values.bind(cursor.sort)}::integer)`]),
      ]
      const found = await database.query<Row>(
        selectItems(values, `n${at} AS numerator`, where, limit + 1),
        values.all,
      )
      return { head: BigInt(found.rows[0]!.head), rows: found.rows.filter(({ key }) => key !== null) }
    })
    const page = rows.slice(0, limit)
    const end = page.at(-1)
    return {
      formula: shown(formula),
      period,
      total: totalOf(figures, at),
      items: page.map(itemOf),
      next:
        rows.length > limit
          ? cursorOf({ at: String(position), key: end!.key, sort: String(end!.step) })
          : null,
      position: String(position),
    }
  },
}

/** Late ones have an index of their own. */
function areLate({ onlyLate }: FigureText, asked: FindRateItems['numerator']): boolean {
  return onlyLate === 'all' || (asked !== undefined && onlyLate === (asked === 'in' ? 'numerator' : 'rest'))
}

interface Row extends Omit<RateItem, 'step' | 'dossier'> {
  readonly head: string
  readonly key: string
  readonly code: string
  readonly step: number
}

function itemOf({ head: _head, key: _key, code, step, source, ...row }: Row): RateItem {
  const { field, procedure, channel } = row
  return {
    source,
    dossier: code,
    ...row,
    step: step === 0 ? null : step,
    field: field || null,
    procedure: procedure || null,
    channel: channel || null,
  }
}
