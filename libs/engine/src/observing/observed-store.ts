import type { EventStore, ExpectedRevision, NewEvent, StreamName } from '#event-store'
import type { Measures } from './measures.js'
import { attribute, inSpan } from './spans.js'

/** The store with a span and a measurement for each append; all else is the store's own. */
export function observedAppends(store: EventStore, measures: Measures): EventStore {
  return {
    append: async (stream: StreamName, events: readonly NewEvent[], expected: ExpectedRevision) => {
      const began = performance.now()
      const seconds = (): number => (performance.now() - began) / 1_000
      return inSpan('roviec.append', { [attribute.events]: events.length }, async (span) => {
        try {
          const appended = await store.append(stream, events, expected)
          span.setAttribute(attribute.position, String(appended.position))
          if (events[0] !== undefined) span.setAttribute(attribute.eventId, events[0].id)
          measures.appended(appended.repeated ? 'repeated' : 'written', seconds())
          return appended
        } catch (error) {
          measures.appended('failed', seconds())
          throw error
        }
      })
    },
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    subscribe: (from, options) => store.subscribe(from, options),
    head: () => store.head(),
    close: () => store.close(),
  }
}
