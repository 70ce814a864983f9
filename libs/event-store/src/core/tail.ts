/** Tells those who wait at the end of the log that it has grown. */
export class Tail {
  #turn = 0
  readonly #waiting = new Set<() => void>()

  /** To be taken before reading: whatever is appended after this moment ends a wait for it. */
  get turn(): number {
    return this.#turn
  }

  advance(): void {
    this.#turn++
    for (const wake of this.#waiting) wake()
  }

  /** Resolves when the log has grown since `turn`, or when the signal ends the wait. */
  grownSince(turn: number, signal: AbortSignal): Promise<void> {
    if (this.#turn !== turn || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake)
    })
  }
}
