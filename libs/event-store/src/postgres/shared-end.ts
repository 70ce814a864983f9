import { matches } from '../core/matches.js'
import type { StoredEvent } from '../core/stored-event.js'
import type { Filter, Position } from '../port/event-store.js'
import { readLogPage, type PageAndHead } from './log-pages.js'
import type { Sender } from './read-rows.js'

/** Events kept at most: a subscriber that falls further behind reads by itself until it is there again. */
const mostEvents = 2_000

/** Characters of payload kept at most. */
const mostText = 8_000_000

/** A stretch of the log without gaps, and the log's end when it was last looked at. */
interface Stretch {
  /** Exclusive. */
  readonly from: Position
  /** Inclusive. */
  readonly to: Position
  readonly head: Position
  readonly events: readonly StoredEvent[]
}

interface Waiting {
  resolve(): void
  reject(error: unknown): void
}

export interface EndRead extends Filter {
  /** Exclusive. */
  readonly from: Position
  readonly size: number
}

/**
 * The end of the log, read once for all subscribers of a store. Each commit wakes every one of them; by themselves
 * they would each ask for what came, and most would find nothing of theirs in it.
 */
export class SharedEnd {
  #kept: Stretch | undefined
  #waiting: Waiting[] = []
  #isLooking = false

  constructor(private readonly send: Sender) {}

  /** A page; it tells that the log ended there only after a look that began later than the question. */
  async read(asked: EndRead): Promise<PageAndHead> {
    const known = pageOf(this.#kept, asked)
    if (known?.events.length === asked.size) return { ...known, atEnd: false }
    if (this.#kept !== undefined && asked.from >= this.#kept.from) {
      await this.#look()
      const page = pageOf(this.#kept, asked)
      if (page !== undefined) return page
    }
    const page = await readLogPage(this.send, { ...asked, direction: 'forward' })
    if (page.atEnd) this.#begin(page.head)
    return page
  }

  /** From the end on. A stretch that the log has left far behind, or that it never had, is given up for it. */
  #begin(head: Position): void {
    const { to } = this.#kept ?? {}
    if (to !== undefined && to <= head && head - to <= mostEvents) return
    this.#kept = { from: head, to: head, head, events: [] }
  }

  /** Looks at the log's end; who asks while a look is under way waits for the next, since that one may be too old. */
  #look(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      if (!this.#isLooking) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isLooking = true
    // Subscribers that one commit has woken ask one after the other: all of them before this goes on.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting.splice(0)
      try {
        await this.#goOn()
        for (const { resolve } of waiting) resolve()
      } catch (error) {
        // Another server may answer next, with another log.
        this.#kept = undefined
        for (const { reject } of waiting) reject(error)
      }
    }
    this.#isLooking = false
  }

  async #goOn(): Promise<void> {
    const before = this.#kept
    if (before === undefined) return
    const asked = { direction: 'forward', from: before.to, size: mostEvents } as const
    const { events, head } = await readLogPage(this.send, asked)
    const to = events.at(-1)?.position ?? before.to
    // The log ends before it: it was restored from an older copy.
    this.#kept =
      head < to ? undefined : trimmed({ ...before, to, head, events: [...before.events, ...events] })
  }
}

/** What the stretch tells of the page; nothing where it does not reach back so far or does not come so far. */
function pageOf(kept: Stretch | undefined, asked: EndRead): PageAndHead | undefined {
  if (kept === undefined || asked.from < kept.from || asked.from > kept.to) return undefined
  const { size } = asked
  const events: StoredEvent[] = []
  const first = Number(asked.from - kept.from)
  for (let index = first; index < kept.events.length && events.length < size; index++) {
    const event = kept.events[index]!
    if (matches(event, asked)) events.push(event.copy())
  }
  const checkpoint = events.length === size ? events.at(-1)!.position : kept.to
  return { events, checkpoint, head: kept.head, atEnd: checkpoint >= kept.head }
}

/** Without the oldest events where there are too many; positions have no gaps. */
function trimmed(kept: Stretch): Stretch {
  let [at, text] = [kept.events.length, 0]
  while (at > 0 && kept.events.length - at < mostEvents && text <= mostText)
    text += sizeOf(kept.events[--at]!)
  return at === 0 ? kept : { ...kept, from: kept.from + BigInt(at), events: kept.events.slice(at) }
}

function sizeOf({ dataText, metadataText }: StoredEvent): number {
  return dataText.length + metadataText.length
}
