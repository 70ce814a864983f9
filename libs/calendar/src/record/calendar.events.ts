import type { EventOf } from '#engine/workflow'
import type { CalendarSource, CalendarYear, SpecialDay } from '../domain/calendar-year.js'
import type { LocalDate } from '../local-date.js'

/** A year and its days, entered for the first time. */
type YearAnnounced = CalendarYear

/** Days of a known year that came in, changed or fell away: a swap announced later, a correction. */
export interface DaysChanged {
  readonly year: number
  /** Each takes the place of what was said of its day. */
  readonly set: readonly SpecialDay[]
  /** Days that are again what their weekday says. */
  readonly removed: readonly LocalDate[]
  readonly source: CalendarSource
}

export interface YearConfirmed {
  readonly year: number
  readonly source: CalendarSource
}

/** All events of a stream `calendar-<name>`. The n-th of them makes version `<name>/<n>`. */
export interface CalendarEvents {
  'calendar.YearAnnounced': YearAnnounced
  'calendar.DaysChanged': DaysChanged
  'calendar.YearConfirmed': YearConfirmed
}

export type CalendarEvent = EventOf<CalendarEvents>
