import 'reflect-metadata'
import { Transform } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import type { Asking, Query } from '#engine'
import { IsLocalDate, localDateOf, type LocalDate } from '#calendar'
import { duties } from '../../domain/accountability.js'
import { decodeCursor, encodeCursor } from '../page.js'
import { dossierReaders } from '../who-may-read.js'
import { boardProjection } from './board.projection.js'

const sorts = ['due', 'accepted', 'code'] as const
const clocks = ['not-started', 'running', 'stopped', 'ended'] as const

/** Filters that hold together. */
export class FindDossiers {
  @IsOptional() @IsString() @MaxLength(500) source?: string
  /** The beginning of the dossier's code. */
  @IsOptional() @IsString() @MaxLength(500) prefix?: string
  @IsOptional() @IsString() @MaxLength(500) procedure?: string
  /** Id of an agency that the dossier names. */
  @IsOptional() @IsString() @MaxLength(120) agency?: string
  @IsOptional() @IsIn(clocks) clock?: (typeof clocks)[number]
  @IsOptional() @IsIn(['open', 'closed']) state?: 'open' | 'closed'
  @IsOptional() @IsIn(['true', 'false']) late?: 'true' | 'false'
  /** Late dossiers that lack this. */
  @IsOptional() @IsIn(duties) missing?: (typeof duties)[number]
  @IsOptional() @IsLocalDate() dueFrom?: string
  @IsOptional() @IsLocalDate() dueTo?: string
  /** What is open is late or not as of this day; default: today in Vietnam. */
  @IsOptional() @IsLocalDate() asOf?: string
  @IsOptional() @IsIn(sorts) sort?: (typeof sorts)[number]
  @IsOptional() @IsIn(['asc', 'desc']) order?: 'asc' | 'desc'
  @IsOptional() @IsString() @MaxLength(2_000) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}

export interface DossierListed {
  readonly source: string
  readonly dossier: string
  readonly procedure: string | null
  /** That accepted it, as the source writes it. */
  readonly agency: string | null
  readonly status: string
  readonly clock: string
  readonly submitted: LocalDate | null
  readonly accepted: LocalDate | null
  readonly firstDue: LocalDate | null
  readonly due: LocalDate | null
  readonly reappointedTo: LocalDate | null
  readonly ended: LocalDate | null
  readonly late: boolean
  /** Calendar days after the due date. */
  readonly lateDays: number
  /** Of a late dossier: what nobody has accounted for. */
  readonly missing: readonly string[]
  /** Why it cannot be judged; null for nearly all. */
  readonly problem: string | null
}

export interface DossierPage {
  readonly items: readonly DossierListed[]
  readonly total: number
  readonly next: string | null
  readonly asOf: LocalDate
}

const defaultLimit = 100

/** $1 is the as-of day. What has ended keeps its verdict; of what is open the due date decides. */
const lateSql = `(CASE WHEN ended IS NOT NULL THEN late_at_end IS TRUE ELSE coalesce(due < $1::date, false) END)`
const daysSql = `(CASE WHEN ended IS NOT NULL THEN coalesce(late_by, 0) ELSE greatest($1::date - due, 0) END)`

const sortKeys: Readonly<Record<(typeof sorts)[number], string>> = {
  due: `coalesce(due::text, '9999')`,
  accepted: `coalesce(accepted::text, '9999')`,
  code: 'code',
}

/** The dossiers an actor may see, filtered, sorted, a page at a time. */
export const findDossiers: Query<FindDossiers, DossierPage> = {
  name: 'dossiers.board',
  text: { vi: 'Danh sách hồ sơ', en: 'Dossiers' },
  input: FindDossiers,
  roles: dossierReaders,
  view: boardProjection,
  async answer({ params, actor, database, now }: Asking<FindDossiers>): Promise<DossierPage> {
    const asOf = params.asOf ?? localDateOf(now)
    const values: unknown[] = [asOf]
    const bind = (value: unknown): string => `$${values.push(value)}`
    // A list without a filter on lateness still names the day: PostgreSQL refuses a parameter that stands nowhere.
    const where = ['$1::date IS NOT NULL', ...filters(params, bind)]
    if (actor.scope !== 'all') where.push(`agencies && ${bind([...actor.scope])}::text[]`)
    const [direction, beyond] = params.order === 'desc' ? ['DESC', '<'] : ['ASC', '>']
    const cursor = params.cursor === undefined ? null : decodeCursor(params.cursor)
    const after =
      cursor === null ? '' : `WHERE (sort, key) ${beyond} (${bind(cursor.value)}, ${bind(cursor.key)})`
    const limit = params.limit ?? defaultLimit
    const found = await database.query<Row>(
      `WITH chosen AS MATERIALIZED (
         SELECT key, source, code, procedure, agency, status, clock, submitted::text, accepted::text, first_due::text,
                due::text, reappointed_to::text, ended::text, missing, problem,
                (${sortKeys[params.sort ?? 'due']}) COLLATE "C" AS sort, ${lateSql} AS late, ${daysSql} AS late_days
           FROM view.dossier_board_dossier WHERE ${where.join(' AND ')}),
       page AS (SELECT * FROM chosen ${after} ORDER BY sort ${direction}, key ${direction} LIMIT ${bind(limit + 1)})
       SELECT page.*, total FROM (SELECT count(*) AS total FROM chosen) counted LEFT JOIN page ON true
        ORDER BY sort ${direction}, key ${direction}`,
      values,
    )
    // The total comes even where the page is empty, on a row of its own.
    const all = found.rows.filter(({ key }) => key !== null)
    const rows = all.slice(0, limit)
    const last = rows.at(-1)
    const isLast = all.length <= limit || last === undefined
    return {
      items: rows.map(listed),
      total: Number(found.rows[0]!.total),
      next: isLast ? null : encodeCursor({ value: last.sort, key: last.key! }),
      asOf,
    }
  },
}

interface Row {
  readonly source: string
  readonly code: string
  readonly procedure: string | null
  readonly agency: string | null
  readonly status: string
  readonly clock: string
  readonly submitted: string | null
  readonly accepted: string | null
  readonly first_due: string | null
  readonly due: string | null
  readonly reappointed_to: string | null
  readonly ended: string | null
  readonly late: boolean
  readonly late_days: number | null
  readonly missing: readonly string[]
  readonly problem: string | null
  readonly key: string | null
  readonly sort: string
  readonly total: string
}

function listed({ code, first_due, reappointed_to, late_days, late, missing, ...row }: Row): DossierListed {
  const { key: _key, sort: _sort, total: _total, ...shown } = row
  return {
    ...shown,
    dossier: code,
    firstDue: first_due,
    reappointedTo: reappointed_to,
    late,
    lateDays: late ? (late_days ?? 0) : 0,
    missing: late ? missing : [],
  }
}

function filters(params: FindDossiers, bind: (value: unknown) => string): string[] {
  const all: string[] = []
  for (const column of ['source', 'procedure', 'clock'] as const)
    if (params[column] !== undefined) all.push(`${column} = ${bind(params[column])}`)
  if (params.state !== undefined) all.push(`status = ${bind(params.state)}`)
  if (params.prefix !== undefined) all.push(`starts_with(code, ${bind(params.prefix)})`)
  if (params.agency !== undefined) all.push(`${bind(params.agency)} = ANY (agencies)`)
  if (params.late !== undefined) all.push(params.late === 'true' ? lateSql : `NOT ${lateSql}`)
  if (params.missing !== undefined) all.push(lateSql, `${bind(params.missing)} = ANY (missing)`)
  if (params.dueFrom !== undefined) all.push(`due >= ${bind(params.dueFrom)}`)
  if (params.dueTo !== undefined) all.push(`due <= ${bind(params.dueTo)}`)
  return all
}
