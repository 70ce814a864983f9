import type { Appended, RecordedEvent } from '../port/event-store.js'
import { EventIdTaken } from '../port/errors.js'
import type { PreparedAppend, PreparedEvent } from './prepared-append.js'

/**
 * Answers an append of which at least one event id is in the log already. If all its events are there, on its
 * stream, in its order, side by side and with the same content, it has been appended before: the answer of then.
 * Anything else would give one id two meanings.
 *
 * The expectation is not looked at: it held when the events were written, and the stream has moved on since.
 *
 * @param found the recorded events that bear ids of this append
 * @throws EventIdTaken with the first id that stands elsewhere or for something else
 */
export function answerKnownIds(asked: PreparedAppend, found: readonly RecordedEvent[]): Appended {
  const byId = new Map(found.map((event) => [event.id, event]))
  const first = byId.get(asked.events[0]!.id)
  asked.events.forEach((event, index) => {
    const recorded = byId.get(event.id)
    const inPlace = first && recorded?.revision === first.revision + BigInt(index)
    if (recorded && !(inPlace && recorded.stream === asked.stream && sameContent(recorded, event)))
      throw new EventIdTaken(event.id, recorded.stream)
  })
  const last = byId.get(asked.events.at(-1)!.id)
  if (!first || !last || byId.size < asked.events.length) {
    const recorded = found[0]!
    throw new EventIdTaken(recorded.id, recorded.stream)
  }
  return {
    stream: asked.stream,
    firstRevision: first.revision,
    lastRevision: last.revision,
    position: last.position,
    repeated: true,
  }
}

function sameContent(recorded: RecordedEvent, event: PreparedEvent): boolean {
  return (
    recorded.type === event.type &&
    recorded.dataText === event.dataText &&
    recorded.metadataText === event.metadataText
  )
}
