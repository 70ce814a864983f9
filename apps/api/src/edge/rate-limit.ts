const windowMs = 1_000

/** So many requests of an address in each second. What it keeps is forgotten with the second. */
export class RateLimit {
  #counts = new Map<string, number>()
  #ends = -Infinity

  constructor(private readonly perSecond: number) {}

  /** Whether one more may come in. `now` in milliseconds of any clock that never goes back. */
  admits(address: string, now: number): boolean {
    if (now >= this.#ends) {
      this.#counts = new Map()
      this.#ends = now + windowMs
    }
    const count = (this.#counts.get(address) ?? 0) + 1
    this.#counts.set(address, count)
    return count <= this.perSecond
  }
}
