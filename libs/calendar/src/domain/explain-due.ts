import { formatVietnameseDate, type LocalDate } from '../local-date.js'
import type { BusinessCalendar } from './business-calendar.js'
import { dayReason } from './day-reason.js'
import { dueOf, type Due, type DueRequest } from './due.js'
import { formatTime, type Moment } from './moment.js'
import { usualOfficeHours, workedUntil, type OfficeHours } from './office-hours.js'
import { formatDuration, formatPeriod, type Period } from './period.js'
import { countedReceipt, isTooLateForSameDay, lastHourFrom } from './receipt.js'

/** What became of one day on the way from receipt to deadline. */
export interface DayOfPeriod {
  readonly date: LocalDate
  /** Whether it, or a part of it, was taken off the period. */
  readonly counted: boolean
  /** In Vietnamese, as an official would say it. */
  readonly why: string
}

export interface ExplainedDue extends Due {
  /**
   * In order of date, from receipt to due date. Each day, except of months: there the days between the first counted
   * and the last are left out, as none of them decides anything.
   */
  readonly explanation: readonly DayOfPeriod[]
}

/** As `dueOf`, with the reason day by day. */
export function explainDue(calendar: BusinessCalendar, request: DueRequest): ExplainedDue {
  const due = dueOf(calendar, request)
  const hours = request.hours ?? usualOfficeHours
  const receipt = countedReceipt(calendar, hours, request.from, request.rules ?? [])
  const moved = receipt === request.from ? [] : movedReceipt(calendar, hours, request.from, receipt)
  return { ...due, explanation: [...moved, ...daysOf(calendar, hours, { ...request, from: receipt }, due)] }
}

function movedReceipt(
  calendar: BusinessCalendar,
  hours: OfficeHours,
  from: Moment,
  receipt: Moment,
): DayOfPeriod[] {
  const why = `tiếp nhận từ ${formatTime(lastHourFrom(hours))} trở đi, tính như tiếp nhận ngày ${formatVietnameseDate(receipt.date)}`
  const between = datesAfter(calendar, from.date, receipt.date).slice(0, -1)
  return [{ date: from.date, counted: false, why }, ...between.map((date) => dayOff(calendar, date))]
}

function daysOf(
  calendar: BusinessCalendar,
  hours: OfficeHours,
  request: DueRequest,
  due: Due,
): readonly DayOfPeriod[] {
  const { from, within } = request
  const later = datesAfter(calendar, from.date, due.dueDate)
  switch (within.unit) {
    case 'working-days':
      return [uncounted(from.date), ...workingDays(calendar, later)]
    case 'half-days':
      return halfDays(calendar, hours, from, later, due)
    case 'working-hours':
      return [from.date, ...later].map((date) => workedDay(calendar, hours, from, date, due))
    case 'calendar-days':
    case 'months':
      return [uncounted(from.date), ...calendarDays(calendar, within, later, due)]
    case 'same-day':
      return sameDay(calendar, request, later)
  }
}

function workingDays(calendar: BusinessCalendar, dates: readonly LocalDate[]): DayOfPeriod[] {
  let n = 0
  return dates.map((date) => {
    if (!calendar.isWorkingDay(date)) return dayOff(calendar, date)
    n += 1
    const special = calendar.specialDay(date) === null ? '' : `, ${dayReason(calendar, date)}`
    return { date, counted: true, why: `ngày làm việc thứ ${n}${special}` }
  })
}

function halfDays(
  calendar: BusinessCalendar,
  hours: OfficeHours,
  from: Moment,
  later: readonly LocalDate[],
  due: Due,
): DayOfPeriod[] {
  const inMorning = from.time !== null && from.time < (hours.sessions[1]?.from ?? 0)
  const endsInMorning = due.due.slice(11, 16) === formatTime(hours.sessions[0].to)
  const first = !calendar.isWorkingDay(from.date)
    ? uncounted(from.date)
    : inMorning
      ? { date: from.date, counted: true, why: 'buổi sáng tiếp nhận, không tính; tính buổi chiều' }
      : { date: from.date, counted: false, why: 'buổi chiều tiếp nhận, không tính' }
  const rest = later.map((date) => {
    if (!calendar.isWorkingDay(date)) return dayOff(calendar, date)
    const half = date === due.dueDate && endsInMorning
    return { date, counted: true, why: half ? 'tính buổi sáng' : 'tính buổi sáng và buổi chiều' }
  })
  return [first, ...rest]
}

function workedDay(
  calendar: BusinessCalendar,
  hours: OfficeHours,
  from: Moment,
  date: LocalDate,
  { due, dueDate }: Due,
): DayOfPeriod {
  if (!calendar.isWorkingDay(date)) return dayOff(calendar, date)
  const start = date === from.date ? (from.time ?? 0) : 0
  const end = date === dueDate ? Date.parse(due) - Date.parse(`${dueDate}T00:00:00+07:00`) : 86_400_000
  const worked = workedUntil(hours, end) - workedUntil(hours, start)
  const received = date === from.date ? `, tiếp nhận lúc ${formatTime(start)}` : ''
  return worked === 0
    ? { date, counted: false, why: `hết giờ làm việc${received}` }
    : { date, counted: true, why: `tính ${formatDuration(worked)}${received}` }
}

/** The period to its own end, then the days off that put the end back. */
function calendarDays(
  calendar: BusinessCalendar,
  within: Period,
  dates: readonly LocalDate[],
  { unrolled, dueDate }: Due,
): DayOfPeriod[] {
  const inMonths = within.unit === 'months'
  return dates.flatMap((date, at): DayOfPeriod[] => {
    if (date > unrolled) {
      if (date !== dueDate) return [dayOff(calendar, date)]
      return [{ date, counted: false, why: 'ngày làm việc tiếp theo, là ngày hết hạn' }]
    }
    const end = date === unrolled && unrolled !== dueDate ? `, ${dayReason(calendar, date)}: chuyển hạn` : ''
    if (!inMonths) return [{ date, counted: true, why: `ngày thứ ${at + 1}${end}` }]
    if (date === unrolled) return [{ date, counted: true, why: `tròn ${formatPeriod(within)}${end}` }]
    return at === 0 ? [{ date, counted: true, why: 'ngày bắt đầu tính' }] : []
  })
}

function sameDay(
  calendar: BusinessCalendar,
  { from, rules = [] }: DueRequest,
  later: readonly LocalDate[],
): DayOfPeriod[] {
  const [next, ...rest] = [...later].reverse()
  if (next === undefined)
    return [{ date: from.date, counted: true, why: 'ngày tiếp nhận, giải quyết trong ngày' }]
  const why = !calendar.isWorkingDay(from.date)
    ? dayReason(calendar, from.date)
    : isTooLateForSameDay(from, rules)
      ? 'tiếp nhận sau 15:00, trả kết quả vào ngày làm việc tiếp theo'
      : 'ngày tiếp nhận'
  return [
    { date: from.date, counted: false, why },
    ...rest.reverse().map((date) => dayOff(calendar, date)),
    { date: next, counted: true, why: 'ngày làm việc tiếp theo' },
  ]
}

function uncounted(date: LocalDate): DayOfPeriod {
  return { date, counted: false, why: 'ngày tiếp nhận, không tính' }
}

function dayOff(calendar: BusinessCalendar, date: LocalDate): DayOfPeriod {
  return { date, counted: false, why: dayReason(calendar, date) }
}

/** The days in (from, to]. */
function datesAfter(calendar: BusinessCalendar, from: LocalDate, to: LocalDate): LocalDate[] {
  const dates: LocalDate[] = []
  for (let date = from; date < to; dates.push(date)) date = calendar.addDays(date, 1)
  return dates
}
