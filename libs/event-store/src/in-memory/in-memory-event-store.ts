import { systemClock, type Clock } from '#kernel'
import { holds } from '../core/expectation.js'
import { answerKnownIds } from '../core/known-ids.js'
import { assertCount, assertPlace, defaultPageSize } from '../core/limits.js'
import { assertStreamName } from '../core/names.js'
import { matches } from '../core/matches.js'
import { follow, readPages, type LogPage } from '../core/paging.js'
import { prepareAppend, type PreparedAppend } from '../core/prepared-append.js'
import { StoredEvent } from '../core/stored-event.js'
import { Tail } from '../core/tail.js'
import { EventStoreUnavailable, PositionBeyondEnd, StreamRevisionMismatch } from '../port/errors.js'
import {
  beforeFirst,
  type Appended,
  type CallOptions,
  type Delivery,
  type EventStore,
  type ExpectedRevision,
  type Filter,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type StreamName,
  type SubscribeOptions,
} from '../port/event-store.js'

/** The log in one array, for tests: it keeps every promise of the port except that of surviving the process. */
export class InMemoryEventStore implements EventStore {
  readonly #log: StoredEvent[] = []
  readonly #streams = new Map<StreamName, StoredEvent[]>()
  readonly #byId = new Map<string, StoredEvent>()
  readonly #tail = new Tail()
  readonly #closing = new AbortController()
  readonly #clock: Clock

  constructor(options: { readonly clock?: Clock } = {}) {
    this.#clock = options.clock ?? systemClock
  }

  async append(
    stream: StreamName,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    { signal }: CallOptions = {},
  ): Promise<Appended> {
    const asked = prepareAppend(stream, events, expected)
    this.#assertOpen()
    signal?.throwIfAborted()
    const known = asked.events.flatMap(({ id }) => this.#byId.get(id) ?? [])
    if (known.length > 0) return answerKnownIds(asked, known)
    const actual = this.#streams.get(stream)?.at(-1)?.revision ?? null
    if (!holds(expected, actual)) throw new StreamRevisionMismatch(stream, expected, actual)
    this.#record(asked, actual)
    const lastRevision = this.#streams.get(stream)?.at(-1)?.revision ?? null
    const firstRevision = asked.events.length > 0 ? (actual ?? -1n) + 1n : lastRevision
    return { stream, firstRevision, lastRevision, position: this.#end(), repeated: false }
  }

  async readStream(stream: StreamName, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const { direction = 'forward', fromRevision, limit, signal } = options
    assertStreamName(stream)
    assertPlace('fromRevision', fromRevision)
    assertCount('limit', limit, 0)
    signal?.throwIfAborted()
    this.#assertOpen()
    const all = this.#streams.get(stream) ?? []
    const wanted =
      direction === 'forward'
        ? all.filter(({ revision }) => revision >= (fromRevision ?? 0n))
        : all.filter(({ revision }) => fromRevision === undefined || revision <= fromRevision).reverse()
    return wanted.slice(0, limit).map((event) => event.copy())
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<readonly RecordedEvent[]> {
    const { direction = 'forward', from, limit = Infinity, pageSize = defaultPageSize, signal } = options
    assertPlace('from', from)
    if (limit !== Infinity) assertCount('limit', limit, 0)
    assertCount('pageSize', pageSize, 1)
    const readPage =
      direction === 'forward'
        ? async (at: Position, size: number) => this.#pageAfter(at, size, options)
        : async (at: Position, size: number) => this.#pageBefore(at, size, options)
    const start = from ?? (direction === 'forward' ? beforeFirst : this.#end() + 1n)
    return readPages(readPage, start, limit, pageSize, signal)
  }

  subscribe(from: Position, options: SubscribeOptions = {}): AsyncIterable<Delivery> {
    const { pageSize = defaultPageSize, signal } = options
    assertPlace('from', from)
    assertCount('pageSize', pageSize, 1)
    this.#assertOpen()
    const readPage = async (at: Position, size: number) => {
      if (at > this.#end()) throw new PositionBeyondEnd(at, this.#end())
      return this.#pageAfter(at, size, options)
    }
    const ends = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal
    return follow(readPage, this.#tail, from, pageSize, ends)
  }

  async head({ signal }: CallOptions = {}): Promise<Position> {
    signal?.throwIfAborted()
    this.#assertOpen()
    return this.#end()
  }

  async close(): Promise<void> {
    this.#closing.abort()
  }

  #record(asked: PreparedAppend, actual: bigint | null): void {
    if (asked.events.length === 0) return
    const inStream = this.#streams.get(asked.stream) ?? []
    this.#streams.set(asked.stream, inStream)
    const last = this.#log.at(-1)?.recordedAt.getTime() ?? 0
    const recordedAt = new Date(Math.max(last, this.#clock.now().getTime()))
    let revision = actual ?? -1n
    for (const { id, type, dataText, metadataText } of asked.events) {
      const event = new StoredEvent(
        this.#end() + 1n,
        asked.stream,
        ++revision,
        id,
        type,
        dataText,
        metadataText,
        recordedAt,
      )
      this.#log.push(event)
      inStream.push(event)
      this.#byId.set(id, event)
    }
    this.#tail.advance()
  }

  #pageAfter(after: Position, size: number, filter: Filter): LogPage {
    this.#assertOpen()
    const events: RecordedEvent[] = []
    let at = after
    for (let index = Number(after); index < this.#log.length && events.length < size; index++) {
      const event = this.#log[index]!
      at = event.position
      if (matches(event, filter)) events.push(event.copy())
    }
    return { events, checkpoint: at, atEnd: at >= this.#end() }
  }

  #pageBefore(before: Position, size: number, filter: Filter): LogPage {
    this.#assertOpen()
    const events: RecordedEvent[] = []
    let at = before > this.#end() ? this.#end() + 1n : before
    while (at > 1n && events.length < size) {
      const event = this.#log[Number(--at) - 1]!
      if (matches(event, filter)) events.push(event.copy())
    }
    return { events, checkpoint: at, atEnd: at <= 1n }
  }

  #end(): Position {
    return BigInt(this.#log.length)
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new EventStoreUnavailable(new Error('The event store is closed.'))
  }
}
