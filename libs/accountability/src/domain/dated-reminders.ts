import { addDays, type BusinessCalendar, type LocalDate } from '#calendar'
import { RoviecError } from '#kernel'
import type { AccountabilityRule, Reminder, RuleInForce } from './accountability-rule.js'

/** A reminder with its moment. ISO instant. */
export interface DatedReminder extends Reminder {
  readonly at: string
}

/** Reminders of duties that are opened on the day; those beyond the calendar have no day and are left out. */
export function datedReminders(
  calendar: BusinessCalendar,
  { reminders }: AccountabilityRule,
  opened: LocalDate,
): readonly DatedReminder[] {
  return reminders.flatMap((reminder) => {
    const day = ifReckoned(() => calendar.addWorkingDays(opened, reminder.afterDays))
    return day === null ? [] : [{ ...reminder, at: startOf(day) }]
  })
}

/**
 * The day on which it is announced that the due date will be missed, by the version that is in force by then: one that
 * would have announced it before its own first day does so on that day. Null where the day is over when the time
 * begins: what has one day is not announced when it is received.
 *
 * @param began the day on which the time began to run; left out: long ago.
 */
export function announcedOn(
  calendar: BusinessCalendar,
  rules: readonly RuleInForce[],
  due: LocalDate,
  began: LocalDate = '',
): LocalDate | null {
  for (const { rule, until } of rules) {
    let day = addDays(due, -rule.expectedDaysBefore)
    while (!calendar.isWorkingDay(day)) day = addDays(day, -1)
    const announced = day < (rule.validFrom ?? '') ? rule.validFrom! : day
    if (until === null || announced < until) return day > began ? announced : null
  }
  return null
}

/** Null beyond the calendar: what else is known is acted on all the same. */
export function ifReckoned(reckon: () => LocalDate): LocalDate | null {
  try {
    return reckon()
  } catch (error) {
    if (isBeyondCalendar(error)) return null
    throw error
  }
}

export function isBeyondCalendar(error: unknown): error is RoviecError {
  return error instanceof RoviecError && error.code === 'calendar-year-unknown'
}

/** Of a day in Vietnam, as timers write instants. */
export function startOf(day: LocalDate): string {
  return new Date(`${day}T00:00:00+07:00`).toISOString()
}
