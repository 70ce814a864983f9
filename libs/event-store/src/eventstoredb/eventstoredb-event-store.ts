import { cancellable } from '../core/cancellable.js'
import { assertCount, assertPlace, defaultPageSize, maxRevision } from '../core/limits.js'
import { assertStreamName } from '../core/names.js'
import { follow, readPages } from '../core/paging.js'
import { prepareAppend } from '../core/prepared-append.js'
import { EventStoreUnavailable, PositionBeyondEnd } from '../port/errors.js'
import {
  beforeFirst,
  type Appended,
  type CallOptions,
  type Delivery,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type StreamName,
  type SubscribeOptions,
} from '../port/event-store.js'
import type { Appends } from './appends.js'
import { persistently } from './back-off.js'
import type { Connection } from './connection.js'
import type { EventStoreDbHealth, HealthRecord } from './health.js'
import type { IncidentWatch, WatchOptions } from './incident-watch.js'
import type { KnownStreams } from './known-streams.js'
import type { LogPages } from './log-pages.js'
import type { LogTail } from './log-tail.js'
import type { Transport } from './transport.js'

export interface EventStoreDbEventStoreOptions {
  /**
   * Connection string: `esdb://user:password@host:2113?tls=true&tlsCAFile=/etc/roviec/ca.crt`, or
   * `esdb+discover://` with a cluster's name. Never written to a log.
   */
  readonly url: string
}

/** The log in EventStoreDB. See the README for what that gives, what it costs and what it does not promise. */
export class EventStoreDbEventStore implements EventStore {
  /** Such as `24.6.0`. */
  readonly serverVersion: string
  readonly #transport: Transport
  readonly #pages: LogPages
  readonly #known: KnownStreams
  readonly #appends: Appends
  readonly #tail: LogTail
  readonly #incidents: IncidentWatch
  readonly #health: HealthRecord
  readonly #closing: AbortController
  #closed: Promise<void> | undefined

  private constructor(connection: Connection) {
    this.serverVersion = connection.serverVersion
    this.#transport = connection.transport
    this.#pages = connection.pages
    this.#known = connection.known
    this.#appends = connection.appends
    this.#tail = connection.tail
    this.#incidents = connection.incidents
    this.#health = connection.health
    this.#closing = connection.closing
  }

  /**
   * Connects, and sees that the server is one this adapter knows. The client library is loaded here: 180 files, which a
   * program whose log is in PostgreSQL does without.
   *
   * @throws EventStoreUnavailable when the server cannot be reached.
   * @throws RoviecError `event-store-version-unsupported`, `event-store-unauthenticated`,
   *   `event-store-access-denied`, `event-store-certificate-untrusted`, `event-store-tls-mismatch`,
   *   `event-store-user-certificate-refused`, `event-store-user-certificate-invalid`
   */
  static async open({ url }: EventStoreDbEventStoreOptions): Promise<EventStoreDbEventStore> {
    const { Connection } = await import('./connection.js')
    return new EventStoreDbEventStore(await Connection.open(url))
  }

  async append(
    stream: StreamName,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    { signal }: CallOptions = {},
  ): Promise<Appended> {
    const asked = prepareAppend(stream, events, expected)
    this.#assertOpen()
    return cancellable(stream, signal, async () => {
      const appended = await this.#appends.append(asked)
      if (!appended.repeated) this.#tail.tail.advance()
      return appended
    })
  }

  async readStream(stream: StreamName, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const { direction = 'forward', fromRevision, limit, signal } = options
    assertStreamName(stream)
    assertPlace('fromRevision', fromRevision)
    assertCount('limit', limit, 0)
    signal?.throwIfAborted()
    this.#assertOpen()
    const from = fromRevision === undefined ? undefined : atMost(maxRevision, fromRevision)
    const events = await this.#pages.stream(stream, direction, from, limit ?? Infinity, signal)
    if (direction === 'forward') this.#known.learn(stream, events, from ?? 0n)
    return events
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<readonly RecordedEvent[]> {
    const { direction = 'forward', from, limit = Infinity, pageSize = defaultPageSize, signal } = options
    assertPlace('from', from)
    if (limit !== Infinity) assertCount('limit', limit, 0)
    assertCount('pageSize', pageSize, 1)
    const readPage = async (at: Position, size: number) => {
      this.#assertOpen()
      return direction === 'forward'
        ? this.#pages.after(at, size, options, signal)
        : this.#pages.before(at === maxRevision ? undefined : at, size, options, signal)
    }
    const start = from ?? (direction === 'forward' ? beforeFirst : maxRevision)
    return readPages(readPage, atMost(maxRevision, start), limit, pageSize, signal)
  }

  subscribe(from: Position, options: SubscribeOptions = {}): AsyncIterable<Delivery> {
    const { pageSize = defaultPageSize, signal } = options
    assertPlace('from', from)
    assertCount('pageSize', pageSize, 1)
    this.#assertOpen()
    this.#tail.start()
    // Of its own: each page listens to it while it is awaited.
    const ends = AbortSignal.any([...(signal ? [signal] : []), this.#closing.signal])
    const readPage = (at: Position, size: number) =>
      persistently(
        async () => {
          await this.#assertReached(at)
          return this.#pages.after(at, size, options, ends)
        },
        ends,
        () => this.#health.pageRetries++,
      )
    const deliveries = follow(readPage, this.#tail.tail, from, pageSize, ends)
    return this.#health.observe(deliveries, from, pageSize, options)
  }

  /** Of this process's connection, at this moment; asks nothing of the server. */
  health(): EventStoreDbHealth {
    return this.#health.snapshot(this.#pages.met)
  }

  async head({ signal }: CallOptions = {}): Promise<Position> {
    signal?.throwIfAborted()
    this.#assertOpen()
    return this.#pages.head(signal)
  }

  /**
   * Records what an administrator does to our streams past the application (limits, truncation, deletion, access) as
   * `log.IncidentNoticed` in the stream `incident-log`, once however many processes watch. Answers when the signal is
   * aborted or the store closes.
   *
   * @throws RoviecError for whatever ends it otherwise: nobody watches then, and the caller begins again
   */
  async watchIncidents(signal: AbortSignal, options: WatchOptions = {}): Promise<void> {
    this.#assertOpen()
    await this.#incidents.watch(AbortSignal.any([signal, this.#closing.signal]), options)
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close())
  }

  async #close(): Promise<void> {
    this.#closing.abort()
    await this.#appends.idle()
    await this.#transport.close()
    await this.#tail.stopped()
  }

  /** The server answers a place beyond its end with nothing, as if the log were only quiet. */
  async #assertReached(at: Position): Promise<void> {
    if (at <= this.#pages.met) return
    const head = await this.#pages.head()
    if (at > head) throw new PositionBeyondEnd(at, head)
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new EventStoreUnavailable(new Error('The event store is closed.'))
  }
}

function atMost(most: bigint, value: bigint): bigint {
  return value < most ? value : most
}
