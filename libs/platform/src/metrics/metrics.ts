import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Database } from '#database'
import { EventStoreDbEventStore, type EventStore } from '#event-store'
import { isWatched } from '../incident-watch.js'
import type { SystemLag } from '../lag-watch.js'
import { processGauges } from './process-gauges.js'
import { viewGauges } from './view-gauges.js'
import { connectionGauges } from './store-gauges.js'

export { engineMeasures } from './engine-measures.js'

export interface Metrics {
  /** Where others add theirs. */
  readonly registry: Registry
  /** Everything in the text format of Prometheus. Answers also when log or views cannot be reached. */
  text(): Promise<string>
}

/** Made before the parts that tell it what happens. */
export function newRegistry(): Registry {
  const registry = new Registry()
  // Memory, CPU, event loop, garbage collection, under the names that dashboards know.
  collectDefaultMetrics({ register: registry })
  return registry
}

export interface Watched {
  readonly store: EventStore
  readonly database: Database
  lag(): Promise<SystemLag>
}

export function openMetrics(registry: Registry, { store, database, lag }: Watched): Metrics {
  const up = new Gauge({
    name: 'roviec_up',
    help: 'Whether log and views can be reached',
    registers: [registry],
  })
  const watched =
    store instanceof EventStoreDbEventStore
      ? new Gauge({
          name: 'roviec_eventstoredb_incidents_watched',
          help: 'Whether a process, this or another, would notice what is done to the log past the application',
          registers: [registry],
        })
      : null
  const setViews = viewGauges(registry, !(store instanceof EventStoreDbEventStore))
  const setProcesses = processGauges(registry)
  const setConnections = connectionGauges(registry, store, database)
  return {
    registry,
    async text() {
      setConnections()
      try {
        const behind = await lag()
        setViews(behind)
        setProcesses(behind)
        watched?.set((await isWatched(store, database)) === true ? 1 : 0)
        up.set(1)
      } catch {
        // The scrape itself must tell that something is wrong.
        up.set(0)
      }
      return registry.metrics()
    },
  }
}
