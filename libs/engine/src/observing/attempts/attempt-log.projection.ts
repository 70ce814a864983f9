import type { RecordedEvent } from '#event-store'
import type { EventMetadata } from '../../commanding/command.js'
import type { Projection } from '../../projecting/projection.js'
import {
  attemptForms,
  attemptRefused,
  attemptsSuppressed,
  type AttemptRefused,
  type AttemptsSuppressed,
} from './attempt.events.js'
import { createAttemptLog, insertAttempts } from './attempt-log.sql.js'

/** Attempts that came to nothing, for those who inspect. */
export const attemptLogProjection: Projection = {
  name: 'attempt_log',
  version: 2,
  events: [attemptRefused, attemptsSuppressed],
  create: createAttemptLog,
  rules: [insertAttempts, rowOf],
  async apply(transaction, events) {
    await transaction.query(insertAttempts, [JSON.stringify(events.map(rowOf))])
  },
}

function rowOf(event: RecordedEvent): object {
  const { occurredAt, schema } = event.metadata as unknown as EventMetadata
  const attempt = attemptForms.upcast(event.type, event.data, schema)
  const about = { position: String(event.position), at: occurredAt }
  if (event.type === attemptsSuppressed) {
    const { actor, count, codes } = attempt as AttemptsSuppressed
    return { ...about, actor, kind: 'suppressed', dry_run: false, counted: count, reasons: codes }
  }
  const { commandId, dryRun, ...data } = attempt as AttemptRefused
  return { ...about, ...data, command_id: commandId, dry_run: dryRun, counted: 1 }
}
