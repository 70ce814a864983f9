import 'reflect-metadata'
import { Transform } from 'class-transformer'
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import type { Asking, Query } from '#engine'
import { formatPeriod, localDateOf, type LocalDate } from '#calendar'
import { notFound } from '#kernel'
import type { RecordedVersion } from '../../domain/procedure.events.js'
import { versionOn } from '../../domain/procedure.js'
import type { ProcedureState } from '../../domain/procedure.workflow.js'
import { rulebooksOf } from '../../record/rulebooks.js'
import { proceduresProjection } from './procedures.projection.js'
import { selectProcedurePage } from './procedures.sql.js'

/** Procedures are public knowledge. */
const everyone = [
  'clerk',
  'lead-officer',
  'head',
  'assigner',
  'home-affairs',
  'inspectorate',
  'auditor',
  'operator',
  'connector',
  'system',
] as const

export interface ProcedureListed {
  readonly code: string
  readonly name: string | null
  readonly field: string | null
  /** As officials write it; of the version in force today, else of the latest. */
  readonly time: string
  readonly validFrom: LocalDate | null
  readonly versions: number
}

export class ListProcedures {
  /** The code after which the page begins. */
  @IsOptional() @IsString() @MaxLength(200) after?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(5_000)
  limit?: number
}

const defaultLimit = 1_000

export const listProcedures: Query<ListProcedures, readonly ProcedureListed[]> = {
  name: 'dossiers.procedures',
  text: { vi: 'Danh mục thủ tục hành chính', en: 'Administrative procedures' },
  input: ListProcedures,
  roles: everyone,
  view: proceduresProjection,
  async answer({ params, database, now }: Asking<ListProcedures>): Promise<readonly ProcedureListed[]> {
    const found = await database.query<{ state: ProcedureState }>(selectProcedurePage, [
      params.after ?? null,
      params.limit ?? defaultLimit,
    ])
    return found.rows.map(({ state }) => listed(state, localDateOf(now)))
  },
}

function listed({ code, versions }: ProcedureState, today: LocalDate): ProcedureListed {
  const shown = (versionOn(versions, today) ?? versions.at(-1)!) as RecordedVersion
  const { name, field, within, validFrom } = shown
  return { code, name, field, time: formatPeriod(within), validFrom, versions: versions.length }
}

export class ProcedureCode {
  @IsString() @MaxLength(200) code!: string
}

export interface ProcedureShown {
  readonly code: string
  /** What dossiers pin. */
  readonly revision: number
  readonly versions: readonly RecordedVersion[]
}

/** A procedure with all its versions, straight from the log. */
export const findProcedure: Query<ProcedureCode, ProcedureShown> = {
  name: 'dossiers.procedure',
  text: { vi: 'Thủ tục hành chính', en: 'Administrative procedure' },
  input: ProcedureCode,
  roles: everyone,
  view: null,
  async answer({ params, store }: Asking<ProcedureCode>): Promise<ProcedureShown> {
    const found = await rulebooksOf(store).procedures.find(params.code)
    if (found === null) throw procedureMissing(params.code)
    return { code: params.code, ...found }
  },
}

function procedureMissing(code: string): Error {
  return notFound(
    'procedure-unknown',
    {
      vi: `Chưa có thủ tục “${code}”. Xem danh sách bằng: roviec procedures list.`,
      en: `There is no procedure ${code}. See the list: roviec procedures list.`,
    },
    { code },
  )
}
