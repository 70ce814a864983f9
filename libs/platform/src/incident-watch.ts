import type { Database } from '#database'
import type { Clock, JsonValue } from '#kernel'
import { isLed, type EventMetadata, type Failed, type Leadership } from '#engine'
import { EventStoreDbEventStore, listIncidents, type EventStore, type NoticedIncident } from '#event-store'

/** By which the watches of several processes know of each other. */
const lead = 'log-incidents'

/** What was done to the log past the application, and whether anybody would notice it now. */
export interface LogIncidents {
  /** The newest first. */
  readonly incidents: readonly NoticedIncident[]
  /** Whether a process watches the log; null where it is not kept by an EventStoreDB: nothing is done past that. */
  readonly watched: boolean | null
}

/**
 * Watches in one process at a time. A watch that ends is told like any work that failed, and begun again; for as long
 * as none succeeds, `logIncidents` says that nobody watches.
 */
export class IncidentWatcher {
  readonly #stop = new AbortController()
  #watching: Promise<void> | undefined

  constructor(
    private readonly store: EventStore,
    private readonly leadership: Leadership,
    private readonly failed: Failed,
    private readonly clock: Clock,
  ) {}

  start(): void {
    const { store } = this
    if (!(store instanceof EventStoreDbEventStore)) return
    this.#watching ??= this.leadership.whileLeading(lead, this.#stop.signal, this.failed, (held) =>
      store.watchIncidents(held.signal, { dealtWith: () => held.progressed(), metadataOf: this.#metadataOf }),
    )
  }

  readonly #metadataOf = (id: string): JsonValue => {
    const metadata: EventMetadata = {
      commandId: id,
      transition: 'Notice',
      digest: '',
      actor: 'system',
      agency: null,
      occurredAt: this.clock.now().toISOString(),
      correlationId: id,
      causationId: null,
    }
    return { ...metadata }
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#watching
  }
}

export async function logIncidents(
  store: EventStore,
  database: Database,
  limit?: number,
): Promise<LogIncidents> {
  return { incidents: await listIncidents(store, limit), watched: await isWatched(store, database) }
}

export async function isWatched(store: EventStore, database: Database): Promise<boolean | null> {
  return store instanceof EventStoreDbEventStore ? isLed(database, lead) : null
}
