import type { StreamName } from '../port/event-store.js'

/**
 * Event ids kept at most: some 20 MB. What falls out is read again from the server when its stream is next appended to.
 */
const mostIds = 100_000

export interface KnownPlace {
  readonly stream: StreamName
  readonly revision: bigint
}

interface KnownStream {
  readonly ids: string[]
  last: bigint | null
}

/**
 * The event ids of streams lately read or appended to, each from its first event to some revision without a gap.
 * What is known stays true, since streams only grow; what came later is not known. The streams used longest ago go first.
 */
export class KnownStreams {
  readonly #streams = new Map<StreamName, KnownStream>()
  readonly #places = new Map<string, KnownPlace>()

  /** The last revision known, null for a stream known to have had no event; undefined when nothing is known. */
  last(stream: StreamName): bigint | null | undefined {
    const known = this.#streams.get(stream)
    if (!known) return undefined
    this.#streams.delete(stream)
    this.#streams.set(stream, known)
    return known.last
  }

  /** The places of those of these ids that are known. */
  places(ids: readonly string[]): KnownPlace[] {
    return ids.flatMap((id) => this.#places.get(id) ?? [])
  }

  /** Adds what follows on from what is known; anything else is passed over. An empty stretch says that the stream ends there. */
  learn(
    stream: StreamName,
    events: readonly { readonly id: string; readonly revision: bigint }[],
    from: bigint,
  ): void {
    const known = this.#streams.get(stream)
    const next = (known?.last ?? -1n) + 1n
    if (known ? from > next : from > 0n) return
    const { ids, last } = known ?? { ids: [], last: null }
    const learnt: KnownStream = { ids, last }
    for (const { id, revision } of events) {
      if (revision < next) continue
      ids.push(id)
      this.#places.set(id, { stream, revision })
      learnt.last = revision
    }
    this.#streams.delete(stream)
    this.#streams.set(stream, learnt)
    this.#makeRoom(stream)
  }

  forget(stream: StreamName): void {
    for (const id of this.#streams.get(stream)?.ids ?? [])
      if (this.#places.get(id)?.stream === stream) this.#places.delete(id)
    this.#streams.delete(stream)
  }

  #makeRoom(keep: StreamName): void {
    for (const stream of this.#streams.keys()) {
      if (this.#places.size <= mostIds || stream === keep) return
      this.forget(stream)
    }
  }
}
