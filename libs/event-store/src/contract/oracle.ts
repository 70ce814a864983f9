import type { ExpectedRevision, NewEvent, ReadAllOptions, ReadOptions } from '../port/event-store.js'

interface Row {
  readonly stream: string
  readonly revision: number
  readonly event: NewEvent
}

export type Answer =
  | { readonly appended: readonly [first: number | null, last: number | null]; readonly repeated: boolean }
  | { readonly mismatch: number | null }
  | { readonly taken: true }

/** The event store as slow and obvious as it can be written: what the adapters are held against. */
export class Oracle {
  readonly #rows: Row[] = []

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Answer {
    const places = events.map((one) => this.#rows.find((row) => row.event.id === one.id))
    if (places.some((row) => row !== undefined)) {
      const first = places[0]?.revision ?? -1
      const before = events.every((one, index) => {
        const row = places[index]
        return (
          row?.stream === stream &&
          row.revision === first + index &&
          JSON.stringify(row.event) === JSON.stringify(one)
        )
      })
      return before ? { appended: [first, first + events.length - 1], repeated: true } : { taken: true }
    }
    const length = this.#rows.filter((row) => row.stream === stream).length
    const actual = length === 0 ? null : length - 1
    if (expected === 'no-stream' && actual !== null) return { mismatch: actual }
    if (expected === 'stream-exists' && actual === null) return { mismatch: actual }
    if (typeof expected === 'bigint' && Number(expected) !== actual) return { mismatch: actual }
    events.forEach((one, index) => this.#rows.push({ stream, revision: length + index, event: one }))
    if (events.length === 0) return { appended: [actual, actual], repeated: false }
    return { appended: [length, length + events.length - 1], repeated: false }
  }

  readStream(stream: string, { direction, fromRevision, limit }: ReadOptions): string[] {
    const rows = this.#rows.filter((row) => row.stream === stream)
    const from = fromRevision === undefined ? undefined : Number(fromRevision)
    const chosen =
      direction === 'backward'
        ? rows.filter((row) => from === undefined || row.revision <= from).reverse()
        : rows.filter((row) => from === undefined || row.revision >= from)
    return chosen.slice(0, limit).map((row) => row.event.id)
  }

  /** `after` names the event to start from by its place in the log. */
  readAll({ direction, types, streamPrefix, limit }: ReadAllOptions, place?: number): string[] {
    const rows =
      direction === 'backward'
        ? this.#rows.slice(0, place).reverse()
        : this.#rows.slice(place === undefined ? 0 : place + 1)
    return rows
      .filter((row) => types === undefined || types.includes(row.event.type))
      .filter((row) => streamPrefix === undefined || row.stream.startsWith(streamPrefix))
      .slice(0, limit)
      .map((row) => row.event.id)
  }

  get ids(): string[] {
    return this.#rows.map((row) => row.event.id)
  }
}
