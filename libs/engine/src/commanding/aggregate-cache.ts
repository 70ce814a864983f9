import type { Aggregate } from './aggregate.js'

/** The matters in work on a busy day, and of all that processes have under way at a time, four streams each; at some 10 kB a state this stays within 40 MB. */
const capacity = 4_000

/**
 * Aggregates lately used, the least recently used dropped first. It may be behind the log at any time: the expected
 * revision of the append keeps a stale entry from doing harm.
 */
export class AggregateCache {
  readonly #entries = new Map<string, Aggregate>()

  constructor(private readonly limit: number = capacity) {}

  get(stream: string): Aggregate | undefined {
    const entry = this.#entries.get(stream)
    if (entry === undefined) return undefined
    this.#entries.delete(stream)
    this.#entries.set(stream, entry)
    return entry
  }

  set(stream: string, aggregate: Aggregate): void {
    this.#entries.delete(stream)
    this.#entries.set(stream, aggregate)
    if (this.#entries.size > this.limit) this.#entries.delete(this.#entries.keys().next().value!)
  }
}
