import type { LocalDate } from '../local-date.js'
import type { BusinessCalendar } from './business-calendar.js'
import { formatInstant, type Moment } from './moment.js'
import { usualOfficeHours, type OfficeHours } from './office-hours.js'
import type { Period } from './period.js'
import { countedReceipt, isTooLateForSameDay, timeOf, type ReceiptRule } from './receipt.js'
import { addSessions, addWorkingTime } from './working-time.js'

export interface DueRequest {
  /** When it was received. Hours, half days and the rules of receipt need the time as well. */
  readonly from: Moment
  readonly within: Period
  /** Default: `usualOfficeHours`. */
  readonly hours?: OfficeHours
  /** Default: none. */
  readonly rules?: readonly ReceiptRule[]
}

export interface Due {
  /** The day that may be used to its end, or of hours and half days the instant `2026-04-15T11:30:00+07:00`. */
  readonly due: string
  readonly dueDate: LocalDate
  /** Where the period itself ends; of calendar days and months before it moves on from a day off. */
  readonly unrolled: LocalDate
  /** The version of the calendar to pin with the deadline. */
  readonly calendarVersion: string
  /** Whether a day that the answer rests on lies in a year whose days off are not final. */
  readonly provisional: boolean
}

/**
 * When something received must be done. Civil Code 2015, articles 147 and 148: the day of receipt is not counted,
 * worked or not; a period in calendar days, months or years that ends on a day off ends on the next working day.
 * Working hours run from the instant of receipt over office time.
 *
 * @throws RoviecError `date-invalid`, `calendar-year-unknown`, `time-needed`, `sessions-not-two`.
 */
export function dueOf(calendar: BusinessCalendar, { from, within, hours, rules }: DueRequest): Due {
  const office = hours ?? usualOfficeHours
  const receipt = rules === undefined ? from : countedReceipt(calendar, office, from, rules)
  const end = endOf(calendar, office, receipt, within, rules ?? [])
  const restsFrom = receipt !== from || within.unit === 'same-day' ? from.date : end.restsFrom
  return {
    due: end.time === null ? end.date : formatInstant(end.date, end.time),
    dueDate: end.date,
    unrolled: end.unrolled,
    calendarVersion: calendar.version,
    provisional: calendar.isProvisional(restsFrom, end.date),
  }
}

interface End extends Moment {
  readonly unrolled: LocalDate
  /** The first of the days that were looked up to find the end. */
  readonly restsFrom: LocalDate
}

function endOf(
  calendar: BusinessCalendar,
  office: OfficeHours,
  receipt: Moment,
  within: Period,
  rules: readonly ReceiptRule[],
): End {
  const { date } = receipt
  switch (within.unit) {
    case 'working-days':
      return worked(calendar.addWorkingDays(date, within.amount), null, calendar.addDays(date, 1))
    case 'half-days': {
      const time = timeOf(receipt, { vi: 'thời hạn nửa ngày', en: 'half days' })
      const end = addSessions(calendar, office, { date, time }, within.amount)
      return worked(end.date, end.time, date)
    }
    case 'working-hours': {
      const time = timeOf(receipt, { vi: 'thời hạn theo giờ', en: 'hours' })
      const end = addWorkingTime(calendar, office, { date, time }, within.milliseconds)
      return worked(end.date, end.time, date)
    }
    case 'calendar-days':
      return rolled(calendar, calendar.addDays(date, within.amount))
    case 'months':
      return rolled(calendar, calendar.addMonths(date, within.amount))
    case 'same-day':
      return calendar.isWorkingDay(date) && isTooLateForSameDay(receipt, rules)
        ? rolled(calendar, calendar.addWorkingDays(date, 1))
        : rolled(calendar, date)
  }
}

function worked(date: LocalDate, time: number | null, restsFrom: LocalDate): End {
  return { date, time, unrolled: date, restsFrom }
}

function rolled(calendar: BusinessCalendar, unrolled: LocalDate): End {
  return { date: calendar.rollForward(unrolled), time: null, unrolled, restsFrom: unrolled }
}
