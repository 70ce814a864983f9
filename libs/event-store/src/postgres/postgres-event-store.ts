import type { Database } from '#database'
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
import { connectPool, HeldConnection, type Connection } from './connection.js'
import { GroupCommit } from './group-commit.js'
import { install } from './install.js'
import { readHead, readLogPage } from './log-pages.js'
import { LogTail } from './log-tail.js'
import { persistently } from './persistently.js'
import { asUnavailable, throughPool, type Sender } from './read-rows.js'
import { SharedEnd } from './shared-end.js'
import { StreamReads } from './stream-reads.js'

export interface PostgresEventStoreOptions {
  readonly connection: Connection
}

/**
 * The log in PostgreSQL: one table, numbered without gaps under the lock of one head row, in commit order. Writers,
 * also of several processes, are serialised there; see the README for what that gives and costs.
 */
export class PostgresEventStore implements EventStore {
  readonly #database: Database
  readonly #pooled: Sender
  readonly #commits: GroupCommit
  readonly #appending: HeldConnection
  readonly #reads: { readonly forward: StreamReads; readonly backward: StreamReads }
  readonly #tail: LogTail
  readonly #end: SharedEnd
  readonly #closing = new AbortController()
  #closed: Promise<void> | undefined

  private constructor(database: Database) {
    this.#database = database
    this.#pooled = throughPool(database)
    this.#appending = new HeldConnection(database)
    this.#commits = new GroupCommit(this.#appending)
    this.#reads = {
      forward: new StreamReads(database, 'forward'),
      backward: new StreamReads(database, 'backward'),
    }
    this.#tail = new LogTail(database, this.#closing.signal)
    this.#end = new SharedEnd(this.#pooled)
  }

  /**
   * Connects, and creates the log where there is none.
   *
   * @throws EventStoreUnavailable when the server cannot be reached.
   * @throws RoviecError `event-log-schema-unknown`
   */
  static async open({ connection }: PostgresEventStoreOptions): Promise<PostgresEventStore> {
    const database = connectPool(connection)
    try {
      await install(database)
      return new PostgresEventStore(database)
    } catch (error) {
      await database.close()
      throw asUnavailable(error)
    }
  }

  async append(
    stream: StreamName,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    { signal }: CallOptions = {},
  ): Promise<Appended> {
    const asked = prepareAppend(stream, events, expected)
    this.#assertOpen()
    return cancellable(stream, signal, () => this.#commits.append(asked))
  }

  async readStream(stream: StreamName, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const { direction = 'forward', fromRevision, limit, signal } = options
    assertStreamName(stream)
    assertPlace('fromRevision', fromRevision)
    assertCount('limit', limit, 0)
    signal?.throwIfAborted()
    this.#assertOpen()
    const start = fromRevision ?? (direction === 'forward' ? 0n : maxRevision)
    const events = await this.#reads[direction].read({
      stream,
      fromRevision: atMost(maxRevision, start),
      limit: limit ?? maxRevision,
    })
    signal?.throwIfAborted()
    return events
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<readonly RecordedEvent[]> {
    const { direction = 'forward', from, limit = Infinity, pageSize = defaultPageSize, signal } = options
    assertPlace('from', from)
    if (limit !== Infinity) assertCount('limit', limit, 0)
    assertCount('pageSize', pageSize, 1)
    const readPage = async (at: Position, size: number) => {
      this.#assertOpen()
      return readLogPage(this.#pooled, { ...options, direction, from: at, size })
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
    const ends = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal
    const readPage = async (at: Position, size: number) => {
      const asked = { ...options, from: atMost(maxRevision, at), size }
      const page = await persistently(() => this.#end.read(asked), ends)
      if (at > page.head) throw new PositionBeyondEnd(at, page.head)
      return page
    }
    return follow(readPage, this.#tail.tail, from, pageSize, ends)
  }

  async head({ signal }: CallOptions = {}): Promise<Position> {
    signal?.throwIfAborted()
    this.#assertOpen()
    const head = await readHead(this.#pooled)
    signal?.throwIfAborted()
    return head
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close())
  }

  async #close(): Promise<void> {
    this.#closing.abort()
    await this.#commits.idle()
    this.#appending.release()
    await Promise.all([this.#reads.forward.close(), this.#reads.backward.close()])
    await this.#tail.stopped()
    await this.#database.close()
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new EventStoreUnavailable(new Error('The event store is closed.'))
  }
}

function atMost(most: bigint, value: bigint): bigint {
  return value < most ? value : most
}
