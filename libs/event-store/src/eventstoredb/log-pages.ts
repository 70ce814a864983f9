import type { LogPage } from '../core/paging.js'
import type { StoredEvent } from '../core/stored-event.js'
import {
  beforeFirst,
  type Filter,
  type Position,
  type RecordedEvent,
  type StreamName,
} from '../port/event-store.js'
import { readEvents, type Answer } from './read-call.js'
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { Transport } from './transport.js'
import { lastRead, logRead, streamRead } from './wire.js'

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
      const { events, last } = await this.#read(lastRead(before), signal)
      if (last === undefined || events[0]) return events[0]?.position ?? beforeFirst
      before = last
    }
  }

  /** After `from`. A page that is not full reaches to the end of the log. */
  async after(from: Position, size: number, filter: Filter, signal?: AbortSignal): Promise<LogPage> {
    if (filter.types?.length === 0)
      return { events: [], checkpoint: max(from, await this.head(signal)), atEnd: true }
    const passesOver = filter.types !== undefined || !!filter.streamPrefix
    const page = await this.#pageAfter(from, size, filter, signal)
    if (!page.atEnd || !passesOver) return page
    const head = await this.head(signal)
    if (head <= page.checkpoint) return page
    // What stands up to the head was not known to be there before the page was read: it is looked for once more.
    const { events } = page
    const rest = await this.#pageAfter(events.at(-1)?.position ?? from, size - events.length, filter, signal)
    return { ...rest, events: [...events, ...rest.events] }
  }

  /** Reaches at least to what was known to be there: whatever of it is not in the page does not match. */
  async #pageAfter(
    from: Position,
    size: number,
    filter: Filter,
    signal: AbortSignal | undefined,
  ): Promise<LogPage> {
    const known = max(from, this.#met)
    // The server gives the event at `from` itself too, when it matches.
    const asked = logRead('forward', from === beforeFirst ? undefined : from, size + 1, filter)
    const answer = await this.#read(asked, signal)
    const all = answer.events[0]?.position === from ? answer.events.slice(1) : answer.events
    const full = answer.count > size
    const taken = all.length > size ? all.slice(0, size) : all
    const last = taken.at(-1)?.position ?? from
    const beyond = answer.last ?? last
    return {
      events: taken.filter((event) => matches(event, filter)),
      checkpoint: full ? (all.length > size ? last : beyond) : max(last, known),
      atEnd: !full,
    }
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
    const { events, count, last } = await this.#read(asked, signal)
    const full = count === size
    return {
      events: events.filter((event) => matches(event, filter)),
      checkpoint: full ? (last ?? beforeFirst) : beforeFirst,
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
      const answer = await this.#read(streamRead(stream, direction, at, count), signal)
      for (const event of answer.events) events.push(event)
      const last = events.at(-1)
      if (!last || answer.count < count) break
      if (direction === 'backward' && last.revision === 0n) break
      at = direction === 'forward' ? last.revision + 1n : last.revision - 1n
    }
    return events
  }

  async #read(asked: ReadReq, signal: AbortSignal | undefined): Promise<Answer> {
    const answer = await readEvents(this.transport, asked, signal)
    for (const event of [answer.events[0], answer.events.at(-1)]) if (event) this.meet(event.position)
    return answer
  }
}

function matches(event: RecordedEvent, { types, streamPrefix }: Filter): boolean {
  return (!types || types.includes(event.type)) && event.stream.startsWith(streamPrefix ?? '')
}

function max(a: Position, b: Position): Position {
  return a > b ? a : b
}
