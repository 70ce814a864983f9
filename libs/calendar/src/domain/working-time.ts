import type { LocalDate } from '../local-date.js'
import type { BusinessCalendar } from './business-calendar.js'
import { invalid } from '#kernel'
import { timeWorked, workedUntil, type OfficeHours } from './office-hours.js'

/** A moment whose time is known. */
export interface TimedMoment {
  readonly date: LocalDate
  /** Milliseconds since midnight at Vietnam's clock. */
  readonly time: number
}

/** Office time from the start of the calendar to the moment, in milliseconds. */
function elapsed(calendar: BusinessCalendar, hours: OfficeHours, { date, time }: TimedMoment): number {
  const today = calendar.isWorkingDay(date) ? workedUntil(hours, time) : 0
  return calendar.workingDaysBefore(date) * hours.perDay + today
}

/** Milliseconds of office time between the moments; negative where `to` is earlier. */
export function workingTimeBetween(
  calendar: BusinessCalendar,
  hours: OfficeHours,
  from: TimedMoment,
  to: TimedMoment,
): number {
  return elapsed(calendar, hours, to) - elapsed(calendar, hours, from)
}

/** The earliest moment by which so much office time (milliseconds, above 0) has passed since the given one. */
export function addWorkingTime(
  calendar: BusinessCalendar,
  hours: OfficeHours,
  from: TimedMoment,
  milliseconds: number,
): TimedMoment {
  const target = elapsed(calendar, hours, from) + milliseconds
  const day = Math.ceil(target / hours.perDay) - 1
  return { date: calendar.workingDayAt(day), time: timeWorked(hours, target - day * hours.perDay) }
}

/**
 * The close of the n-th session after the one of receipt, n from 1. Of a working day the first session lasts until the
 * second opens, so a receipt at noon is of the morning; of a day off both are over, so the next working morning is the
 * first session after it.
 *
 * @throws RoviecError `sessions-not-two`.
 */
export function addSessions(
  calendar: BusinessCalendar,
  { sessions }: OfficeHours,
  from: TimedMoment,
  n: number,
): TimedMoment {
  const [, afternoon, third] = sessions
  if (afternoon === undefined || third !== undefined) throw notTwoSessions()
  const before = calendar.workingDaysBefore(from.date) * 2
  const ofReceipt = calendar.isWorkingDay(from.date)
    ? before + (from.time >= afternoon.from ? 1 : 0)
    : before - 1
  const due = ofReceipt + n
  const session = due % 2 === 0 ? sessions[0] : afternoon
  return { date: calendar.workingDayAt(Math.floor(due / 2)), time: session.to }
}

function notTwoSessions(): Error {
  return invalid('sessions-not-two', {
    vi: 'Chỉ tính được nửa ngày làm việc khi ngày làm việc có hai buổi. Ghi giờ làm việc gồm buổi sáng và buổi chiều.',
    en: 'Half days need office hours of two sessions. Give a morning and an afternoon.',
  })
}
