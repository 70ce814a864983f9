import { Temporal } from 'temporal-polyfill'

/** A day without time zone as ISO text, `2025-01-31`: compares as a string, stores as it is. */
export type LocalDate = string

/** Vietnam keeps one offset all year; instants are UTC and shown here. */
export const vietnamTimeZone = 'Asia/Ho_Chi_Minh'

/** Null where the text is not a day of the calendar: `2025-02-30`, `2025-1-1` and other forms give null. */
export function parseLocalDate(text: string): LocalDate | null {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null
  const [century, year] = [twoDigits(text, 0), twoDigits(text, 2)]
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)]
  if (century < 0 || year < 0) return null
  return isDay(century * 100 + year, month, day) ? text : null
}

/** The number that two digits of a text give; -1 where they are none. Dates are read far too often for patterns. */
export function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** Null where no such day exists. */
export function localDate(year: number, month: number, day: number): LocalDate | null {
  if (!isDay(year, month, day)) return null
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return false
  return day <= daysInMonth(year, month)
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function lastDayOfMonth(year: number, month: number): LocalDate {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(daysInMonth(year, month), 2)}`
}

/** Calendar days from one to the other; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}

/** Calendar days in Vietnam from the day it happened to the day it was recorded; 0 for what lay ahead. */
export function backdatedDays(occurredAt: string, recordedAt: Date): number {
  return Math.max(0, daysBetween(localDateOf(occurredAt), localDateOf(recordedAt)))
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return addedByClock(date, days) ?? Temporal.PlainDate.from(date).add({ days }).toString()
}

/** Years that `Date` counts as they are written; it takes those below 100 for the last century's. */
const plainYears = { first: 100, last: 9999 }

/** As UTC instants, ten times as fast; null beyond the plain years. */
function addedByClock(date: LocalDate, days: number): LocalDate | null {
  if (parseLocalDate(date) === null || !Number.isInteger(days)) return null
  const from = Number(date.slice(0, 4))
  const day = new Date(Date.UTC(from, Number(date.slice(5, 7)) - 1, Number(date.slice(8)) + days))
  const year = day.getUTCFullYear()
  const isPlain = from >= plainYears.first && year >= plainYears.first && year <= plainYears.last
  return isPlain
    ? `${year < 1000 ? '0' : ''}${year}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`
    : null
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** The same day of a later month, or the last day of a shorter one: 31/01 + 1 month is 28/02, 29/02 + 12 is 28/02. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const last = lastDayOfMonth(Math.floor(month / 12), (month % 12) + 1)
  return date.slice(8) < last.slice(8) ? `${last.slice(0, 8)}${date.slice(8)}` : last
}

/** The day at Vietnam's clock in which the instant falls. */
export function localDateOf(instant: Date | string): LocalDate {
  const milliseconds = typeof instant === 'string' ? Date.parse(instant) : instant.getTime()
  return new Date(milliseconds + 7 * 3_600_000).toISOString().slice(0, 10)
}

/** `31/01/2025`, as officials read dates. */
export function formatVietnameseDate(date: LocalDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
