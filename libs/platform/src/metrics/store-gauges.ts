import { Counter, Gauge, type Registry } from 'prom-client'
import type { Database } from '#database'
import { EventStoreDbEventStore, type EventStore, type EventStoreDbHealth } from '#event-store'

/** Sets what is known of the connections: to PostgreSQL, and to EventStoreDB where that keeps the log. */
export function connectionGauges(registry: Registry, store: EventStore, database: Database): () => void {
  const pool = new Gauge({
    name: 'roviec_pg_pool_connections',
    help: 'Connections of the pool for views and credentials; waiting: callers without one',
    labelNames: ['state'],
    registers: [registry],
  })
  const eventStoreDb = store instanceof EventStoreDbEventStore ? healthGauges(registry) : null
  return () => {
    const { totalCount, idleCount, waitingCount } = database.pool
    pool.set({ state: 'busy' }, totalCount - idleCount)
    pool.set({ state: 'idle' }, idleCount)
    pool.set({ state: 'waiting' }, waitingCount)
    if (store instanceof EventStoreDbEventStore) eventStoreDb?.(store.health())
  }
}

/** The store counts itself: its counters are shown as they stand. */
function healthGauges(registry: Registry): (health: EventStoreDbHealth) => void {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `roviec_eventstoredb_${name}`, help, registers: [registry] })
  const counter = (name: string, help: string): ((value: number) => void) => {
    const shown = new Counter({ name: `roviec_eventstoredb_${name}_total`, help, registers: [registry] })
    return (value) => {
      shown.reset()
      shown.inc(value)
    }
  }
  const listening = gauge('listening', 'Whether the server tells of new events; else a look every 5 s')
  const drops = counter('drops', 'How often the live subscription was lost')
  const reconnects = counter('reconnects', 'How often it was taken up again')
  const retries = counter('page_retries', 'Pages asked for again while the server was away')
  const unknown = counter('appends_unknown', 'Appends whose answer was lost')
  const fellBehind = counter('fell_behind', 'How often a subscription had a whole page before it again')
  const caughtUp = gauge('subscriptions_caught_up', 'Subscriptions of this process that have seen everything')
  const open = gauge('subscriptions', 'Subscriptions of this process')
  const behind = {
    seconds: gauge('subscription_seconds_behind', 'The longest that one of them has not seen everything'),
    bytes: gauge('subscription_bytes_behind', 'The most that one of them is behind'),
    events: gauge('subscription_events_behind', 'The same in events, by what it was given so far'),
  }
  return ({ subscriptions, ...health }) => {
    listening.set(health.listening ? 1 : 0)
    drops(health.drops)
    reconnects(health.reconnects)
    retries(health.pageRetries)
    unknown(health.appendsUnknown)
    fellBehind(health.fellBehind)
    open.set(subscriptions.length)
    caughtUp.set(subscriptions.filter((one) => one.caughtUp).length)
    behind.seconds.set(Math.max(0, ...subscriptions.map((one) => one.secondsBehind)))
    behind.bytes.set(Math.max(0, ...subscriptions.map((one) => Number(one.bytesBehind))))
    behind.events.set(Math.max(0, ...subscriptions.map((one) => one.eventsBehind ?? 0)))
  }
}
