import { Gauge, type Registry } from 'prom-client'
import type { Lag } from '#engine'

const labelNames = ['projection', 'version', 'build', 'standing'] as const
const states = ['booting', 'active', 'paused', 'error', 'retired'] as const

/** Sets what is known of the views. `gapless` says that positions of the log count events. */
export function viewGauges(registry: Registry, gapless: boolean): (lag: Lag) => void {
  const gauge = (name: string, help: string, more: readonly string[] = []): Gauge =>
    new Gauge({ name, help, labelNames: [...labelNames, ...more], registers: [registry] })
  const seconds = gauge('roviec_projection_lag_seconds', 'Age of the oldest event that the view has not seen')
  const parked = gauge('roviec_projection_parked_streams', 'Streams that stand still in the view')
  const state = gauge('roviec_projection_state', '1 for the state the view is in', ['state'])
  const led = gauge('roviec_projection_led', 'Whether a worker holds the lease of the view')
  const events = gauge(
    'roviec_projection_lag_events',
    'Events that the view has not seen; beyond 500 an estimate where the log is an EventStoreDB',
  )
  const head = gapless
    ? new Gauge({ name: 'roviec_log_events', help: 'Events in the log', registers: [registry] })
    : null
  return ({ head: end, views }) => {
    for (const one of [seconds, parked, state, led, events]) one.reset()
    head?.set(Number(end))
    for (const { name, version, build, standing, ...view } of views) {
      const labels = { projection: name, version, build, standing }
      seconds.set(labels, view.secondsBehind)
      parked.set(labels, view.parked)
      led.set(labels, view.led ? 1 : 0)
      events.set(labels, view.eventsBehind)
      for (const one of states) state.set({ ...labels, state: one }, view.state === one ? 1 : 0)
    }
  }
}
