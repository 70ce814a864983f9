/** Wakes those parts of the process that wait, when another has seen in the log what they should look at. */
export class Bell {
  readonly #ears = new Set<() => void>()
  #rung = 0

  /** How often it has rung: who remembers it misses no ring while busy. */
  get rung(): number {
    return this.#rung
  }

  ring(): void {
    this.#rung++
    for (const ear of this.#ears) ear()
  }

  /** Waits for the promise, and no longer than until the next ring: null then. */
  async during<Value>(promise: Promise<Value>): Promise<Value | null> {
    let ear: () => void = () => undefined
    const rung = new Promise<null>((resolve) => (ear = () => resolve(null)))
    this.#ears.add(ear)
    try {
      return await Promise.race([promise, rung])
    } finally {
      this.#ears.delete(ear)
    }
  }
}
