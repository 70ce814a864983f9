import type { Appended } from '../port/event-store.js'
import type { PreparedAppend } from '../core/prepared-append.js'

export interface PendingAppend {
  readonly asked: PreparedAppend
  resolve(answer: Appended): void
  reject(error: unknown): void
}

/** Keeps one call far from the server's limits, and its neighbours from waiting long for a giant: a larger append goes alone. */
const maxBytes = 4_000_000
const maxAppends = 256

/** Appends that wait for the round trip under way. */
export class AppendQueue {
  #waiting: PendingAppend[] = []

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  push(pending: PendingAppend): void {
    this.#waiting.push(pending)
  }

  /**
   * The appends that go together next, at least one: no two share a stream or an event id, so that each is judged
   * as if it came alone. Whatever shares one waits for its turn; the order within a stream is kept.
   */
  takeBatch(): PendingAppend[] {
    const batch: PendingAppend[] = []
    const later: PendingAppend[] = []
    const taken = new Set<string>()
    let bytes = 0
    let looked = 0
    for (const pending of this.#waiting) {
      const { asked } = pending
      const size = sizeOf(asked)
      if (batch.length > 0 && bytes + size > maxBytes) break
      if (batch.length >= maxAppends || looked >= 2 * maxAppends) break
      looked++
      const names = [asked.stream, ...asked.events.map(({ id }) => id)]
      if (names.some((name) => taken.has(name))) {
        taken.add(asked.stream)
        later.push(pending)
        continue
      }
      for (const name of names) taken.add(name)
      bytes += size
      batch.push(pending)
    }
    this.#waiting = [...later, ...this.#waiting.slice(looked)]
    return batch
  }
}

function sizeOf({ events }: PreparedAppend): number {
  let size = 0
  for (const { dataText, metadataText } of events) size += dataText.length + metadataText.length + 100
  return size
}
