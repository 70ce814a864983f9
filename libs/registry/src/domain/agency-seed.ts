import { canonicalJson, deriveId, type JsonValue } from '#kernel'
import type { AgencyKind, Confidence, SuccessionKind } from './agency.js'

/** One file of reference data: the agencies of a province, or, without one, of the whole country. */
export interface AgencySeed {
  readonly province: string | null
  /** Sources by a short name, so that each stands once. */
  readonly sources: Readonly<Record<string, { readonly text: string; readonly confidence: Confidence }>>
  readonly agencies: readonly SeededAgency[]
  readonly successions: readonly SeededSuccession[]
}

interface SeededAgency {
  readonly name: string
  readonly kind: AgencyKind
  /** A key of `sources`. */
  readonly source: string
  /** With the last day where the spelling has come to mean somebody else. */
  readonly aliases?: readonly (string | { readonly alias: string; readonly to: string })[]
  readonly renamed?: readonly { readonly name: string; readonly from: string; readonly source: string }[]
  readonly codes?: readonly SeededCode[]
  /** The name of the agency it is a unit of, in the same file. */
  readonly parent?: string
  readonly validFrom?: string
}

interface SeededCode {
  readonly scheme: string
  readonly code: string
  readonly from?: string
  readonly to?: string
  readonly decision?: string
}

interface SeededSuccession {
  readonly from: string
  readonly to: readonly string[]
  readonly date: string
  readonly kind: SuccessionKind
  readonly decision?: string
  readonly source: string
}

/** What the command handler needs but for the actor. */
export interface SeedCommand {
  readonly id: string
  readonly workflow: 'agency'
  readonly aggregate: string
  readonly transition: string
  readonly data: JsonValue
}

type Data = Readonly<Record<string, JsonValue | undefined>>

/** The id of a seeded agency: of its province and the name it was first entered under. */
export function agencyId(province: string | null, name: string): string {
  return deriveId('registry.agency', province ?? '', name)
}

/**
 * The commands that enter the data. Their ids come from their content: entering a file again repeats them and changes
 * nothing; an entry added to the file adds just itself. Where only the source of an entry was reworded, its command
 * is new and is refused (`transition-not-allowed`, `alias-known`, `code-known`): the entry is there already.
 */
export function seedCommands(seed: AgencySeed): SeedCommand[] {
  const listed = new Set(seed.agencies.map(({ name }) => name))
  const idOf = (name: string): string => {
    if (listed.has(name)) return agencyId(seed.province, name)
    throw new TypeError(`the seed names the agency ${name}, which it does not list`)
  }
  const from = (key: string): { readonly source: string; readonly confidence: Confidence } => {
    const source = seed.sources[key]
    if (source === undefined) throw new TypeError(`the seed names the source ${key}, which it does not list`)
    return { source: source.text, confidence: source.confidence }
  }
  const successions = seed.successions.map(({ from: name, to, source, ...data }) =>
    seedCommand(idOf(name), 'RecordSuccession', { successors: to.map(idOf), ...data, ...from(source) }),
  )
  return [...seed.agencies.flatMap((agency) => commandsOf(agency, seed.province, idOf, from)), ...successions]
}

function commandsOf(
  agency: SeededAgency,
  province: string | null,
  idOf: (name: string) => string,
  from: (key: string) => { readonly source: string; readonly confidence: Confidence },
): SeedCommand[] {
  const { name, kind, validFrom } = agency
  const source = from(agency.source)
  const command = (transition: string, data: Data): SeedCommand => seedCommand(idOf(name), transition, data)
  const parent = agency.parent === undefined ? undefined : idOf(agency.parent)
  return [
    command('CreateAgency', { province: province ?? undefined, kind, name, parent, validFrom, ...source }),
    ...(agency.renamed ?? []).map((each) => command('RenameAgency', { ...each, ...from(each.source) })),
    ...(agency.aliases ?? []).map((alias) =>
      command('AddAlias', { ...(typeof alias === 'string' ? { alias } : alias), ...source }),
    ),
    ...(agency.codes ?? []).map((code) => command('AssignCode', { ...code, ...source })),
  ]
}

function seedCommand(aggregate: string, transition: string, data: Data): SeedCommand {
  const id = deriveId('registry.seed', aggregate, transition, canonicalJson(data))
  return { id, workflow: 'agency', aggregate, transition, data }
}
