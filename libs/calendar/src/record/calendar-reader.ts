import type { EventStore, RecordedEvent } from '#event-store'
import { RecordedStates, type RecordedState } from '#engine'
import { notFound } from '#kernel'
import { BusinessCalendar } from '../domain/business-calendar.js'
import type { CalendarYear } from '../domain/calendar-year.js'
import { extendedYears } from './calendar-fold.js'
import { seededCalendar } from './calendar-seed.js'
import { calendarWorkflow, type CalendarState } from './calendar.workflow.js'
import { readCalendarSeed } from './seed-file.js'

type Recorded = readonly RecordedState<CalendarState>[]

/** The calendar of the administration of Vietnam. */
export const vietnamCalendar = 'vn'

/**
 * The calendars on record, any version of them. Reads the stream itself, a handful of events a year, and only what is
 * new since the last question: an answer never waits for a view and always knows what was written before it.
 */
export class CalendarReader {
  readonly #states: RecordedStates<CalendarState>
  readonly #calendars = new Map<string, BusinessCalendar>()
  readonly #extended = new Map<string, BusinessCalendar>()

  constructor(private readonly store: Pick<EventStore, 'readStream'>) {
    this.#states = new RecordedStates(calendarWorkflow, store)
  }

  /** As it stands now; null where nothing is on record. */
  async find(name: string = vietnamCalendar): Promise<BusinessCalendar | null> {
    const states = await this.#states.read(name)
    return states.length === 0 ? null : this.#calendar(name, states, states.length)
  }

  /**
   * The version that a deadline pins, such as `vn/3`.
   *
   * @throws RoviecError `calendar-version-unknown`.
   */
  async version(version: string): Promise<BusinessCalendar> {
    const known = this.#calendars.get(version)
    if (known !== undefined) return known
    const { name, number } = parsed(version)
    const states = name === '' ? [] : await this.#states.read(name)
    if (number >= 1 && number <= states.length) return this.#calendar(name, states, number)
    throw versionUnknown(version)
  }

  /**
   * The version that a deadline pins, with the years announced since: see `extendedYears`. Null where nothing is on
   * record. Questions that come while another is being answered share its reading.
   *
   * @throws RoviecError `calendar-version-unknown`.
   */
  async extended(version: string): Promise<BusinessCalendar | null> {
    const { name, number } = parsed(version)
    if (name === '') throw versionUnknown(version)
    const shared = await this.#states.readShared(name)
    // What was written while that reading was under way may be missing in it.
    const states = number > shared.length ? await this.#states.read(name) : shared
    if (states.length === 0) return null
    if (number > states.length) throw versionUnknown(version)
    const key = `${version} as of ${states.length}`
    const known = this.#extended.get(key)
    if (known !== undefined) return known
    const calendar = new BusinessCalendar({
      name,
      number,
      years: extendedYears(states.slice(number - 1).map(({ state }) => state)),
    })
    this.#extended.set(key, calendar)
    return calendar
  }

  /** The record itself, which a transition is decided on. */
  async state(name: string = vietnamCalendar): Promise<CalendarState> {
    return (await this.#states.read(name)).at(-1)?.state ?? calendarWorkflow.initial
  }

  /** What made each version, the first one first. */
  async versions(name: string = vietnamCalendar): Promise<readonly CalendarVersion[]> {
    const [states, events] = [await this.#states.read(name), await this.store.readStream(streamOf(name))]
    return events.flatMap((event, at) => {
      const { year } = event.data as unknown as { readonly year: number }
      const found = states[at]?.state.years.find((each) => each.year === year)
      return found === undefined ? [] : [{ version: `${name}/${at + 1}`, event, year: found }]
    })
  }

  #calendar(name: string, states: Recorded, number: number): BusinessCalendar {
    const version = `${name}/${number}`
    const known = this.#calendars.get(version)
    if (known !== undefined) return known
    const calendar = new BusinessCalendar({ name, number, years: states[number - 1]!.state.years })
    this.#calendars.set(version, calendar)
    return calendar
  }
}

const readers = new WeakMap<object, CalendarReader>()

/** One reader a store, so that each question reads only what is new. */
export function calendarReaderOf(store: Pick<EventStore, 'readStream'>): CalendarReader {
  const reader = readers.get(store) ?? new CalendarReader(store)
  readers.set(store, reader)
  return reader
}

/** The calendar in force; where none is on record, the one that comes with the program. */
export async function calendarInForce(store: Pick<EventStore, 'readStream'>): Promise<BusinessCalendar> {
  return (await calendarReaderOf(store).find()) ?? new BusinessCalendar(seededCalendar(readCalendarSeed()))
}

/** A version and the event that made it; the year as it stood then. */
export interface CalendarVersion {
  readonly version: string
  readonly event: RecordedEvent
  readonly year: CalendarYear
}

/** Name and number; the name empty where the text is no version. */
function parsed(version: string): { readonly name: string; readonly number: number } {
  const [, name = '', digits = ''] = /^([a-z][a-z0-9-]{0,59})\/([1-9]\d{0,5})$/.exec(version) ?? []
  return { name, number: Number(digits) }
}

function streamOf(name: string): string {
  return `${calendarWorkflow.name}-${name}`
}

function versionUnknown(version: string): Error {
  return notFound(
    'calendar-version-unknown',
    {
      vi: `Không có phiên bản lịch làm việc “${version}”. Phiên bản gồm tên và số, ví dụ vn/3.`,
      en: `There is no calendar version ${version}. A version is a name and a number, such as vn/3.`,
    },
    { version },
  )
}
