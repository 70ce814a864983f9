import { isUuid } from '#kernel'
import type { RecordedEvent } from '#event-store'
import type { EventMetadata } from '../../commanding/command.js'
import { everyEvent, type Projection } from '../../projecting/projection.js'
import { createEventTrace, insertEventTrace } from './event-trace.sql.js'

/** The way from an event's id to its place and to what it caused, for every event of the log. */
export const eventTraceProjection: Projection = {
  name: 'event_trace',
  version: 1,
  events: everyEvent,
  create: createEventTrace,
  rules: [insertEventTrace, rowOf, uuidOrNull],
  async apply(transaction, events) {
    await transaction.query(insertEventTrace, [JSON.stringify(events.map(rowOf))])
  },
}

/** What others have written into the log may have any metadata. */
function rowOf({ id, stream, revision, position, metadata }: RecordedEvent): object {
  const { commandId, correlationId, causationId } = (metadata ?? {}) as Partial<EventMetadata>
  const correlation = uuidOrNull(correlationId)
  return {
    id,
    stream,
    revision: String(revision),
    position: String(position),
    correlation: correlation === uuidOrNull(commandId) ? null : correlation,
    causation: uuidOrNull(causationId),
  }
}

function uuidOrNull(text: unknown): string | null {
  return typeof text === 'string' && isUuid(text) ? text.toLowerCase() : null
}
