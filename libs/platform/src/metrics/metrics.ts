import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { measureLag, type Lag } from '#engine'
import type { Clock } from '#kernel'
import type { Database } from '#database'
import { EventStoreDbEventStore, type EventStore } from '#event-store'
import { viewGauges } from './view-gauges.js'
import { connectionGauges } from './store-gauges.js'

/** Looks at the log and the views at most this often, however many ask. */
const lookAgainMs = 1_000

export { engineMeasures } from './engine-measures.js'

export interface Metrics {
  /** Where others add theirs. */
  readonly registry: Registry
  /** How far the views are behind, at most a second old. Rejects where log or views cannot be reached. */
  lag(): Promise<Lag>
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

export function openMetrics(
  registry: Registry,
  {
    store,
    database,
    clock,
  }: { readonly store: EventStore; readonly database: Database; readonly clock: Clock },
): Metrics {
  const up = new Gauge({
    name: 'roviec_up',
    help: 'Whether log and views can be reached',
    registers: [registry],
  })
  const setViews = viewGauges(registry, !(store instanceof EventStoreDbEventStore))
  const setConnections = connectionGauges(registry, store, database)
  let looked: { readonly at: number; readonly lag: Promise<Lag> } | undefined
  const lag = (): Promise<Lag> => {
    if (looked === undefined || performance.now() - looked.at >= lookAgainMs)
      looked = { at: performance.now(), lag: measureLag(store, database, clock) }
    return looked.lag
  }
  return {
    registry,
    lag,
    async text() {
      setConnections()
      try {
        setViews(await lag())
        up.set(1)
      } catch {
        // The scrape itself must tell that something is wrong.
        up.set(0)
      }
      return registry.metrics()
    },
  }
}
