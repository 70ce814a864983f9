import 'reflect-metadata'
import { Transform } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import { IsLocalDate, localDateOf } from '#calendar'
import { decodeCursor, encodeCursor, reached, type Asking } from '#engine'
import type { Actor } from '#engine/workflow'
import type { Database } from '#database'
import { invalid } from '#kernel'
import { allFormulas, stepFormulas } from '../../domain/formulas/all-formulas.js'
import type { FigureText } from '../../domain/formulas/formula.js'
import { channels } from '../../domain/dossier.message.js'
import { reportPeriods } from '../../record/report-periods.js'
import { selectHead, type Place, type Values } from './rate-figures.sql.js'
import { ratesProjection } from './rates.projection.js'
import { periodNamed, periodOfDays, type NamedPeriod } from './report-periods.js'
import type { Dimension } from './cells.js'

/** A place in the log: figures and lists are reproducible as of it. */
export class PositionAsked {
  /** By what was known at this position; default: all. */
  @IsOptional() @Matches(/^\d{1,18}$/) at?: string
}

/** A period by name or by its days, and a part of the dossiers. */
export class FiguresAsked extends PositionAsked {
  /** `2025-Q3`, `2025-H1`, `2025-07`, `2025`; `-calendar` after it: by the calendar in any case. */
  @IsOptional() @IsString() @MaxLength(40) period?: string
  /** Instead of a name. Default: since the year began, until today in Vietnam. */
  @IsOptional() @IsLocalDate() from?: string
  @IsOptional() @IsLocalDate() to?: string
  /** Id of the agency that accepted the dossiers; of the one that handles the steps. */
  @IsOptional() @IsString() @MaxLength(500) agency?: string
  @IsOptional() @IsString() @MaxLength(500) field?: string
  @IsOptional() @IsString() @MaxLength(500) procedure?: string
  @IsOptional() @IsIn(channels) channel?: (typeof channels)[number]
}

/** As `FiguresAsked`, a page at a time. */
export class PageAsked extends FiguresAsked {
  @IsOptional() @IsString() @MaxLength(2_000) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}

export const defaultFormula = 'qd766-2.1'

/** @throws RoviecError `formula-unknown`. */
export function formulaNamed(name: string): { readonly formula: FigureText; readonly at: number } {
  const at = allFormulas.findIndex((formula) => formula.name === name)
  const formula = allFormulas[at]
  if (formula !== undefined) return { formula, at }
  const names = allFormulas.map((one) => one.name).join(', ')
  throw invalid(
    'formula-unknown',
    {
      vi: `Không có công thức “${name}”. Các công thức: ${names}.`,
      en: `There is no formula ${name}. Formulas: ${names}.`,
    },
    { name },
  )
}

export function isOfSteps({ name }: FigureText): boolean {
  return stepFormulas.some((formula) => formula.name === name)
}

/** A period, and the position of the log that it is as of: before that, its name may have meant other days. */
export interface PeriodAsked {
  readonly period: NamedPeriod
  readonly position: bigint
}

/**
 * @param at as it was known at this position; undefined: now.
 * @throws RoviecError `period-unknown`, `period-invalid`, `period-twice`.
 */
export async function periodAsked(
  { period, from, to }: FiguresAsked,
  { store, now }: Pick<Asking<unknown>, 'store' | 'now'>,
  at: string | undefined,
): Promise<PeriodAsked> {
  if (period === undefined) {
    const last = to ?? localDateOf(now)
    return { period: periodOfDays(from ?? `${last.slice(0, 4)}-01-01`, last), position: 0n }
  }
  if (from === undefined && to === undefined) {
    const { periods, position } = await reportPeriods(store, at === undefined ? undefined : BigInt(at))
    return { period: periodNamed(period, periods), position }
  }
  throw invalid('period-twice', {
    vi: 'Nêu tên kỳ báo cáo hoặc từ ngày, đến ngày; không nêu cả hai.',
    en: 'Give the name of a period or its days, not both.',
  })
}

/** The agencies whose figures are asked for and may be seen; null: all of the province. */
export function agenciesAsked(
  { agency }: Pick<FiguresAsked, 'agency'>,
  { scope }: Actor,
): readonly string[] | null {
  if (scope === 'all') return agency === undefined ? null : [agency]
  return agency === undefined ? scope : scope.filter((id) => id === agency)
}

/** What of the province is asked for, beside its agencies. */
export type Part = Pick<FiguresAsked, 'field' | 'procedure' | 'channel'>

/** Conditions on spans for what of the province is asked for. */
export function partOf(values: Values, params: Part, agencies: readonly string[] | null): string[] {
  const of = (column: Exclude<Dimension, 'agency'>): string[] =>
    params[column] === undefined ? [] : [`s.${column} = ${values.bind(params[column])}`]
  const own = agencies === null ? [] : [ofAgencies(values, agencies)]
  return [...own, ...of('field'), ...of('procedure'), ...of('channel')]
}

/** Of one agency an index has the dossiers in the order of lists; of any of several it has not. */
function ofAgencies({ bind }: Values, agencies: readonly string[]): string {
  return agencies.length === 1
    ? `s.agency = ${bind(agencies[0])}`
    : `s.agency = ANY (${bind(agencies)}::text[])`
}

/**
 * Reads as of the position asked for, or of now, which is not before `since`; the answer tells its place. `read` is given the position where spans of
 * the past are meant, null where those known now answer, and tells the view's place as of its own statement: where the
 * view went on meanwhile, what is known now is the past already.
 *
 * @throws RoviecError `view-behind` where the view has not got to the position yet.
 */
export async function asOf<Found extends { readonly head: bigint }>(
  database: Database,
  { at, since = 0n }: { readonly at: string | undefined; readonly since?: bigint },
  read: (place: Place | null) => Promise<Found>,
): Promise<Found & { readonly position: bigint }> {
  if (at === undefined) {
    const found = await read(null)
    if (found.head >= since) return { ...found, position: found.head }
    // The view may be there without having had anything to take in.
    await reached(database, ratesProjection, since, 0)
    const again = await read(null)
    return { ...again, position: again.head > since ? again.head : since }
  }
  const position = BigInt(at)
  const { rows } = await database.query<{ position: string }>(selectHead)
  const head = BigInt(rows[0]?.position ?? 0)
  if (position > head) await reached(database, ratesProjection, position, 0)
  const found = await read(position < head ? { at: position, head } : null)
  // Read as the present, and no longer that.
  const isOfPresent = position >= head && found.head > position
  return { ...(isOfPresent ? await read({ at: position, head: found.head }) : found), position }
}

/** A list that goes on does so as of the position that it began at. */
export interface PageAfter {
  readonly at: string
  readonly key: string
  /** The second of what the list is ordered by. */
  readonly sort: string
}

const order = 'as of a position'

/** @throws RoviecError `cursor-invalid`, `cursor-of-other-order`. */
export function pageAfter(cursor: string | undefined): PageAfter | null {
  if (cursor === undefined) return null
  const { value, key } = decodeCursor(order, cursor)
  const [, at, sort] = /^(\d{1,18})\/([\d-]{1,10})$/.exec(value) ?? []
  if (at !== undefined && sort !== undefined) return { at, key, sort }
  throw invalid('cursor-invalid', {
    vi: 'Con trỏ trang không hợp lệ. Lấy lại danh sách từ trang đầu.',
    en: 'The cursor is not valid. Start again from the first page.',
  })
}

export function cursorOf({ at, key, sort }: PageAfter): string {
  return encodeCursor(order, { value: `${at}/${sort}`, key })
}
