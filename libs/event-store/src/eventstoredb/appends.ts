import { holds } from '../core/expectation.js'
import { answerKnownIds } from '../core/known-ids.js'
import type { PreparedAppend } from '../core/prepared-append.js'
import { AppendOutcomeUnknown, StreamRevisionMismatch } from '../port/errors.js'
import type { Appended, RecordedEvent, StreamName } from '../port/event-store.js'
import { BatchAppender } from './batch-appender.js'
import type { HealthRecord } from './health.js'
import { InTurn } from './in-turn.js'
import type { KnownPlace, KnownStreams } from './known-streams.js'
import type { LogPages } from './log-pages.js'
import type { Transport } from './transport.js'

/**
 * Appends, each proven to be no repetition: the ids of a stream's events up to a revision are known from reading it,
 * and the append names this very revision, so the server refuses it when anything has come since. The server's own
 * recognition of repeated ids is not relied on: it forgets, it looks at one place only, and it does not compare content.
 */
export class Appends {
  readonly #appender: BatchAppender
  readonly #turns = new InTurn()
  /** Streams with an append of unknown outcome: they are read before anything is said of them. */
  readonly #doubtful = new Set<StreamName>()

  constructor(
    transport: Transport,
    readonly pages: LogPages,
    readonly known: KnownStreams,
    readonly health: HealthRecord,
  ) {
    this.#appender = new BatchAppender(transport)
  }

  append(asked: PreparedAppend): Promise<Appended> {
    // The names of streams and ids cannot meet: the ids come with a mark no stream name may begin with.
    const keys = [asked.stream, ...asked.events.map(({ id }) => `$${id}`)]
    return this.#turns.run(keys, () => this.#append(asked))
  }

  idle(): Promise<void> {
    return this.#turns.idle()
  }

  async #append(asked: PreparedAppend): Promise<Appended> {
    const { stream, events, expected } = asked
    let fresh = await this.#lookAtFirst(asked)
    for (;;) {
      const found = this.known.places(events.map(({ id }) => id))
      if (found.length > 0) return answerKnownIds(asked, await this.#recorded(found))
      const last = this.known.last(stream) ?? null
      if (holds(expected, last)) {
        if (events.length === 0 && fresh)
          return {
            stream,
            firstRevision: last,
            lastRevision: last,
            position: await this.pages.head(),
            repeated: false,
          }
        const appended = events.length > 0 && (await this.#send(asked, last))
        if (appended) return appended
      } else if (fresh) throw new StreamRevisionMismatch(stream, expected, last)
      await this.#lookOn(stream)
      fresh = true
    }
  }

  /**
   * A stream that nothing is known of is read, unless it is expected not to exist: then it has no ids to compare
   * with, or the server says so.
   *
   * @returns whether the stream's end has just been looked at
   */
  async #lookAtFirst({ stream, expected }: PreparedAppend): Promise<boolean> {
    if (this.known.last(stream) !== undefined) return false
    if (expected === 'no-stream' && !this.#doubtful.has(stream)) return false
    await this.#lookOn(stream)
    return true
  }

  /** Learns what has come to the stream. */
  async #lookOn(stream: StreamName): Promise<void> {
    const from = (this.known.last(stream) ?? -1n) + 1n
    this.known.learn(stream, await this.pages.stream(stream, 'forward', from, Infinity), from)
    this.#doubtful.delete(stream)
  }

  /** @returns nothing when the stream was not at this revision, or these ids had been there before */
  async #send({ stream, events }: PreparedAppend, last: bigint | null): Promise<Appended | undefined> {
    const met = this.pages.met
    const outcome = await this.#appender.append(stream, events, last).catch((error: unknown) => {
      if (error instanceof AppendOutcomeUnknown) {
        this.health.appendsUnknown++
        this.#doubt(stream)
      }
      throw error
    })
    if (outcome.kind === 'elsewhere') return undefined
    this.pages.meet(outcome.position)
    // The server answers a repetition as the first time, with the place of then.
    if (outcome.position <= met) return this.#doubt(stream)
    const firstRevision = outcome.last - BigInt(events.length) + 1n
    const recorded = events.map(({ id }, index) => ({ id, revision: firstRevision + BigInt(index) }))
    this.known.learn(stream, recorded, (last ?? -1n) + 1n)
    return { stream, firstRevision, lastRevision: outcome.last, position: outcome.position, repeated: false }
  }

  #doubt(stream: StreamName): undefined {
    this.known.forget(stream)
    this.#doubtful.add(stream)
  }

  /** The events at these places, most often a stretch of one stream. */
  async #recorded(places: readonly KnownPlace[]): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = []
    for (const stream of new Set(places.map((place) => place.stream))) {
      const revisions = places.flatMap((place) => (place.stream === stream ? [place.revision] : []))
      const first = revisions.reduce((a, b) => (b < a ? b : a))
      const last = revisions.reduce((a, b) => (b > a ? b : a))
      const wanted = new Set(revisions)
      const events = await this.pages.stream(stream, 'forward', first, Number(last - first) + 1)
      found.push(...events.filter(({ revision }) => wanted.has(revision)))
    }
    return found
  }
}
