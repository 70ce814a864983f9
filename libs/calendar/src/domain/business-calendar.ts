import { addDays, addMonths, daysInMonth, localDate, parseLocalDate, type LocalDate } from '../local-date.js'
import { notADay, yearUnknown } from './calendar-errors.js'
import type { CalendarData, CalendarYear, SpecialDay } from './calendar-year.js'

const monday = 1
const friday = 5

/**
 * One version of the business calendar, laid out so that every question is answered by looking into an array: how
 * many working days lie before a day, and which day the n-th working day is. A version never changes; several
 * versions may be in use at once.
 *
 * Days are given as `2026-04-15`. Every method throws RoviecError `date-invalid` for what is no day and
 * `calendar-year-unknown` for a day, given or reached, outside the years of the version.
 */
export class BusinessCalendar {
  /** What a deadline pins: `vn/3`. */
  readonly version: string
  readonly firstYear: number
  readonly lastYear: number
  readonly years: readonly CalendarYear[]

  readonly #dates: readonly LocalDate[]
  /** Place in `#dates` of the first day of each month. */
  readonly #months: Int32Array
  /** At each day, and past the last: working days before it. */
  readonly #workingBefore: Int32Array
  /** Places of the working days, in order. */
  readonly #workingDays: Int32Array
  /** At each day, and past the last: days of provisional years before it. */
  readonly #provisionalBefore: Int32Array
  readonly #special: ReadonlyMap<LocalDate, SpecialDay>

  constructor({ name, number, years }: CalendarData) {
    this.version = `${name}/${number}`
    this.years = years
    this.firstYear = years[0]?.year ?? 0
    this.lastYear = years.at(-1)?.year ?? -1
    this.#special = new Map(years.flatMap(({ days }) => days.map((day) => [day.date, day])))
    const { dates, months } = layOut(this.firstYear, this.lastYear)
    this.#dates = dates
    this.#months = months
    this.#workingBefore = countBefore(dates, (date) => isWorked(date, this.#special.get(date)))
    this.#workingDays = placesCounted(this.#workingBefore)
    const provisional = new Set(
      years.filter(({ status }) => status === 'provisional').map(({ year }) => year),
    )
    this.#provisionalBefore = countBefore(dates, (date) => provisional.has(Number(date.slice(0, 4))))
  }

  isWorkingDay(date: LocalDate): boolean {
    return this.#isWorkingAt(this.#placeOf(date))
  }

  /** What the calendar says of the day beyond its weekday; null for an ordinary one. */
  specialDay(date: LocalDate): SpecialDay | null {
    this.#placeOf(date)
    return this.#special.get(date) ?? null
  }

  /**
   * Working days in (from, to]: the first day is not counted, the last is. So late by n = (due, end]. Negative, and
   * counted the other way round, where `to` is earlier.
   */
  workingDaysBetween(from: LocalDate, to: LocalDate): number {
    const start = this.#placeOf(from)
    const end = this.#placeOf(to)
    return this.#workingBefore[end + 1]! - this.#workingBefore[start + 1]!
  }

  /** The n-th working day after the day, which is not counted whether it is worked or not; n from 1. */
  addWorkingDays(date: LocalDate, n: number): LocalDate {
    return this.workingDayAt(this.#workingBefore[this.#placeOf(date) + 1]! + n - 1)
  }

  /** The day itself where it is worked, else the next working day: where a period that ends on a day off ends. */
  rollForward(date: LocalDate): LocalDate {
    return this.workingDayAt(this.#workingBefore[this.#placeOf(date)]!)
  }

  /** Working days of the calendar before the day: the number of the day among them, from 0, where it is worked. */
  workingDaysBefore(date: LocalDate): number {
    return this.#workingBefore[this.#placeOf(date)]!
  }

  /** The working day of that number; see `workingDaysBefore`. */
  workingDayAt(number: number): LocalDate {
    const place = this.#workingDays[number]
    if (place !== undefined) return this.#dates[place]!
    throw this.#outside(number < 0 ? this.firstYear - 1 : this.lastYear + 1)
  }

  /** Calendar days onward, or back where negative. */
  addDays(date: LocalDate, days: number): LocalDate {
    const found = this.#dates[this.#placeOf(date) + days]
    if (found !== undefined) return found
    throw this.#outside(Number(addDays(date, days).slice(0, 4)))
  }

  /** The same day of a later month, or the last day of a shorter one. */
  addMonths(date: LocalDate, months: number): LocalDate {
    this.#placeOf(date)
    const found = addMonths(date, months)
    this.#placeOf(found)
    return found
  }

  /** Whether any day from the one to the other, both included, lies in a provisional year. */
  isProvisional(from: LocalDate, to: LocalDate = from): boolean {
    const start = this.#provisionalBefore[this.#placeOf(from)]!
    return this.#provisionalBefore[this.#placeOf(to) + 1]! > start
  }

  #isWorkingAt(place: number): boolean {
    return this.#workingBefore[place + 1]! > this.#workingBefore[place]!
  }

  /** A day that does not exist, such as 30/02, lands on another one, whose text differs. */
  #placeOf(date: LocalDate): number {
    const year = digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3)
    const month = digit(date, 5) * 10 + digit(date, 6)
    const day = digit(date, 8) * 10 + digit(date, 9)
    const place = this.#months[(year - this.firstYear) * 12 + month - 1]! + day - 1
    if (this.#dates[place] === date) return place
    if (parseLocalDate(date) === null) throw notADay(date)
    throw this.#outside(year)
  }

  #outside(year: number): Error {
    return yearUnknown(this.version, year, this.firstYear, this.lastYear)
  }
}

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - 48
}

function isWorked(date: LocalDate, special: SpecialDay | undefined): boolean {
  if (special !== undefined) return special.kind === 'working-saturday'
  const weekday = weekdayOf(date)
  return weekday >= monday && weekday <= friday
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(Date.parse(date)).getUTCDay()
}

function layOut(firstYear: number, lastYear: number): { dates: LocalDate[]; months: Int32Array } {
  const dates: LocalDate[] = []
  const months = new Int32Array(Math.max(0, lastYear - firstYear + 1) * 12)
  for (let at = 0; at < months.length; at++) {
    const year = firstYear + Math.floor(at / 12)
    const month = (at % 12) + 1
    months[at] = dates.length
    for (let day = 1; day <= daysInMonth(year, month); day++) dates.push(localDate(year, month, day)!)
  }
  return { dates, months }
}

function countBefore(dates: readonly LocalDate[], counts: (date: LocalDate) => boolean): Int32Array {
  const before = new Int32Array(dates.length + 1)
  dates.forEach((date, place) => (before[place + 1] = before[place]! + (counts(date) ? 1 : 0)))
  return before
}

function placesCounted(before: Int32Array): Int32Array {
  const places = new Int32Array(before.at(-1) ?? 0)
  for (let place = 0; place + 1 < before.length; place++)
    if (before[place + 1]! > before[place]!) places[before[place]!] = place
  return places
}
