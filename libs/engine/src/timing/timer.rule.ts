import type { CatchUp } from './timer.events.js'

/** When a timer is due, how often, and what its owner wants of due times that were missed. */
export interface Rhythm {
  /** The next due time. ISO instant. */
  readonly at: string
  readonly every: string | null
  readonly catchUp: CatchUp
}

/**
 * Up to here a fire is on time. Twenty thousand timers of one second are fired within it on a machine of two cores, so
 * that `skip` gives up only what was missed while nothing ran.
 */
const onTimeWithinMs = 60_000

/** Shorter ones would be a load, not a timer. */
export const shortestPeriodMs = 1_000

/** Milliseconds of an ISO duration of weeks, days of 24 hours, hours, minutes and seconds. */
export function periodOf(every: string): number {
  const count = (unit: RegExp): number => Number(unit.exec(every)?.[1] ?? 0)
  const [, time = ''] = every.split('T')
  const inTime = (unit: RegExp): number => Number(unit.exec(time)?.[1] ?? 0)
  const days = count(/(\d+)W/) * 7 + count(/(\d+)D/)
  const minutes = (days * 24 + inTime(/(\d+)H/)) * 60 + inTime(/(\d+)M/)
  return (minutes * 60 + inTime(/(\d+)S/)) * 1_000
}

/** How many due times from `at` on are given up at this moment: none unless the rule is `skip`. */
export function missed({ at, every, catchUp }: Rhythm, now: number): number {
  if (catchUp !== 'skip') return 0
  const period = every === null ? Infinity : periodOf(every)
  const lateBy = now - Math.min(onTimeWithinMs, period) - Date.parse(at)
  if (lateBy <= 0) return 0
  return every === null ? 1 : Math.ceil(lateBy / period)
}

/** How many due times one fire stands for: all that have passed with `once`, else one. */
export function covered({ at, every, catchUp }: Rhythm, now: number): number {
  const late = now - Date.parse(at)
  return catchUp !== 'once' || every === null || late < 0 ? 1 : Math.floor(late / periodOf(every)) + 1
}

/** The due time after so many more; null for a timer without a rhythm. No drift: it does not depend on the fire. */
export function dueAfter({ at, every }: Pick<Rhythm, 'at' | 'every'>, count: number): string | null {
  return every === null ? null : new Date(Date.parse(at) + count * periodOf(every)).toISOString()
}
