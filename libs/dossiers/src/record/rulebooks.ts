import { BusinessCalendar, usualOfficeHours } from '#calendar'
import {
  calendarInForce,
  calendarReaderOf,
  readCalendarSeed,
  seededCalendar,
  type CalendarReader,
} from '#calendar/record'
import type { EventStore } from '#event-store'
import { procedureCode } from '../domain/assessment.js'
import type { Pin } from '../domain/dossier.events.js'
import type { DossierMessage } from '../domain/dossier.message.js'
import type { DossierState } from '../domain/dossier.state.js'
import { lifeOf } from '../domain/life.js'
import type { ProcedureVersion } from '../domain/procedure.js'
import { currentLaw, type Rulebook } from '../domain/rulebook.js'
import { settleMessages } from '../domain/settle-messages.js'
import { ProcedureReader } from './procedure-reader.js'

/** The rules that dossiers are assessed by, as each has pinned them. */
export class Rulebooks {
  readonly #calendars: CalendarReader
  readonly procedures: ProcedureReader

  constructor(private readonly store: Pick<EventStore, 'readStream'>) {
    this.#calendars = calendarReaderOf(store)
    this.procedures = new ProcedureReader(store)
  }

  calendar(): Promise<BusinessCalendar> {
    return calendarInForce(this.store)
  }

  /**
   * Calendar and procedure as pinned by the acceptance that counts, everything else as on record now; the calendar with
   * the years announced since.
   *
   * @param messages those of the dossier that are known, not settled.
   */
  async of(state: DossierState, messages: readonly DossierMessage[]): Promise<Rulebook> {
    const { events } = settleMessages(messages)
    const pin = pinOf(state, events)
    const calendar = pin === null ? await this.calendar() : await this.#pinnedCalendar(pin.calendar)
    const pinned = procedureCode(events)
    const procedures = new Map<string, readonly ProcedureVersion[]>()
    for (const code of new Set(messages.flatMap(({ procedure }) => procedure ?? []))) {
      const revision = code === pinned ? (pin?.procedure ?? null) : null
      const found = await (revision === null
        ? this.procedures.find(code)
        : this.procedures.revision(code, revision))
      if (found !== null) procedures.set(code, found.versions)
    }
    return { calendar, hours: usualOfficeHours, law: currentLaw, procedures, agencies: state.agencies }
  }

  /** The calendar that comes with the program is pinned where nothing was on record yet, and has a version as well. */
  async #pinnedCalendar(version: string): Promise<BusinessCalendar> {
    const recorded = await this.#calendars.extended(version)
    if (recorded !== null) return recorded
    // Read from a file: only where there is nothing else.
    const seeded = seededCalendar(readCalendarSeed())
    return version === `${seeded.name}/${seeded.number}`
      ? new BusinessCalendar(seeded)
      : this.#calendars.version(version)
  }
}

/**
 * Of the first acceptance that stands after corrections; where that pins no revision of the dossier's procedure, the
 * revision of the first message that names it and has one.
 */
export function pinOf({ messages }: DossierState, settled: readonly DossierMessage[]): Pin | null {
  const { accepted } = lifeOf(settled)
  const pin = messages.find(({ id }) => id === accepted?.id)?.pin
  if (accepted === null || pin === undefined) return null
  const code = procedureCode(settled)
  const { calendar, procedure } = pin
  if ((accepted.procedure ?? pin.code) === code) return { calendar, procedure }
  const naming = messages.find((message) => message.procedure === code && message.pin !== undefined)
  return { calendar, procedure: naming?.pin?.procedure ?? null }
}

const byStore = new WeakMap<object, Rulebooks>()

/** One a store, so that each question reads only what is new. */
export function rulebooksOf(store: Pick<EventStore, 'readStream'>): Rulebooks {
  const known = byStore.get(store) ?? new Rulebooks(store)
  byStore.set(store, known)
  return known
}
