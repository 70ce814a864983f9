import type { CalendarYear, SpecialDay } from '../domain/calendar-year.js'
import type { LocalDate } from '../local-date.js'
import type { CalendarEvent } from './calendar.events.js'

/** The years of a calendar after one more event. A fact about a year nobody announced changes nothing. */
export function evolveYears(years: readonly CalendarYear[], event: CalendarEvent): readonly CalendarYear[] {
  const { year } = event.data
  switch (event.type) {
    case 'calendar.YearAnnounced': {
      const others = years.filter((known) => known.year !== year)
      return [...others, event.data].sort((a, b) => a.year - b.year)
    }
    case 'calendar.DaysChanged': {
      const { set, removed } = event.data
      return replaced(years, year, (known) => ({ ...known, days: changedDays(known.days, set, removed) }))
    }
    case 'calendar.YearConfirmed': {
      const { source } = event.data
      return replaced(years, year, (known) => ({ ...known, status: 'confirmed', source }))
    }
  }
}

/**
 * The years of a version together with those that it did not know, each as it was first announced: what was pinned
 * stays as it is, and the calendar does not end with it.
 *
 * @param versions the version and all later ones, in order; at least one.
 */
export function extendedYears(
  versions: readonly { readonly years: readonly CalendarYear[] }[],
): readonly CalendarYear[] {
  const years = new Map<number, CalendarYear>()
  for (const version of versions)
    for (const year of version.years) if (!years.has(year.year)) years.set(year.year, year)
  return [...years.values()].sort((a, b) => a.year - b.year)
}

/** In order of date, what is set in the place of what was there. */
export function changedDays(
  days: readonly SpecialDay[],
  set: readonly SpecialDay[],
  removed: readonly LocalDate[],
): readonly SpecialDay[] {
  const byDate = new Map(days.map((day) => [day.date, day]))
  for (const date of removed) byDate.delete(date)
  for (const day of set) byDate.set(day.date, day)
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
}

function replaced(
  years: readonly CalendarYear[],
  year: number,
  change: (known: CalendarYear) => CalendarYear,
): readonly CalendarYear[] {
  return years.map((known) => (known.year === year ? change(known) : known))
}
