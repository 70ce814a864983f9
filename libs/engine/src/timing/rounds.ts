import type { DatabaseClock } from './database-clock.js'
import type { Due, DueTimers } from './due-timers.js'

export interface DealtWith {
  /** How many due times were recorded as dealt with. */
  readonly recorded: number
  /** The next due times of timers that recur. */
  readonly next: readonly Due[]
}

/**
 * Goes through what is due, in the order in which it fell due. The index follows the log a moment later, so what was
 * dealt with is remembered for as long as its row stands: nothing is sent twice in vain, and a row that never moves
 * because its timer's stream is parked costs one look and no command.
 */
export class Rounds {
  #dealt = new Set<string>()
  #scanned = new Date(0)

  constructor(
    private readonly due: DueTimers,
    private readonly clock: DatabaseClock,
  ) {}

  /** Due times dealt with whose rows may still stand. */
  get standing(): number {
    return this.#dealt.size
  }

  /** @returns how many due times were recorded as dealt with. */
  async run(deal: (dues: readonly Due[]) => Promise<DealtWith>, signal: AbortSignal): Promise<number> {
    const standing = new Set<string>()
    let [recorded, place, again]: [number, Due | undefined, readonly Due[]] = [0, undefined, []]
    for (;;) {
      this.#scanned = await this.clock.read()
      const page = await this.due.page(this.#scanned, place)
      for (const due of page) if (this.#dealt.has(keyOf(due))) standing.add(keyOf(due))
      const open = new Map([...page, ...again].map((due) => [keyOf(due), due]))
      for (const key of this.#dealt) open.delete(key)
      const dealt = await deal([...open.values()].toSorted(byTime))
      for (const key of open.keys()) {
        this.#dealt.add(key)
        standing.add(key)
      }
      recorded += dealt.recorded
      place = page.at(-1) ?? place
      const now = this.clock.now().getTime()
      again = dealt.next.filter(({ at }) => Date.parse(at) <= now)
      if (signal.aborted || (page.length < this.due.pageSize && again.length === 0)) break
    }
    this.#dealt = standing
    return recorded
  }

  /** When something is due next that the last round has not seen; Infinity where nothing is. Milliseconds. */
  next(): Promise<number> {
    return this.due.next(this.#scanned)
  }
}

function keyOf({ timer, schedule, occurrence }: Due): string {
  return `${timer}/${schedule}/${occurrence}`
}

function byTime(a: Due, b: Due): number {
  return Date.parse(a.at) - Date.parse(b.at)
}
