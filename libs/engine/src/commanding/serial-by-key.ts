/**
 * Runs work on the same key one after the other, work on different keys side by side. It spares commands of one
 * process on one aggregate the conflicts among themselves; between processes the expected revision decides.
 */
export class SerialByKey {
  readonly #tails = new Map<string, Promise<unknown>>()

  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key)
    const result = before === undefined ? work() : before.then(work, work)
    this.#tails.set(key, result)
    const forget = (): void => {
      if (this.#tails.get(key) === result) this.#tails.delete(key)
    }
    result.then(forget, forget)
    return result
  }
}
