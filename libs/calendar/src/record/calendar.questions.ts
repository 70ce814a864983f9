import 'reflect-metadata'
import { Transform } from 'class-transformer'
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator'
import { invalid } from '#kernel'
import type { BusinessCalendar } from '../domain/business-calendar.js'
import type { CalendarSource, SpecialDayKind } from '../domain/calendar-year.js'
import { dayReason } from '../domain/day-reason.js'
import type { DueRequest } from '../domain/due.js'
import { explainDue, type ExplainedDue } from '../domain/explain-due.js'
import { parseMoment } from '../domain/moment.js'
import { parseOfficeHours } from '../domain/office-hours.js'
import { parsePeriod } from '../domain/period.js'
import type { ReceiptRule } from '../domain/receipt.js'
import type { LocalDate } from '../local-date.js'

const longestText = 200

/** In an address a flag is a word. */
const flag = Transform(({ value }: { value: unknown }) =>
  value === 'true' || value === '' ? true : value === 'false' ? false : value,
)

/** Working days in (from, to], or in [from, to] with `includeFrom`. Days as 2026-04-15. */
export class CountWorkingDays {
  @IsString() @MaxLength(longestText) from!: string
  @IsString() @MaxLength(longestText) to!: string
  @IsOptional() @flag @IsBoolean() includeFrom?: boolean
}

export class AskDay {
  @IsString() @MaxLength(longestText) date!: string
}

export class AskDue {
  /** A day, or an instant: hours, half days and the rules need the time. Without offset it is Vietnam's clock. */
  @IsString() @MaxLength(longestText) from!: string
  /** As officials write it: "10 ngày làm việc". */
  @IsString() @MaxLength(longestText) within!: string
  /** `07:30-11:30,13:30-17:00`, which is also the default. */
  @IsOptional() @IsString() @MaxLength(longestText) hours?: string
  @IsOptional() @flag @IsBoolean() lastHourRule?: boolean
  @IsOptional() @flag @IsBoolean() sameDayRule?: boolean
}

export interface WorkingDaysCounted {
  readonly count: number
  readonly days: readonly LocalDate[]
  readonly calendarVersion: string
  readonly provisional: boolean
}

export interface DayAnswered {
  readonly date: LocalDate
  readonly working: boolean
  readonly why: string
  /** Null for a day that is what its weekday says, as is `source`. */
  readonly kind: SpecialDayKind | null
  readonly source: CalendarSource | null
  readonly calendarVersion: string
  readonly provisional: boolean
}

/** @throws RoviecError `range-reversed`, `date-invalid`, `calendar-year-unknown`. */
export function countWorkingDays(
  calendar: BusinessCalendar,
  { from, to, includeFrom = false }: CountWorkingDays,
): WorkingDaysCounted {
  const first = calendar.workingDaysBefore(from) + (calendar.isWorkingDay(from) && !includeFrom ? 1 : 0)
  const end = calendar.workingDaysBefore(to) + (calendar.isWorkingDay(to) ? 1 : 0)
  if (to < from) throw rangeReversed(from, to)
  const days = Array.from({ length: Math.max(0, end - first) }, (_, at) => calendar.workingDayAt(first + at))
  const restsFrom = includeFrom || from === to ? from : calendar.addDays(from, 1)
  return {
    count: days.length,
    days,
    calendarVersion: calendar.version,
    provisional: calendar.isProvisional(restsFrom, to),
  }
}

/** @throws RoviecError `date-invalid`, `calendar-year-unknown`. */
export function answerDay(calendar: BusinessCalendar, { date }: AskDay): DayAnswered {
  const special = calendar.specialDay(date)
  return {
    date,
    working: calendar.isWorkingDay(date),
    why: dayReason(calendar, date),
    kind: special?.kind ?? null,
    source: special?.source ?? null,
    calendarVersion: calendar.version,
    provisional: calendar.isProvisional(date),
  }
}

/** @throws RoviecError as `dueOf`, or `moment-invalid`, `period-invalid`, `office-hours-invalid`. */
export function answerDue(calendar: BusinessCalendar, asked: AskDue): ExplainedDue {
  const rules: ReceiptRule[] = []
  if (asked.lastHourRule === true) rules.push('last-hour/1')
  if (asked.sameDayRule === true) rules.push('same-day/1')
  const request: DueRequest = { from: parseMoment(asked.from), within: parsePeriod(asked.within), rules }
  return explainDue(
    calendar,
    asked.hours === undefined ? request : { ...request, hours: parseOfficeHours(asked.hours) },
  )
}

function rangeReversed(from: LocalDate, to: LocalDate): Error {
  return invalid(
    'range-reversed',
    {
      vi: `Ngày kết thúc ${to} trước ngày bắt đầu ${from}. Đổi thứ tự hai ngày.`,
      en: `The end ${to} is before the start ${from}. Swap them.`,
    },
    { from, to },
  )
}
