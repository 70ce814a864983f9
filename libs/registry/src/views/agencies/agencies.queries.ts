import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength } from 'class-validator'
import { knownSteps, RecordId, recordQueries, type Asking, type Query } from '#engine'
import { backdatedDays, IsLocalDate, localDateOf } from '#calendar'
import { compareVietnamese } from '#kernel'
import type { ResolvedAgency } from '../../domain/agency-directory.js'
import { nameOn, type AgencyRecord } from '../../domain/agency.js'
import { agencyWorkflow } from '../../domain/agency.workflow.js'
import { agenciesProjection } from './agencies.projection.js'
import { readAgencies, readDirectory } from './directory.reader.js'

/** Whose documents are read when no province is named. */
export const defaultProvince = 'son-la'

/** Names of agencies are public knowledge: every role reads them, the operator too. */
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

export class ResolveNames {
  @IsArray()
  @ArrayMaxSize(100_000)
  @IsString({ each: true })
  @MaxLength(2_000, { each: true })
  names!: string[]
  /** The day of the document that uses them; default: today in Vietnam. */
  @IsOptional() @IsLocalDate() date?: string
  @IsOptional() @IsString() @MaxLength(60) province?: string
}

/** The agencies that names in a document mean, in the order asked. */
export const resolveNames: Query<ResolveNames, readonly ResolvedAgency[]> = {
  name: 'registry.resolve',
  text: { vi: 'Tra cứu cơ quan', en: 'Agencies by name' },
  input: ResolveNames,
  roles: everyone,
  view: agenciesProjection,
  async answer({ params, database, now }: Asking<ResolveNames>): Promise<readonly ResolvedAgency[]> {
    const directory = await readDirectory(database)
    const question = { date: params.date ?? localDateOf(now), province: params.province ?? defaultProvince }
    return params.names.map((name) => directory.resolve(name, question))
  },
}

export class ListAgencies {
  @IsOptional() @IsLocalDate() date?: string
  @IsOptional() @IsString() @MaxLength(60) province?: string
}

export interface AgencyListed {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly validFrom: string | null
  readonly validTo: string | null
}

/** The agencies of a province that exist on a day, by their names of that day. */
export const listAgencies: Query<ListAgencies, readonly AgencyListed[]> = {
  name: 'registry.agencies',
  text: { vi: 'Danh mục cơ quan', en: 'Agencies' },
  input: ListAgencies,
  roles: everyone,
  view: agenciesProjection,
  async answer({ params, database, now }: Asking<ListAgencies>): Promise<readonly AgencyListed[]> {
    const date = params.date ?? localDateOf(now)
    const province = params.province ?? defaultProvince
    return (await readAgencies(database))
      .filter((agency) => agency.province === province)
      .filter(({ validFrom, validTo }) => (validFrom ?? '') <= date && (validTo === null || validTo >= date))
      .map((agency) => ({
        id: agency.id,
        name: nameOn(agency, date),
        kind: agency.kind,
        validFrom: agency.validFrom,
        validTo: agency.validTo,
      }))
      .sort((a, b) => compareVietnamese(a.name, b.name))
  },
}

export class AgencyAsOf extends RecordId {
  /** `2025-09-30`: as it was on record at the end of that day in Vietnam. */
  @IsOptional() @IsLocalDate() asOf?: string
}

/**
 * One agency with its names, spellings, codes and successors, from the log, now or as it was on record at the end of a
 * day.
 */
export const findAgency: Query<AgencyAsOf, AgencyRecord> = {
  name: 'registry.agency',
  text: { vi: 'Cơ quan', en: 'Agency' },
  input: AgencyAsOf,
  roles: everyone,
  view: null,
  async answer({ params: { id, asOf }, store }: Asking<AgencyAsOf>): Promise<AgencyRecord> {
    const steps = await knownSteps(
      store,
      agencyWorkflow,
      id,
      ({ recordedAt }) => asOf === undefined || localDateOf(recordedAt) <= asOf,
    )
    return { ...steps.at(-1)!.after.agency!, id }
  },
}

/** What happened to an agency's entry and what may be done with it, from the log. */
export const agencyRecord = recordQueries(agencyWorkflow, {
  name: 'registry.agency',
  text: { vi: 'cơ quan', en: 'an agency' },
  roles: everyone,
  backdatedDays,
})
