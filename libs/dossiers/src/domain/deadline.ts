import { dueOf, type DueRequest, type LocalDate, type Moment, type Period, type ReceiptRule } from '#calendar'
import type { ProcedureVersion } from './procedure.js'
import type { Rulebook } from './rulebook.js'

/** A due day, and where the period itself ends: in calendar days before it moves on from a day off. */
export interface Deadline {
  readonly date: LocalDate
  readonly unrolled: LocalDate
}

const receiptRules: readonly ReceiptRule[] = ['last-hour/1', 'same-day/1']

/** The whole time of the procedure from its receipt. */
export function statutoryDeadline(rulebook: Rulebook, procedure: ProcedureVersion, from: Moment): Deadline {
  const { dueDate, unrolled } = dueOf(rulebook.calendar, statutoryRequest(rulebook, procedure, from))
  return { date: dueDate, unrolled }
}

/** The question to the calendar. The rules of the last hour hold only where the hour is known. */
export function statutoryRequest(
  { hours }: Rulebook,
  { within, lastHourRule }: ProcedureVersion,
  from: Moment,
): DueRequest {
  const rules = lastHourRule && from.time !== null ? receiptRules : []
  return { from: withHour(from, within), within, hours, rules }
}

/** The day by which a step is done. */
export function stepDeadline({ calendar, hours }: Rulebook, from: Moment, within: Period): Deadline {
  const { dueDate, unrolled } = dueOf(calendar, { from: withHour(from, within), within, hours })
  return { date: dueDate, unrolled }
}

/** Where only the day is known, hours and half days run from its end: nobody is called late on a guess. */
function withHour({ date, time }: Moment, { unit }: Period): Moment {
  const needsHour = unit === 'working-hours' || unit === 'half-days'
  return { date, time: needsHour ? (time ?? lastMillisecond) : time }
}

export const lastMillisecond = 86_399_999

/**
 * The deadline moved by a wait: its days in (from, to] are added, counted as the procedure counts. In calendar days the
 * unrolled end moves and then rolls once. A wait of no such day moves nothing.
 */
export function movedByWait(
  { calendar }: Rulebook,
  within: Period,
  { date, unrolled }: Deadline,
  from: LocalDate,
  to: LocalDate,
): Deadline {
  const days = daysWaited({ calendar }, within, from, to)
  if (days <= 0) return { date, unrolled }
  if (inCalendarDays(within)) {
    const end = calendar.addDays(unrolled, days)
    return { date: calendar.rollForward(end), unrolled: end }
  }
  const end = calendar.addWorkingDays(date, days)
  return { date: end, unrolled: end }
}

/** Days in (from, to] as the procedure counts: working days, or calendar days of one in calendar days or months. */
export function daysWaited(
  { calendar }: Pick<Rulebook, 'calendar'>,
  within: Period,
  from: LocalDate,
  to: LocalDate,
): number {
  if (!inCalendarDays(within)) return calendar.workingDaysBetween(from, to)
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}

export function inCalendarDays({ unit }: Period): boolean {
  return unit === 'calendar-days' || unit === 'months'
}
