import { Gauge, type Registry } from 'prom-client'
import type { SystemLag } from '../lag-watch.js'

/** Sets what is known of processes and timers. */
export function processGauges(registry: Registry): (lag: Pick<SystemLag, 'processes' | 'timers'>) => void {
  const gauge = (name: string, help: string, labelNames: readonly string[] = ['process']): Gauge =>
    new Gauge({ name: `roviec_${name}`, help, labelNames: [...labelNames], registers: [registry] })
  const seconds = gauge(
    'process_lag_seconds',
    'Age of the oldest event that the process reacts to and has not taken',
  )
  const events = gauge('process_lag_events', 'Such events; 500 stands for that many or more')
  const led = gauge('process_led', 'Whether a worker leads the process')
  const held = gauge('process_instances_held', 'Instances that stand still until an operator has looked')
  const incidents = gauge('process_incidents', 'Open incidents')
  const due = gauge('timers_due', 'Timers whose time has come and that were not dealt with', [])
  const late = gauge('timers_late_seconds', 'How long ago the first of them was due', [])
  return ({ processes, timers }) => {
    for (const { name, ...process } of processes) {
      const labels = { process: name }
      seconds.set(labels, process.secondsBehind)
      events.set(labels, process.eventsBehind)
      led.set(labels, process.led ? 1 : 0)
      held.set(labels, process.held)
      incidents.set(labels, process.incidents)
    }
    due.set(timers.due)
    late.set(timers.secondsLate)
  }
}
