import { Counter, Histogram, type Registry } from 'prom-client'
import type { Measures } from '#engine'

/** From one round trip on the same machine to what a person gives up on. */
const appendBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** From what nobody notices to what was missed while nothing ran. */
const latenessBuckets = [0.1, 0.5, 1, 5, 30, 60, 300, 3_600, 86_400]

/** Counts what the engine tells of. */
export function engineMeasures(registry: Registry): Measures {
  const registers = [registry]
  const commands = new Counter({
    name: 'roviec_commands_total',
    help: 'Commands by what became of them',
    labelNames: ['workflow', 'transition', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'roviec_command_duration_seconds',
    help: 'From taking a command to its outcome',
    labelNames: ['workflow', 'outcome'],
    buckets: appendBuckets,
    registers,
  })
  const appends = new Histogram({
    name: 'roviec_append_duration_seconds',
    help: 'Appends to the log, the wait in the queue included',
    labelNames: ['outcome'],
    buckets: appendBuckets,
    registers,
  })
  const attempts = new Counter({
    name: 'roviec_attempts_total',
    help: 'Refused attempts by whether the log tells of them; failed: each try to write one that failed',
    labelNames: ['outcome'],
    registers,
  })
  const lateness = new Histogram({
    name: 'roviec_timer_lateness_seconds',
    help: 'How long after their time timers were dealt with',
    buckets: latenessBuckets,
    registers,
  })
  return {
    commanded(workflow, transition, outcome, seconds) {
      commands.inc({ workflow, transition, outcome })
      durations.observe({ workflow, outcome }, seconds)
    },
    appended: (outcome, seconds) => appends.observe({ outcome }, seconds),
    attempted: (outcome, count) => attempts.inc({ outcome }, count),
    fired: (secondsLate) => lateness.observe(Math.max(0, secondsLate)),
  }
}
