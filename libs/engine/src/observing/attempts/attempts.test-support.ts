import type { EventStore, RecordedEvent } from '#event-store'
import type { AttemptsSuppressed } from './attempt.events.js'

/** Everything that the log tells of attempts. */
export async function attemptsIn(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const page of store.readAll({ streamPrefix: 'attempts-' })) events.push(...page)
  return events
}

/** Attempts that the log tells of, those that were only counted included. */
export function counted(events: readonly RecordedEvent[]): number {
  return events.reduce(
    (sum, { type, data }) =>
      sum + (type === 'attempt.Refused' ? 1 : (data as unknown as AttemptsSuppressed).count),
    0,
  )
}
