import type { Command, EventMetadata } from '#engine'
import type { EventStore, RecordedEvent } from '#event-store'
import { dossierWorkflow } from '../domain/dossier.workflow.js'

/**
 * How many messages the dossier had when the command was recorded: the same act again says what it said. Every event is
 * a message, so its revision counts those before it. Null where it is not on record.
 */
export async function messagesBefore(
  store: EventStore,
  { aggregate, id }: Pick<Command, 'aggregate' | 'id'>,
  eventType: string,
): Promise<number | null> {
  const events = await store.readStream(`${dossierWorkflow.name}-${aggregate}`)
  const same = ({ type, metadata }: RecordedEvent): boolean =>
    type === eventType && (metadata as unknown as EventMetadata).commandId === id.toLowerCase()
  const before = events.find(same)
  return before === undefined ? null : Number(before.revision)
}
