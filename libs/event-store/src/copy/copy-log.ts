import type { EventStore, Position, RecordedEvent } from '../port/event-store.js'
import { placeOf, sourceShrunk, targetHoldsOther, type Difference } from './errors.js'
import { LogDigest } from './log-digest.js'
import type { LogWriter } from './log-writer.js'

/** Events read and written at a time: few enough that a log of large payloads stays small in memory. */
const pageSize = 500

export interface CopyProgress {
  readonly phase: 'comparing' | 'copying' | 'verifying'
  /** Events handled in this phase so far. */
  readonly events: number
}

export interface CopiedLog {
  /** Events the target has now. */
  readonly events: number
  /** Those of them that this run has written. */
  readonly written: number
  /** `LogDigest` over the source up to its head at the start, and over the target. */
  readonly sourceDigest: string
  readonly targetDigest: string
  /** Where they first differ; null when they do not. */
  readonly difference: Difference | null
  /** Whether the source went on growing: then the target lacks what came, and another run takes it. */
  readonly sourceGrew: boolean
}

export interface CopyOptions {
  readonly pageSize?: number
  readonly onProgress?: (progress: CopyProgress) => void
}

/**
 * Copies a log, up to its head at the start, into one that is empty or has a beginning of it already: so a copy that
 * was cut short is gone on with by running it again, and so is one of a log that has grown meanwhile. Then reads the
 * target whole and compares digests.
 *
 * @throws RoviecError `log-copy-target-differs` before anything is written, `log-copy-target-changed`
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  writer: LogWriter,
  options: CopyOptions = {},
): Promise<CopiedLog> {
  const size = options.pageSize ?? pageSize
  const tell = options.onProgress ?? (() => undefined)
  const head = await source.head()
  const from = new Reader(source, size, head)
  const digest = new LogDigest()
  await passCommon(from, new Reader(target, size), digest, tell)
  const before = digest.count
  for (let page = await from.takePage(); page.length > 0; page = await from.takePage()) {
    await writer.write(page, digest.count)
    for (const event of page) digest.add(event)
    tell({ phase: 'copying', events: digest.count - before })
  }
  if (from.reached !== head) throw sourceShrunk(head, from.reached)
  const found = await digestOf(target, size, tell)
  const same = found.hex === digest.hex && found.count === digest.count
  return {
    events: found.count,
    written: digest.count - before,
    sourceDigest: digest.hex,
    targetDigest: found.hex,
    difference: same ? null : await firstDifference(new Reader(source, size, head), new Reader(target, size)),
    sourceGrew: (await source.head()) !== head,
  }
}

/** `LogDigest` over the whole of a log. */
export async function digestOf(
  store: EventStore,
  size = pageSize,
  tell: NonNullable<CopyOptions['onProgress']> = () => undefined,
): Promise<LogDigest> {
  const digest = new LogDigest()
  for await (const page of store.readAll({ pageSize: size })) {
    for (const event of page) digest.add(event)
    tell({ phase: 'verifying', events: digest.count })
  }
  return digest
}

/** Steps both logs over what the target has already. */
async function passCommon(
  source: Reader,
  target: Reader,
  digest: LogDigest,
  tell: NonNullable<CopyOptions['onProgress']>,
): Promise<void> {
  for (let there = await target.next(); there; there = await target.next()) {
    const here = await source.next()
    if (!here || !equal(here, there))
      throw targetHoldsOther({ number: digest.count + 1, source: placeOf(here), target: placeOf(there) })
    digest.add(here)
    if (digest.count % 10_000 === 0) tell({ phase: 'comparing', events: digest.count })
  }
}

async function firstDifference(source: Reader, target: Reader): Promise<Difference | null> {
  for (let number = 1; ; number++) {
    const [here, there] = [await source.next(), await target.next()]
    if (!here && !there) return null
    if (!here || !there || !equal(here, there))
      return { number, source: placeOf(here), target: placeOf(there) }
  }
}

function equal(a: RecordedEvent, b: RecordedEvent): boolean {
  const [one, other] = [new LogDigest(), new LogDigest()]
  one.add(a)
  other.add(b)
  return one.hex === other.hex
}

/** A log event by event, or what is left of a page at a time, up to a position. */
class Reader {
  readonly #pages: AsyncIterator<readonly RecordedEvent[]>
  #page: readonly RecordedEvent[] = []
  #at = 0
  reached: Position = 0n

  constructor(
    store: EventStore,
    size: number,
    readonly upTo?: Position,
  ) {
    this.#pages = store.readAll({ pageSize: size })[Symbol.asyncIterator]()
  }

  async next(): Promise<RecordedEvent | undefined> {
    if (this.#at === this.#page.length) await this.#turn()
    const event = this.#page[this.#at]
    if (!event) return undefined
    this.#at++
    this.reached = event.position
    return event
  }

  /** Empty at the end. */
  async takePage(): Promise<readonly RecordedEvent[]> {
    if (this.#at === this.#page.length) await this.#turn()
    const rest = this.#page.slice(this.#at)
    this.#at = this.#page.length
    this.reached = rest.at(-1)?.position ?? this.reached
    return rest
  }

  async #turn(): Promise<void> {
    this.#at = 0
    this.#page = []
    if (this.upTo !== undefined && this.reached >= this.upTo) return
    const { value, done } = await this.#pages.next()
    if (done) return
    const page = value as readonly RecordedEvent[]
    const { upTo } = this
    this.#page = upTo === undefined ? page : page.filter(({ position }) => position <= upTo)
  }
}
