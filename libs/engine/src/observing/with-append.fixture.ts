import type { EventStore } from '#event-store'

/** The store with another way of appending: one that fails, hangs or loses its answer. */
export function withAppend(store: EventStore, append: EventStore['append']): EventStore {
  return {
    append,
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    subscribe: (from, options) => store.subscribe(from, options),
    head: () => store.head(),
    close: () => store.close(),
  }
}
