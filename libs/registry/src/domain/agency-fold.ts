import type { AgencyFacts, AgencyRecord, OfficialName, Succession } from './agency.js'
import type { AgencyCreated, AgencyEvent, AgencySucceeded } from './agency.events.js'

/** What one event makes of an agency; an event of one that was never created changes nothing. */
export function evolveAgency(agency: AgencyFacts | null, event: AgencyEvent): AgencyFacts | null {
  if (event.type === 'registry.AgencyCreated') return agency ?? created(event.data)
  if (agency === null) return null
  switch (event.type) {
    case 'registry.AgencyRenamed':
      return { ...agency, names: renamed(agency.names, { name: event.data.name, from: event.data.from }) }
    case 'registry.AliasAdded':
      return { ...agency, aliases: [...agency.aliases, { alias: event.data.alias, to: event.data.to }] }
    case 'registry.CodeAssigned': {
      const { scheme, code, from, to, decision } = event.data
      return { ...agency, codes: [...agency.codes, { scheme, code, from, to, decision }] }
    }
    case 'registry.AgencySucceeded':
      return { ...agency, successions: succeeded(agency.successions, event.data) }
    case 'registry.AgencyEnded':
      return { ...agency, validTo: event.data.validTo }
  }
}

/** The records of all agencies after one more event of the stream `agency-<id>`. The map given is not changed. */
export function evolveDirectory(
  records: ReadonlyMap<string, AgencyRecord>,
  id: string,
  event: AgencyEvent,
): ReadonlyMap<string, AgencyRecord> {
  const agency = evolveAgency(records.get(id) ?? null, event)
  return agency === null ? records : new Map(records).set(id, { ...agency, id })
}

function created({ province, kind, name, parent, validFrom }: AgencyCreated): AgencyFacts {
  const names = [{ name, from: validFrom }] as const
  return { province, kind, names, aliases: [], codes: [], parent, validFrom, validTo: null, successions: [] }
}

/** In order of their first day, whatever the order of entry. */
function renamed([first, ...later]: AgencyFacts['names'], next: OfficialName): AgencyFacts['names'] {
  const others = later.filter(({ from }) => from !== next.from)
  return [first, ...[...others, next].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))]
}

function succeeded(successions: readonly Succession[], data: AgencySucceeded): readonly Succession[] {
  const { date, kind, decision } = data
  const others = successions.filter(({ successor }) => !data.successors.includes(successor))
  return [...others, ...data.successors.map((successor) => ({ successor, date, kind, decision }))]
}
