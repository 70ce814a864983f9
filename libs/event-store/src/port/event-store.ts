import type { JsonValue } from '#kernel'

/**
 * `<category>-<id>`, such as `task-CCHC2025-II-5`. Never personal data: stream names reach logs and cannot be erased.
 */
export type StreamName = string

/**
 * A place in the log. Opaque and ordered: later events have greater positions; the distance between two says
 * nothing. `0n` is before the first event.
 */
export type Position = bigint

export const beforeFirst: Position = 0n

/**
 * What the writer believes about the stream: its exact last revision (the first event has revision `0n`), that it
 * has no event, that it has at least one, or nothing.
 */
export type ExpectedRevision = bigint | 'no-stream' | 'stream-exists' | 'any'

export interface NewEvent {
  /** A UUID chosen by the writer: the same id is the same event, however often it is sent. */
  readonly id: string
  /** `task.Assigned`: context prefix and past tense, never a class name. */
  readonly type: string
  /** I-JSON (RFC 7493); kept as text, member order included. */
  readonly data: JsonValue
  readonly metadata: JsonValue
}

export interface RecordedEvent {
  readonly position: Position
  readonly stream: StreamName
  readonly revision: bigint
  readonly id: string
  readonly type: string
  /** Parsed at the first look; a page nobody looks into costs no parsing. */
  readonly data: JsonValue
  readonly metadata: JsonValue
  /** The payloads as stored, byte for byte. */
  readonly dataText: string
  readonly metadataText: string
  /** By the store's clock, UTC. */
  readonly recordedAt: Date
}

export interface Appended {
  readonly stream: StreamName
  /** Revision of the first and of the last event of this append; an empty append names the stream's last, or null. */
  readonly firstRevision: bigint | null
  readonly lastRevision: bigint | null
  /** Position of the last event of this append; of an empty append, the head. */
  readonly position: Position
  /** True when these very events were in the log already and nothing was added. */
  readonly repeated: boolean
}

export interface ReadOptions {
  readonly direction?: 'forward' | 'backward'
  /** Inclusive; default: the stream's first event forward, its last backward. */
  readonly fromRevision?: bigint
  readonly limit?: number
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export interface CallOptions {
  /** Aborting rejects with the signal's reason; an append that was sent already with `AppendOutcomeUnknown`. */
  readonly signal?: AbortSignal
}

export interface Filter {
  /** Only events of these types. */
  readonly types?: readonly string[]
  /** Only events whose stream name begins so, such as `task-`. */
  readonly streamPrefix?: string
}

export interface ReadAllOptions extends Filter {
  readonly direction?: 'forward' | 'backward'
  /** Exclusive: forward gives events after it, backward events before it. Default: from the respective end. */
  readonly from?: Position
  /** Events at most in all. */
  readonly limit?: number
  /** Events a page at most. */
  readonly pageSize?: number
  /** Aborting throws the signal's reason: a reading cut short is never taken for a whole one. */
  readonly signal?: AbortSignal
}

export interface SubscribeOptions extends Filter {
  readonly pageSize?: number
  /** Ends the subscription: the iterator finishes, it does not throw. */
  readonly signal?: AbortSignal
}

/**
 * What a subscriber gets. `checkpoint` is the place to resume from once the delivery has been handled: with a filter
 * it also covers events that were passed over, so a rarely matching subscriber need not read them again.
 * `caught-up` comes when the subscriber has seen everything there was, and again each time it gets there anew.
 * `events` is never empty.
 */
export type Delivery =
  | { readonly kind: 'events'; readonly events: readonly RecordedEvent[]; readonly checkpoint: Position }
  | { readonly kind: 'caught-up'; readonly checkpoint: Position }

/**
 * An append-only log of streams. All adapters pass the suite in `contract/`.
 *
 * - `append` is atomic: all events or none. An expectation that does not hold throws `StreamRevisionMismatch` with
 *   the expected and the actual revision. The same event ids again on the same stream answer as the first time
 *   (`repeated: true`) and add nothing, also when other events have come in between and whatever is expected now; an
 *   id that already names another event (place, type or payload text) throws `EventIdTaken`. `AppendOutcomeUnknown` means
 *   the connection was lost between request and answer: appending the same events again is safe.
 * - `subscribe` never misses and never repeats an event for a reader that keeps its last checkpoint, under any
 *   number of writers and however long their transactions stay open. It reads only as fast as it is consumed.
 */
export interface EventStore {
  append(
    stream: StreamName,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    options?: CallOptions,
  ): Promise<Appended>
  readStream(stream: StreamName, options?: ReadOptions): Promise<readonly RecordedEvent[]>
  readAll(options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>
  /** From after `from`. Throws `PositionBeyondEnd` when the log ends before it. */
  subscribe(from: Position, options?: SubscribeOptions): AsyncIterable<Delivery>
  /** Position of the last event, `0n` in an empty log. Aborting rejects with the signal's reason. */
  head(options?: CallOptions): Promise<Position>
  /** Finishes the appends under way and ends the subscriptions; what comes later is `EventStoreUnavailable`. */
  close(): Promise<void>
}
