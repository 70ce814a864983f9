import { Transform } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { daysBetween, IsLocalDate, localDateOf, type LocalDate } from '#calendar'
import type { Database } from '#database'
import type { Asking, Query } from '#engine'
import { duties, type Duty } from '#accountability'
import type { Owing } from '../../domain/accountability.js'
import { allFormulas } from '../../domain/formulas/all-formulas.js'
import { coverage } from '../../domain/formulas/coverage.js'
import { unaccounted as shareOfUnaccounted } from '../../domain/formulas/unaccounted.js'
import { fractionOf, type Fraction } from '../../domain/formulas/rate.js'
import { readFigures, totalOf } from '../rates/rate-figures.js'
import { Values } from '../rates/rate-figures.sql.js'
import { agenciesAsked, asOf, cursorOf, PositionAsked, pageAfter } from '../rates/rate-question.js'
import { ratesProjection } from '../rates/rates.projection.js'
import { dossierReaders } from '../who-may-read.js'
import { selectRegister } from './register.sql.js'

export class FindUnaccounted extends PositionAsked {
  /** What is open is late or not as of this day; default: today in Vietnam. */
  @IsOptional() @IsLocalDate() asOf?: string
  /** Id of an agency that the dossier names. */
  @IsOptional() @IsString() @MaxLength(500) agency?: string
  /** Only what lacks this. */
  @IsOptional() @IsIn(duties) missing?: Duty
  @IsOptional() @IsString() @MaxLength(2_000) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}

/** A late dossier that nobody has accounted for, or not in full. */
export interface RegisterLine {
  readonly source: string
  readonly dossier: string
  /** That accepted it. */
  readonly agency: string | null
  /** Null where the registry does not know the name. */
  readonly agencyId: string | null
  readonly procedure: string | null
  readonly field: string | null
  readonly due: LocalDate
  readonly ended: LocalDate | null
  /** The first late day. */
  readonly since: LocalDate
  /** Calendar days after the due date: until it ended, else until the as-of day. */
  readonly daysLate: number
  readonly missing: readonly Duty[]
  /** The agency that owes each; acceptance and apology are its head's. */
  readonly owedBy: Owing
}

export interface Register {
  readonly asOf: LocalDate
  readonly items: readonly RegisterLine[]
  readonly total: number
  readonly next: string | null
  /** Of all dossiers late by then that name the agency, those with an accepted explanation and an apology. Target 100 %. */
  readonly coverage: Fraction
  readonly position: string
}

const defaultLimit = 100

const covered = allFormulas.indexOf(coverage)
const lacking = allFormulas.indexOf(shareOfUnaccounted)

/** Every late dossier by name until all that it owes is on record, however long ago it became late, closed or not. */
export const findUnaccounted: Query<FindUnaccounted, Register> = {
  name: 'dossiers.unaccounted',
  text: { vi: 'Sổ theo dõi hồ sơ chậm, muộn chưa giải trình', en: 'Late dossiers not accounted for' },
  input: FindUnaccounted,
  roles: dossierReaders,
  view: ratesProjection,
  async answer({ params, actor, database, now }: Asking<FindUnaccounted>): Promise<Register> {
    const cursor = pageAfter(params.cursor)
    const day = params.asOf ?? localDateOf(now)
    const agencies = agenciesAsked(params, actor)
    const at = cursor?.at ?? params.at
    const limit = params.limit ?? defaultLimit
    const { rows, first, position } = await asOf(database, { at }, async (place) => {
      const values = new Values()
      const text = selectRegister(values, {
        place,
        asOf: day,
        // Whoever owes something sees it, wherever the dossier was accepted.
        agencies,
        missing: params.missing ?? null,
        after: cursor === null ? null : { since: cursor.sort, key: cursor.key },
        limit: limit + 1,
      })
      const found = await database.query<Row>(text, values.all)
      const [one] = found.rows
      return { head: BigInt(one!.head), first: one!, rows: found.rows.filter(({ key }) => key !== null) }
    })
    const all = agencies === null ? await ofTheProvince(database, day, position) : null
    const page = rows.slice(0, limit)
    const end = page.at(-1)
    return {
      asOf: day,
      items: page.map((row) => lineOf(row, day)),
      total: first.total ?? all!.lacking,
      next: rows.length > limit ? cursorOf({ at: String(position), key: end!.key, sort: end!.since }) : null,
      coverage: all?.coverage ?? fractionOf(first.accounted_for!, first.late_ones!),
      position: String(position),
    }
  },
}

/** From the sums, however many dossiers there are. */
async function ofTheProvince(
  database: Database,
  day: LocalDate,
  position: bigint,
): Promise<{ readonly coverage: Fraction; readonly lacking: number }> {
  const figures = await readFigures(database, {
    formulas: [covered, lacking],
    at: String(position),
    params: {},
    period: { from: day, to: day },
    by: 'channel',
    agencies: null,
  })
  return { coverage: totalOf(figures, covered), lacking: totalOf(figures, lacking).numerator }
}

interface Row {
  readonly head: string
  readonly total: number | null
  /** Of the agencies asked for; null where all are. */
  readonly late_ones: number | null
  readonly accounted_for: number | null
  readonly key: string
  readonly source: string
  readonly code: string
  readonly agency: string | null
  readonly agencyId: string | null
  readonly procedure: string
  readonly field: string
  readonly due: string
  readonly ended: string | null
  readonly since: string
  readonly missing: readonly Duty[]
  readonly owed_by: readonly string[]
}

function lineOf(row: Row, day: LocalDate): RegisterLine {
  const { source, code, due, ended, since, missing } = row
  return {
    source,
    dossier: code,
    agency: row.agency,
    agencyId: row.agencyId,
    procedure: row.procedure || null,
    field: row.field || null,
    due,
    ended,
    since,
    daysLate: daysBetween(due, ended ?? day),
    missing,
    owedBy: Object.fromEntries(missing.map((duty, at) => [duty, row.owed_by[at] || null])),
  }
}
