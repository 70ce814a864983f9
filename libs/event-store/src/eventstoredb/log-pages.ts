import type { LogPage } from '../core/paging.js'
import type { StoredEvent } from '../core/stored-event.js'
import {
  beforeFirst,
  type Filter,
  type Position,
  type RecordedEvent,
  type StreamName,
} from '../port/event-store.js'
import { readResponses } from './read-call.js'
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { Transport } from './transport.js'
import { fromWire, logRead, streamRead } from './wire.js'

/** Events one call asks for: a deadline holds for each, and a stream of any length is read in several. */
const eventsACall = 4_000

/** The log as pages. Remembers the greatest position it has met: whatever is appended later stands beyond it. */
export class LogPages {
  #met: Position = beforeFirst

  constructor(readonly transport: Transport) {}

  get met(): Position {
    return this.#met
  }

  meet(position: Position): void {
    if (position > this.#met) this.#met = position
  }

  /** Position of the last event that is ours. */
  async head(signal?: AbortSignal): Promise<Position> {
    // A system stream may hold events of plain types: those are looked past.
    for (let before: Position | undefined; ;) {
      const responses = await readResponses(this.transport, logRead('backward', before, 1, {}), signal)
      const record = responses
        .find((response) => response.hasEvent())
        ?.getEvent()!
        .getEvent()
      if (!record) return beforeFirst
      const event = this.#ours(responses)[0]
      if (event) return event.position
      before = BigInt(record.getCommitPosition())
    }
  }

  /** After `from`. A page that is not full reaches to the end of the log. */
  async after(from: Position, size: number, filter: Filter, signal?: AbortSignal): Promise<LogPage> {
    const passesOver = filter.types !== undefined || !!filter.streamPrefix
    // Taken first: what the read below does not show up to here does not match.
    const reached = passesOver ? await this.head(signal) : from
    if (filter.types?.length === 0) return { events: [], checkpoint: max(from, reached), atEnd: true }
    // The server gives the event at `from` itself too, when it matches.
    const asked = logRead('forward', from === beforeFirst ? undefined : from, size + 1, filter)
    const responses = await readResponses(this.transport, asked, signal)
    const all = this.#ours(responses).filter(({ position }) => position > from)
    const full = countEvents(responses) > size
    const taken = all.slice(0, size)
    const last = taken.at(-1)?.position ?? from
    const beyond = lastPosition(responses, last)
    const checkpoint = full ? (all.length > size ? last : beyond) : max(last, reached)
    return { events: taken.filter((event) => matches(event, filter)), checkpoint, atEnd: !full }
  }

  /** Before `from`, backward. */
  async before(
    from: Position | undefined,
    size: number,
    filter: Filter,
    signal?: AbortSignal,
  ): Promise<LogPage> {
    if (from === beforeFirst || filter.types?.length === 0)
      return { events: [], checkpoint: beforeFirst, atEnd: true }
    // The server has no answer to a place beyond its end: from there, backward means from the end.
    const beyond = from !== undefined && from > this.#met && from > (await this.head(signal))
    const asked = logRead('backward', beyond ? undefined : from, size, filter)
    const responses = await readResponses(this.transport, asked, signal)
    const full = countEvents(responses) === size
    const events = this.#ours(responses).filter((event) => matches(event, filter))
    return {
      events,
      checkpoint: full ? lastPosition(responses, beforeFirst) : beforeFirst,
      atEnd: !full,
    }
  }

  /** A whole stretch of a stream, in the direction asked for. Empty for a stream that is not there. */
  async stream(
    stream: StreamName,
    direction: 'forward' | 'backward',
    from: bigint | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<StoredEvent[]> {
    const events: StoredEvent[] = []
    for (let at = from; events.length < limit;) {
      const count = Math.min(eventsACall, limit - events.length)
      const responses = await readResponses(this.transport, streamRead(stream, direction, at, count), signal)
      for (const event of this.#ours(responses)) events.push(event)
      const last = events.at(-1)
      if (!last || countEvents(responses) < count) break
      if (direction === 'backward' && last.revision === 0n) break
      at = direction === 'forward' ? last.revision + 1n : last.revision - 1n
    }
    return events
  }

  #ours(responses: readonly ReadResp[]): StoredEvent[] {
    const events: StoredEvent[] = []
    for (const response of responses) {
      const event = fromWire(response)
      if (!event) continue
      this.meet(event.position)
      events.push(event)
    }
    return events
  }
}

function matches(event: RecordedEvent, { types, streamPrefix }: Filter): boolean {
  return (!types || types.includes(event.type)) && event.stream.startsWith(streamPrefix ?? '')
}

function countEvents(responses: readonly ReadResp[]): number {
  return responses.filter((response) => response.hasEvent()).length
}

function lastPosition(responses: readonly ReadResp[], otherwise: Position): Position {
  const record = responses
    .findLast((response) => response.hasEvent())
    ?.getEvent()!
    .getEvent()
  return record ? BigInt(record.getCommitPosition()) : otherwise
}

function max(a: Position, b: Position): Position {
  return a > b ? a : b
}
