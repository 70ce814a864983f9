/** Runs what shares a key one after the other, in the order it came; everything else at the same time. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = keys.flatMap((key) => this.#last.get(key) ?? [])
    const mine = before.length === 0 ? work() : Promise.all(before).then(work)
    const done = mine.then(
      () => undefined,
      () => undefined,
    )
    for (const key of keys) this.#last.set(key, done)
    try {
      return await mine
    } finally {
      for (const key of keys) if (this.#last.get(key) === done) this.#last.delete(key)
    }
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values())
  }
}
