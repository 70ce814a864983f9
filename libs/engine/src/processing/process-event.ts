import { isUuid } from '#kernel'
import type { RecordedEvent } from '#event-store'
import type { EventMetadata } from '../commanding/command.js'
import type { Workflow } from '../workflow/workflow.js'
import type { ProcessEvent } from './process.js'
import type { EventRef } from './process.events.js'

/** Shows processes the events of the log in today's form. */
export class EventReader {
  readonly #byType: ReadonlyMap<string, Workflow>

  constructor(workflows: readonly Workflow[]) {
    this.#byType = new Map(workflows.flatMap((known) => known.eventTypes.map((type) => [type, known])))
  }

  /** @throws UnknownEventVersion, and whatever metadata of another form than ours make it throw. */
  read(event: RecordedEvent): ProcessEvent {
    const { id, type, stream, revision, position, recordedAt } = event
    const { actor, occurredAt, schema } = event.metadata as unknown as EventMetadata
    const data = this.#byType.get(type)?.upcast(type, event.data, schema) ?? event.data
    const when = { occurredAt, recordedAt: recordedAt.toISOString() }
    return { id, type, stream, revision, position, data, actor, ...when }
  }
}

/** Of any event, whoever wrote it: one that names nothing it belongs to belongs to itself. */
export function refOf({ id, type, stream, revision, position, metadata }: RecordedEvent): EventRef {
  const { correlationId } = (metadata ?? {}) as Partial<EventMetadata>
  const belongsTo = typeof correlationId === 'string' && isUuid(correlationId) ? correlationId : id
  const place = { id, type, stream, revision: String(revision), position: String(position) }
  return { ...place, correlationId: belongsTo }
}
