import { EventStoreDbEventStore, PostgresEventStore, type EventStore } from '#event-store'
import { emptyEventStoreDb } from './eventstoredb/empty-server.js'
import type { TestDatabase } from './test-database.js'

export interface TestLog {
  readonly on: 'postgres' | 'eventstoredb'
  /** For a test's name: what the log lies on. */
  readonly what: string
  /** Answers where an empty log lies; `database` is that of the views, and of the log as well where PostgreSQL has it. */
  start(database: TestDatabase): Promise<{ readonly url: string; stop(): Promise<void> }>
}

const eventStoreDb = emptyEventStoreDb()

/** Every place that a log in production may lie, for `describe.each`: what the engine promises, it promises on each. */
export const testLogs: readonly TestLog[] = [
  {
    on: 'postgres',
    what: 'PostgreSQL',
    start: ({ url }) => Promise.resolve({ url, stop: () => Promise.resolve() }),
  },
  {
    on: 'eventstoredb',
    what: `EventStoreDB, ${eventStoreDb.what}`,
    start: () => eventStoreDb.start(),
  },
]

/** Opens the log at such a URL, here or in another process of the test. */
export function openLog(url: string): Promise<EventStore> {
  return url.startsWith('esdb')
    ? EventStoreDbEventStore.open({ url })
    : PostgresEventStore.open({ connection: url })
}
