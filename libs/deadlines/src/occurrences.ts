import { daysInMonth, lastDayOfMonth, localDate, type LocalDate } from '#calendar'
import type { Deadline, Frequency, Recurrence } from './deadline.js'
import { lastCompliantDayOf } from './resolve.js'

/** One due day of a recurring deadline in a given year. */
export interface Occurrence {
  readonly due: LocalDate
  readonly inclusive: boolean
  readonly lastCompliantDay: LocalDate
  /** The period in Vietnamese: "Quý I/2025", "6 tháng đầu năm 2025". */
  readonly label: string
}

/**
 * The occurrences of a recurring deadline (or of the recurring parts of several) in a calendar year, by due
 * day. Without a written day a period ends on its last day; a day beyond the end of a month is its last day.
 * Empty for every other deadline, for "định kỳ" and "đột xuất" without a period, and where the day within the
 * period could not be read.
 */
export function occurrences(deadline: Deadline, year: number): Occurrence[] {
  if (!Number.isInteger(year) || year < 2 || year > 9999) return []
  const parts = deadline.type === 'several' ? deadline.parts : [deadline]
  return parts
    .flatMap((part) =>
      part.recurrence === null || !isReadable(part) ? [] : ofPart(part, part.recurrence, year),
    )
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}

function isReadable({ type, warnings }: Deadline): boolean {
  return type === 'recurring' && !warnings.some(({ code }) => unreadable.has(code))
}

const unreadable: ReadonlySet<string> = new Set([
  'day-not-modelled',
  'impossible-date',
  'impossible-month',
  'impossible-quarter',
])

function ofPart({ inclusive }: Deadline, recurrence: Recurrence, year: number): Occurrence[] {
  const isInclusive = inclusive ?? true
  return recurrence.frequencies.flatMap((frequency) =>
    periodsOf(frequency, recurrence, year).flatMap(({ month, label }) => {
      const due = dayIn(year, month, recurrence.day)
      const lastCompliantDay = due === null ? null : lastCompliantDayOf(due, isInclusive)
      return due === null || lastCompliantDay === null
        ? []
        : [{ due, inclusive: isInclusive, lastCompliantDay, label }]
    }),
  )
}

function dayIn(year: number, month: number, day: number | null): LocalDate | null {
  return day === null
    ? lastDayOfMonth(year, month)
    : localDate(year, month, Math.min(day, daysInMonth(year, month)))
}

interface Period {
  /** The month in which it is due. */
  readonly month: number
  readonly label: string
}

function periodsOf(frequency: Frequency, { month, quarter }: Recurrence, year: number): Period[] {
  switch (frequency) {
    case 'monthly':
      return Array.from({ length: 12 }, (_, k) => ({ month: k + 1, label: monthLabel(k + 1, year) }))
    case 'quarterly':
      return [1, 2, 3, 4].map((number) => ({ month: number * 3, label: quarterLabel(number, year) }))
    case 'half-yearly':
      return [
        { month: 6, label: `6 tháng đầu năm ${year}` },
        { month: 12, label: `6 tháng cuối năm ${year}` },
      ]
    case 'yearly':
      if (month !== null) return [{ month, label: monthLabel(month, year) }]
      if (quarter !== null) return [{ month: quarter * 3, label: quarterLabel(quarter, year) }]
      return [{ month: 12, label: `Năm ${year}` }]
    case 'ad-hoc':
    case 'unspecified':
      return []
  }
}

function monthLabel(month: number, year: number): string {
  return `Tháng ${String(month).padStart(2, '0')}/${year}`
}

function quarterLabel(quarter: number, year: number): string {
  return `Quý ${['I', 'II', 'III', 'IV'][quarter - 1]}/${year}`
}
