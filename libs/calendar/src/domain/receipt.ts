import type { BusinessCalendar } from './business-calendar.js'
import { timeNeeded } from './calendar-errors.js'
import type { Moment } from './moment.js'
import { closingTime, type OfficeHours } from './office-hours.js'

const lastHourMs = 3_600_000
/** 15:00: what is received later on the day need not be answered on it. */
const sameDayUntilMs = 15 * 3_600_000

/** Rules about the hour of receipt that a procedure may have. Off unless asked for; pinned by name and version. */
export type ReceiptRule = (typeof receiptRules)[number]

/**
 * - `last-hour/1`: received in the last hour before closing (from 16:00 where an office closes at 17:00) or later
 *   counts as received at the opening of the next working day. A day off has no last hour.
 * - `same-day/1`: of a procedure answered on the day of receipt ("trong ngày"), what is received after 15:00 is due on
 *   the next working day. Other periods do not know it.
 */
export const receiptRules = ['last-hour/1', 'same-day/1'] as const

/** When the period runs from: the moment of receipt, or what a rule takes for it. */
export function countedReceipt(
  calendar: BusinessCalendar,
  hours: OfficeHours,
  received: Moment,
  rules: readonly ReceiptRule[],
): Moment {
  if (!rules.includes('last-hour/1') || !calendar.isWorkingDay(received.date)) return received
  const time = timeOf(received, lastHourText)
  if (time < lastHourFrom(hours)) return received
  return { date: calendar.addWorkingDays(received.date, 1), time: hours.sessions[0].from }
}

export function lastHourFrom(hours: OfficeHours): number {
  return closingTime(hours) - lastHourMs
}

/** Whether the rule moves what was received to the next working day. */
export function isTooLateForSameDay(received: Moment, rules: readonly ReceiptRule[]): boolean {
  return rules.includes('same-day/1') && timeOf(received, sameDayText) > sameDayUntilMs
}

/** @throws RoviecError `time-needed` where only the day is known. */
export function timeOf({ time }: Moment, what: { readonly vi: string; readonly en: string }): number {
  if (time === null) throw timeNeeded(what)
  return time
}

const lastHourText = { vi: 'quy tắc giờ làm việc cuối ngày', en: 'the rule of the last hour' }
const sameDayText = { vi: 'quy tắc giải quyết trong ngày', en: 'the rule of same-day procedures' }
