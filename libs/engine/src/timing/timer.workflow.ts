import { isRefusal, type Refusal } from '#kernel'
import { party } from '../workflow/actor.js'
import { workflow, type EventOf } from '../workflow/workflow.js'
import { CancelTimer, FireTimer, RescheduleTimer, ScheduleTimer, SkipTimer } from './timer.commands.js'
import type { CatchUp, OfTimer, TimerEvents, TimerSkipped } from './timer.events.js'
import {
  moved,
  neverDue,
  notDue,
  notMissed,
  reasonMissing,
  tooLarge,
  tooShort,
  wasMissed,
} from './timer.refusals.js'
import { covered, dueAfter, missed, periodOf, shortestPeriodMs, type Rhythm } from './timer.rule.js'

export interface TimerState {
  readonly status: 'unscheduled' | 'pending' | 'fired' | 'skipped' | 'cancelled'
  /** How often it was set. */
  readonly schedule: number
  /** Number of the next due time, of the last where there is none. */
  readonly occurrence: number
  /** As it was set last; null before. */
  readonly set: (OfTimer & { readonly every: string | null; readonly catchUp: CatchUp }) | null
  /** When it is due; null where it is not pending. */
  readonly at: string | null
}

interface TimerCommands {
  Schedule: ScheduleTimer
  Reschedule: RescheduleTimer
  Cancel: CancelTimer
  Fire: FireTimer
  Skip: SkipTimer
}

const operator = party<TimerState>('operator', { vi: 'người vận hành hệ thống', en: 'operator' }, (actor) =>
  actor.roles.includes('operator'),
)
const system = party<TimerState>('system', { vi: 'hệ thống', en: 'system' }, (actor) =>
  actor.roles.includes('system'),
)

const one = <Type extends keyof TimerEvents>(type: Type, data: TimerEvents[Type]): EventOf<TimerEvents>[] => [
  { type, data } as EventOf<TimerEvents>,
]

/** What comes back with a fire is a reminder, not a document. */
const largestData = 4_000

/** A time as the log keeps it; a refusal for one that no calendar has. */
function instantOf(at: string): string | Refusal {
  const milliseconds = Date.parse(at)
  // The 30th of February would be taken for the 2nd of March.
  const day = at.slice(0, 'yyyy-mm-dd'.length)
  const isDay = new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true
  return Number.isNaN(milliseconds) || !isDay ? neverDue(at) : new Date(milliseconds).toISOString()
}

/** Only the due time that is next can be meant: whoever else decided first has moved it. */
function otherThan(state: TimerState, command: { schedule?: number; occurrence?: number }): Refusal | null {
  const isNext = command.schedule === state.schedule && command.occurrence === state.occurrence
  return isNext ? null : moved(state)
}

/** A pending timer has been set and has a due time. */
function pending({ set, at }: TimerState): NonNullable<TimerState['set']> & { readonly at: string } {
  return { ...set!, at: at! }
}

/** The system waits for the due time, and gives up those that the rule gives up. */
function outOfTime(timer: Rhythm, now: number): Refusal | null {
  if (now < Date.parse(timer.at)) return notDue(timer.at)
  return missed(timer, now) > 0 ? wasMissed(timer.at) : null
}

function done(state: TimerState, covers: number): TimerSkipped {
  const { owner, name, data, ...rhythm } = pending(state)
  const { schedule, occurrence } = state
  const next = dueAfter(rhythm, covers)
  return { schedule, occurrence, dueAt: rhythm.at, covers, next, owner, name, data }
}

function after<Status extends 'fired' | 'skipped'>(status: Status) {
  return (state: TimerState, { occurrence, covers, next }: TimerEvents['timer.Fired' | 'timer.Skipped']) =>
    next === null
      ? ({ ...state, status, at: null } as const)
      : ({ ...state, status: 'pending', occurrence: occurrence + covers, at: next } as const)
}

/**
 * A point in time that comes about, whoever runs by then. One stream each, so that a fire and a cancellation meet at
 * the stream's revision: one wins, the other is refused and told why.
 */
export const timerWorkflow = workflow<TimerState, TimerCommands, TimerEvents>({
  name: 'timer',
  initial: { status: 'unscheduled', schedule: 0, occurrence: 0, set: null, at: null },
  statuses: {
    unscheduled: { vi: 'chưa đặt', en: 'unscheduled' },
    pending: { vi: 'đang chờ', en: 'pending' },
    fired: { vi: 'đã đến hạn', en: 'fired' },
    skipped: { vi: 'đã bỏ qua', en: 'skipped' },
    cancelled: { vi: 'đã hủy', en: 'cancelled' },
  },
  transitions: {
    Schedule: {
      text: { vi: 'Đặt hẹn giờ', en: 'Schedule' },
      input: ScheduleTimer,
      from: ['unscheduled', 'fired', 'skipped', 'cancelled'],
      by: [system, operator],
      to: ['pending'],
      decide: ({ command, state }) => {
        const { owner, name, every = null, catchUp, data = null } = command
        const at = instantOf(command.at)
        if (isRefusal(at)) return at
        if (every !== null && periodOf(every) < shortestPeriodMs) return tooShort(every)
        if (data !== null && JSON.stringify(data).length > largestData) return tooLarge(largestData)
        const [schedule, occurrence] = [state.schedule + 1, state.occurrence + 1]
        return one('timer.Scheduled', { schedule, occurrence, owner, name, at, every, catchUp, data })
      },
    },
    Reschedule: {
      text: { vi: 'Dời hẹn giờ', en: 'Reschedule' },
      input: RescheduleTimer,
      from: ['pending'],
      by: [system, operator],
      to: ['pending'],
      decide: ({ command, state: { schedule, occurrence } }) => {
        const at = instantOf(command.at)
        if (isRefusal(at)) return at
        const { reason } = command
        return one('timer.Rescheduled', { schedule: schedule + 1, occurrence, at, reason })
      },
    },
    Cancel: {
      text: { vi: 'Hủy hẹn giờ', en: 'Cancel' },
      input: CancelTimer,
      from: ['pending'],
      by: [system, operator],
      to: ['cancelled'],
      decide: ({ command: { reason }, state: { schedule } }) => one('timer.Cancelled', { schedule, reason }),
    },
    Fire: {
      text: { vi: 'Kích hoạt hẹn giờ', en: 'Fire' },
      input: FireTimer,
      from: ['pending'],
      by: [system, operator],
      to: ['pending', 'fired'],
      decide: ({ command, state, actor, now }) => {
        const { schedule, occurrence, reason = null } = command
        const [timer, moment] = [pending(state), Date.parse(now)]
        const fired = one('timer.Fired', { ...done(state, covered(timer, moment)), reason })
        const isNamed = schedule !== undefined || occurrence !== undefined
        if (reason !== null) return (isNamed ? otherThan(state, command) : null) ?? fired
        if (!actor.roles.includes('system')) return reasonMissing()
        return otherThan(state, command) ?? outOfTime(timer, moment) ?? fired
      },
    },
    Skip: {
      text: { vi: 'Bỏ qua lần hẹn đã lỡ', en: 'Skip' },
      input: SkipTimer,
      from: ['pending'],
      by: [system],
      to: ['pending', 'skipped'],
      decide: ({ command, state, now }) => {
        const count = missed(pending(state), Date.parse(now))
        return (
          otherThan(state, command) ??
          (count > 0 ? one('timer.Skipped', done(state, count)) : notMissed(state.at!))
        )
      },
    },
  },
  evolve: {
    'timer.Scheduled': (_state, { schedule, occurrence, at, ...set }) => {
      const { owner, name, data, every, catchUp } = set
      return { status: 'pending', schedule, occurrence, set: { owner, name, data, every, catchUp }, at }
    },
    'timer.Rescheduled': (state, { schedule, occurrence, at }) => ({ ...state, schedule, occurrence, at }),
    'timer.Cancelled': (state) => ({ ...state, status: 'cancelled', at: null }),
    'timer.Fired': after('fired'),
    'timer.Skipped': after('skipped'),
  },
})
