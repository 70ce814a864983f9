import { attribute, inSpan } from './spans.js'

/** An event and what it belongs to. */
interface Cause {
  readonly id: string
  readonly correlationId: string
}

/** A turn of an instance of a process, with all it sends: for an event, or an act of an operator. */
export function observeReaction(process: string, cause: Cause, work: () => Promise<void>): Promise<void> {
  return inSpan('roviec.process.reaction', { [attribute.process]: process, ...idsOf(cause) }, work)
}

/** A due time that is dealt with. The cause is the event that set the timer. */
export function observeFire<Result>(cause: Cause, work: () => Promise<Result>): Promise<Result> {
  return inSpan('roviec.timer.fire', idsOf(cause), work)
}

function idsOf({ id, correlationId }: Cause): Readonly<Record<string, string>> {
  return { [attribute.eventId]: id, [attribute.correlationId]: correlationId }
}
