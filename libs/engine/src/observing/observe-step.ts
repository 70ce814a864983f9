import { attribute, inSpan } from './spans.js'

/** An event and what it belongs to. */
interface Cause {
  readonly id: string
  readonly correlationId: string
}

/** A turn of an instance of a process, with all it sends: for an event, or null where it goes on with what it has. */
export function observeReaction(
  process: string,
  cause: Cause | null,
  work: () => Promise<void>,
): Promise<void> {
  const ids = cause === null ? {} : idsOf(cause)
  return inSpan('roviec.process.reaction', { [attribute.process]: process, ...ids }, work)
}

/** A due time that is dealt with. The cause is the event that set the timer. */
export function observeFire<Result>(cause: Cause, work: () => Promise<Result>): Promise<Result> {
  return inSpan('roviec.timer.fire', idsOf(cause), work)
}

function idsOf({ id, correlationId }: Cause): Readonly<Record<string, string>> {
  return { [attribute.eventId]: id, [attribute.correlationId]: correlationId }
}
