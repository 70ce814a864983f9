import { canonicalJson, deriveId, isRefusal, type JsonValue } from '#kernel'
import type { CalendarData, SourceConfidence, SpecialDayKind, YearStatus } from '../domain/calendar-year.js'
import type { AnnounceYear } from './calendar.commands.js'
import { announceYear } from './calendar.decisions.js'
import { evolveYears } from './calendar-fold.js'

/** A file of reference data: the calendar of a country, year by year. */
export interface CalendarSeed {
  readonly name: string
  /** Sources by a short name, so that each stands once. */
  readonly sources: Readonly<
    Record<
      string,
      {
        readonly document: string
        readonly announcedOn?: string
        readonly confidence: SourceConfidence
      }
    >
  >
  readonly years: readonly SeededYear[]
}

interface SeededYear {
  readonly year: number
  readonly status: YearStatus
  /** A key of `sources`. */
  readonly source: string
  readonly days: readonly SeededDay[]
}

interface SeededDay {
  readonly date: string
  readonly kind: SpecialDayKind
  readonly name: string
  readonly pairedWith?: string
  /** A key of `sources`; left out: that of the year. */
  readonly source?: string
}

/** What the command handler needs but for the actor. */
export interface CalendarSeedCommand {
  readonly id: string
  readonly workflow: 'calendar'
  readonly aggregate: string
  readonly transition: 'AnnounceYear'
  readonly data: JsonValue
}

/**
 * The commands that enter the calendar, a year each, in order. Entered again they repeat themselves; a year that the
 * file says otherwise than before is refused (`year-known`): the record, which the province may have corrected, stands.
 */
export function calendarSeedCommands({ name, sources, years }: CalendarSeed): CalendarSeedCommand[] {
  const from = (key: string): CalendarSeed['sources'][string] => {
    const source = sources[key]
    if (source === undefined) throw new TypeError(`the seed names the source ${key}, which it does not list`)
    return source
  }
  return years.map(({ year, status, source, days }) => {
    const entered = days.map(({ source: own, ...day }) => ({ ...day, ...(own !== undefined && from(own)) }))
    const data = { year, status, ...from(source), days: entered }
    const id = deriveId('calendar.seed', name, canonicalJson(data))
    return { id, workflow: 'calendar', aggregate: name, transition: 'AnnounceYear', data }
  })
}

/** The calendar that a record holds once the file is entered and nothing else: for work without a record. */
export function seededCalendar(seed: CalendarSeed): CalendarData {
  let years: CalendarData['years'] = []
  const commands = calendarSeedCommands(seed)
  for (const { data } of commands) {
    const decided = announceYear(years, data as unknown as AnnounceYear)
    if (isRefusal(decided)) throw new TypeError(`the seed of ${seed.name} is refused: ${decided.text.en}`)
    years = decided.reduce(evolveYears, years)
  }
  return { name: seed.name, number: commands.length, years }
}
