import { canonicalJson, tidyVietnamese, type Refusal } from '#kernel'
import type { CalendarSource, CalendarYear, SpecialDay } from '../domain/calendar-year.js'
import { parseLocalDate, type LocalDate } from '../local-date.js'
import type { AnnounceYear, ChangeDays, ConfirmYear, DayInput } from './calendar.commands.js'
import type { CalendarEvent } from './calendar.events.js'
import { changedDays } from './calendar-fold.js'
import {
  dateInvalid,
  dayOfOtherYear,
  dayTwice,
  kindOfWrongWeekday,
  nothingChanges,
  nothingToRemove,
  yearConfirmed,
  yearKnown,
  yearNotNext,
  yearNotKnown,
} from './calendar.refusals.js'

type Decision = readonly CalendarEvent[] | Refusal
type Years = readonly CalendarYear[]

export function announceYear(years: Years, command: AnnounceYear): Decision {
  const { year, status } = command
  if (years.some((known) => known.year === year)) return yearKnown(year)
  const [first, last] = [years[0]?.year, years.at(-1)?.year]
  if (first !== undefined && last !== undefined && year !== first - 1 && year !== last + 1)
    return yearNotNext(year, first, last)
  const source = sourceOf(command)
  const days = command.days.map((day) => specialDay(day, source))
  const wrong = badSource(source) ?? badDays(year, days)
  if (wrong !== null) return wrong
  const data = { year, status, source, days: changedDays([], days, []) }
  return [{ type: 'calendar.YearAnnounced', data }]
}

export function changeDays(years: Years, command: ChangeDays): Decision {
  const known = years.find(({ year }) => year === command.year)
  if (known === undefined) return yearNotKnown(command.year)
  const source = sourceOf(command)
  const set = (command.set ?? []).map((day) => specialDay(day, source))
  const removed = [...new Set(command.remove ?? [])].sort()
  const wrong = badSource(source) ?? badDays(command.year, set)
  if (wrong !== null) return wrong
  const twice = removed.find((date) => set.some((day) => day.date === date))
  if (twice !== undefined) return dayTwice(twice)
  const unknown = removed.find((date) => !known.days.some((day) => day.date === date))
  if (unknown !== undefined) return nothingToRemove(unknown)
  const said = new Set(known.days.map((day) => canonicalJson(day)))
  if (removed.length === 0 && set.every((day) => said.has(canonicalJson(day))))
    return nothingChanges(command.year)
  return [{ type: 'calendar.DaysChanged', data: { year: command.year, set, removed, source } }]
}

export function confirmYear(years: Years, command: ConfirmYear): Decision {
  const { year } = command
  const known = years.find((each) => each.year === year)
  if (known === undefined) return yearNotKnown(year)
  if (known.status === 'confirmed') return yearConfirmed(year)
  const source = sourceOf(command)
  return badSource(source) ?? [{ type: 'calendar.YearConfirmed', data: { year, source } }]
}

function sourceOf(from: {
  readonly document: string
  readonly announcedOn?: LocalDate
  readonly confidence?: CalendarSource['confidence']
}): CalendarSource {
  const { document, announcedOn, confidence } = from
  return {
    document: tidyVietnamese(document),
    announcedOn: announcedOn ?? null,
    confidence: confidence ?? 'document',
  }
}

function specialDay(
  { date, kind, name, pairedWith, document, ...own }: DayInput,
  source: CalendarSource,
): SpecialDay {
  return {
    date,
    kind,
    name: tidyVietnamese(name),
    pairedWith: pairedWith ?? null,
    source: document === undefined ? source : sourceOf({ ...own, document }),
  }
}

function badSource({ announcedOn }: CalendarSource): Refusal | null {
  return announcedOn === null || parseLocalDate(announcedOn) !== null ? null : dateInvalid(announcedOn)
}

const saturday = 6
const sunday = 0

/** A day off in lieu stands on a day that is worked otherwise, a made-up day on a Saturday; a holiday on any day. */
function badDays(year: number, days: readonly SpecialDay[]): Refusal | null {
  const seen = new Set<string>()
  for (const { date, kind, pairedWith, source } of days) {
    const wrong = [date, pairedWith].find((each) => each !== null && parseLocalDate(each) === null)
    if (wrong != null) return dateInvalid(wrong)
    if (Number(date.slice(0, 4)) !== year) return dayOfOtherYear(date, year)
    if (seen.has(date)) return dayTwice(date)
    seen.add(date)
    const weekday = new Date(Date.parse(date)).getUTCDay()
    const isWeekend = weekday === saturday || weekday === sunday
    const fits = kind === 'working-saturday' ? weekday === saturday : kind === 'holiday' || !isWeekend
    if (!fits) return kindOfWrongWeekday(date, kind)
    const badOwn = badSource(source)
    if (badOwn !== null) return badOwn
  }
  return null
}
