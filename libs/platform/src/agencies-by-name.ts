import type { ResolveAgency } from '#dossiers'
import type { EventStore } from '#event-store'
import {
  agencyWorkflow,
  createDirectory,
  defaultProvince,
  evolveDirectory,
  type AgencyDirectory,
  type AgencyEvent,
} from '#registry'

/** The id of the agency of the province that a name means on a day; null where that is not certain. */
export function byName(directory: AgencyDirectory): ResolveAgency {
  return (name, date) => {
    const { status, id } = directory.resolve(name, { date, province: defaultProvince })
    return status === 'found' ? id : null
  }
}

/** As the log has them: no worker has to have shown them yet. */
export async function agenciesOnRecord(store: EventStore): Promise<ResolveAgency> {
  let records: Parameters<typeof evolveDirectory>[0] = new Map()
  for await (const page of store.readAll({ types: agencyWorkflow.eventTypes }))
    for (const { stream, type, data } of page)
      records = evolveDirectory(records, stream.slice(`${agencyWorkflow.name}-`.length), {
        type,
        data,
      } as unknown as AgencyEvent)
  return byName(createDirectory(records.values()))
}
