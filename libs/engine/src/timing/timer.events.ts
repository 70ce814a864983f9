import type { JsonValue } from '#kernel'

/** Whose timer it is: an instance of a process, or an aggregate of a workflow. */
export interface TimerOwner {
  readonly kind: 'process' | 'workflow'
  /** Of the process or the workflow. */
  readonly name: string
  /** Of the instance or the aggregate. */
  readonly id: string
}

/** What happens to occurrences that fell due while nothing ran; see `timer.rule.ts`. */
export type CatchUp = 'once' | 'each' | 'skip'

export type TimerData = { readonly [member: string]: JsonValue }

/**
 * Facts about a timer. Numbers and times are absolute, so that the index of due timers is written from each event
 * alone: `schedule` counts the settings of the timer, `occurrence` the due times of its whole life.
 */
export interface TimerEvents {
  'timer.Scheduled': TimerScheduled
  'timer.Rescheduled': TimerRescheduled
  'timer.Cancelled': TimerCancelled
  'timer.Fired': TimerFired
  'timer.Skipped': TimerSkipped
}

/** What every event says of the timer, so that whoever reacts needs no second look. */
export interface OfTimer {
  readonly owner: TimerOwner
  readonly name: string
  readonly data: TimerData | null
}

export interface TimerScheduled extends OfTimer {
  readonly schedule: number
  readonly occurrence: number
  /** When it is due. ISO instant, UTC. */
  readonly at: string
  /** ISO duration; null: once. */
  readonly every: string | null
  readonly catchUp: CatchUp
}

export interface TimerRescheduled {
  readonly schedule: number
  readonly occurrence: number
  readonly at: string
  readonly reason: string
}

export interface TimerCancelled {
  readonly schedule: number
  readonly reason: string
}

/** One or more due times are dealt with. */
interface Done extends OfTimer {
  readonly schedule: number
  /** The first of them. */
  readonly occurrence: number
  /** When that was due. */
  readonly dueAt: string
  /** How many there are. */
  readonly covers: number
  /** When the timer is due again; null: never. */
  readonly next: string | null
}

export interface TimerFired extends Done {
  /** Of an operator who did not wait for it. */
  readonly reason: string | null
}

export type TimerSkipped = Done
