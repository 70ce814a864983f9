import { Transform } from 'class-transformer'
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import type { OwedDuty } from '#accountability'
import { remindersGiven, type RemindersOf } from '#accountability/record'
import { daysBetween, IsLocalDate, localDateOf, type LocalDate } from '#calendar'
import { decodeCursor, encodeCursor, type Asking, type Query } from '#engine'
import { Values } from '../rates/rate-figures.sql.js'
import { agenciesAsked } from '../rates/rate-question.js'
import { ratesProjection } from '../rates/rates.projection.js'
import { dossierReaders } from '../who-may-read.js'
import { selectDuties } from './duties.sql.js'

export class FindDuties {
  /** What is open is late or not as of this day; default: today in Vietnam. */
  @IsOptional() @IsLocalDate() asOf?: string
  /** Id of the agency that owes; default: one's own. */
  @IsOptional() @IsString() @MaxLength(500) agency?: string
  @IsOptional() @IsString() @MaxLength(2_000) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}

/** What an agency owes of one late dossier. */
export interface DutyLine extends RemindersOf {
  readonly source: string
  readonly dossier: string
  readonly due: LocalDate
  readonly ended: LocalDate | null
  /** The first late day: since then it is owed. */
  readonly since: LocalDate
  /** Calendar days after the due date: until it ended, else until the as-of day. */
  readonly daysLate: number
  readonly duties: readonly OwedDuty[]
}

export interface Duties {
  readonly asOf: LocalDate
  /** Ids of the agencies whose duties these are; null: all. */
  readonly of: readonly string[] | null
  /** Those late for longest first. */
  readonly items: readonly DutyLine[]
  readonly next: string | null
}

const defaultLimit = 100

const order = 'since ASC'

/** What an agency has to do now about late dossiers: what is owed, since when, how often it was reminded of it. */
export const findDuties: Query<FindDuties, Duties> = {
  name: 'dossiers.duties',
  text: { vi: 'Việc phải làm về hồ sơ chậm, muộn', en: 'Duties about late dossiers' },
  input: FindDuties,
  roles: dossierReaders,
  view: ratesProjection,
  async answer({ params, actor, database, store, now }: Asking<FindDuties>): Promise<Duties> {
    const { limit = defaultLimit, asOf = localDateOf(now), cursor } = params
    const agency = params.agency ?? actor.agency
    const owing = agenciesAsked(agency === null ? {} : { agency }, actor)
    const after = cursor === undefined ? null : placeOf(cursor)
    const values = new Values()
    const text = selectDuties(values, { asOf, owing, after, limit: limit + 1 })
    const { rows } = await database.query<Row>(text, values.all)
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1)! : null
    return {
      asOf,
      of: owing,
      items: await Promise.all(page.map((row) => lineOf(row, asOf, store))),
      next: last && encodeCursor(order, { value: last.since, key: last.key }),
    }
  },
}

interface Row {
  readonly [column: string]: unknown
  readonly key: string
  readonly source: string
  readonly code: string
  readonly due: string
  readonly ended: string | null
  readonly since: string
  readonly duties: readonly OwedDuty[]
}

function placeOf(cursor: string): { readonly since: string; readonly key: string } {
  const { value, key } = decodeCursor(order, cursor)
  return { since: value, key }
}

async function lineOf(row: Row, asOf: LocalDate, store: Asking<unknown>['store']): Promise<DutyLine> {
  const { key, source, code, due, ended, since, duties } = row
  const about = { source, dossier: code, due, ended, since, daysLate: daysBetween(due, ended ?? asOf) }
  return { ...about, duties, ...(await remindersGiven(store, key)) }
}
