import { nextDay } from './dossier.oracle.test-support.js'
import { testDaysOff, testSaturdays } from './dossier.test-support.js'

/** Months, half days and hours once more, month by month, session by session and minute by minute. */

export function works(day: string): boolean {
  if (testDaysOff.has(day)) return false
  const weekday = new Date(day).getUTCDay()
  return testSaturdays.has(day) || (weekday !== 0 && weekday !== 6)
}

export function dayAfter(from: string, days: number): string {
  let day = from
  for (let left = days; left > 0; left--) day = nextDay(day)
  return day
}

export function workingDayAfter(from: string, count: number): string {
  let day = from
  for (let left = count; left > 0;) {
    day = nextDay(day)
    if (works(day)) left--
  }
  return day
}

export function rolled(from: string): string {
  let day = from
  while (!works(day)) day = nextDay(day)
  return day
}

/** The same day of the month, else the last there is. */
export function monthAfter(from: string, months: number): string {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number)
  for (let tried = day; ; tried--) {
    const found = new Date(Date.UTC(year, month - 1 + months, tried))
    if (found.getUTCDate() === tried) return found.toISOString().slice(0, 10)
  }
}

/** The sessions after that of receipt, one after the other; without an hour from the end of the day. */
export function sessionAfter(from: string, minute: number | null, count: number): string {
  let day = from
  let isAfternoon = minute === null || minute >= 13 * 60 + 30
  for (let left = count; left > 0;) {
    if (isAfternoon) day = nextDay(day)
    isAfternoon = !isAfternoon
    if (works(day)) left--
  }
  return day
}

/** Day and minute at which so many minutes of the office have passed. */
export function officeMinuteAfter(from: string, minute: number, count: number): readonly [string, number] {
  let day = from
  let at = minute
  for (let left = count; left > 0;) {
    const isOpen = (at >= 450 && at < 690) || (at >= 810 && at < 1020)
    if (isOpen && works(day)) left--
    at++
    if (at < 1440 || left === 0) continue
    day = nextDay(day)
    at = 0
  }
  return [day, at]
}
