import { BusinessCalendar, usualOfficeHours } from '#calendar'
import { calendarWorkflow, extendedYears, type CalendarState } from '#calendar/record'
import { contextOf, type EventMetadata, type Transaction } from '#engine'
import type { Stateful, Workflow } from '#engine/workflow'
import type { RecordedEvent } from '#event-store'
import type { AgencyIds } from '../../domain/agency-identity.js'
import type { Pin } from '../../domain/dossier.events.js'
import { procedureWorkflow, type ProcedureState } from '../../domain/procedure.workflow.js'
import { currentLaw, type Rulebook } from '../../domain/rulebook.js'
import { procedureKey } from '../../domain/stream-key.js'
import { rowsText } from '../rows-text.js'
import type { PinnedTables } from './pinned.sql.js'

/** A version of a calendar or procedure, and where in the log it came to be. */
interface Place {
  readonly name: string
  readonly number: number
  readonly position: bigint
}

/** What a dossier is judged by, as of an event of it. */
export interface Asked {
  readonly pin: Pin | null
  /** Code of the procedure. */
  readonly procedure: string | null
  /** Of those that the dossier names. */
  readonly agencies: AgencyIds
  readonly position: bigint
}

/** Of the administration of Vietnam: for what has pinned none. */
const usualCalendar = 'vn'

/** Keeps every version that a page brings. Before the dossiers of the page: each names only what was there before it. */
export async function keepVersions(
  transaction: Transaction,
  tables: PinnedTables,
  events: readonly RecordedEvent[],
): Promise<void> {
  const calendars = await folded(calendarWorkflow, events, async (names) => {
    const places = await transaction.query<{ name: string; number: number }>(tables.selectCalendarPlaces)
    const last = newest(places.rows.filter(({ name }) => names.includes(name)))
    const found = await transaction.query<{ name: string; state: CalendarState }>(
      tables.selectCalendars,
      wanted(last),
    )
    return new Map(found.rows.map(({ name, state }) => [name, state]))
  })
  if (calendars.length > 0)
    await transaction.query(tables.insertCalendars, [
      rowsText(
        calendars.map(({ id, position, state }) => ({ name: id, number: state.number, position, state })),
      ),
    ])
  const procedures = await folded(procedureWorkflow, events, async (keys) => {
    const places = await transaction.query<{ key: string; revision: number }>(tables.selectProcedurePlaces, [
      keys,
    ])
    const last = newest(places.rows.map(({ key, revision }) => ({ name: key, number: revision })))
    const found = await transaction.query<{ key: string; state: ProcedureState }>(
      tables.selectProcedures,
      wanted(last),
    )
    return new Map(found.rows.map(({ key, state }) => [key, state]))
  })
  if (procedures.length > 0)
    await transaction.query(tables.insertProcedures, [
      rowsText(
        procedures.map(({ id, position, state }) => ({ key: id, revision: state.revision, position, state })),
      ),
    ])
}

interface Folded<State> {
  readonly id: string
  readonly position: string
  readonly state: State
}

/** One an event, each with all that came before it. */
async function folded<State extends Stateful>(
  workflow: Workflow<State>,
  events: readonly RecordedEvent[],
  read: (ids: readonly string[]) => Promise<Map<string, State>>,
): Promise<readonly Folded<State>[]> {
  const prefix = `${workflow.name}-`
  const own = events.filter(({ stream }) => stream.startsWith(prefix))
  if (own.length === 0) return []
  const idOf = ({ stream }: RecordedEvent): string => stream.slice(prefix.length)
  const states = await read([...new Set(own.map(idOf))])
  return own.map((event) => {
    const id = idOf(event)
    const context = contextOf(event.metadata as unknown as EventMetadata)
    const state = workflow.evolve(states.get(id) ?? workflow.initial, event, context)
    states.set(id, state)
    return { id, position: String(event.position), state }
  })
}

function newest<At extends { readonly name: string; readonly number: number }>(places: readonly At[]): At[] {
  const found = new Map<string, At>()
  for (const place of places)
    if (place.number > (found.get(place.name)?.number ?? 0)) found.set(place.name, place)
  return [...found.values()]
}

function wanted(places: readonly { readonly name: string; readonly number: number }[]): unknown[] {
  return [places.map(({ name }) => name), places.map(({ number }) => number)]
}

/** The versions that the dossiers of a page are judged by: one reading for all of them. */
export class PinnedVersions {
  readonly #calendars = new Map<string, BusinessCalendar>()

  private constructor(
    private readonly places: Places,
    private readonly calendars: ReadonlyMap<string, CalendarState>,
    private readonly procedures: ReadonlyMap<string, ProcedureState>,
  ) {}

  static async read(
    transaction: Transaction,
    tables: PinnedTables,
    asked: readonly Asked[],
  ): Promise<PinnedVersions> {
    const keys = new Set(
      asked.flatMap(({ procedure }) => (procedure === null ? [] : [procedureKey(procedure)])),
    )
    const calendars = await transaction.query<{ name: string; number: number; position: string }>(
      tables.selectCalendarPlaces,
    )
    const procedures = await transaction.query<{ key: string; revision: number; position: string }>(
      tables.selectProcedurePlaces,
      [[...keys]],
    )
    const places = {
      calendars: byName(calendars.rows.map((row) => ({ ...row, position: BigInt(row.position) }))),
      procedures: byName(
        procedures.rows.map(({ key, revision, position }) => ({
          name: key,
          number: revision,
          position: BigInt(position),
        })),
      ),
    }
    const found = asked.map((each) => placesOf(places, each))
    const calendarStates = await transaction.query<{ name: string; number: number; state: CalendarState }>(
      tables.selectCalendars,
      wanted(distinct(found.flatMap(({ calendar }) => calendar))),
    )
    const procedureStates = await transaction.query<{ key: string; revision: number; state: ProcedureState }>(
      tables.selectProcedures,
      wanted(distinct(found.map(({ procedure }) => procedure))),
    )
    return new PinnedVersions(
      places,
      new Map(calendarStates.rows.map(({ name, number, state }) => [`${name}/${number}`, state])),
      new Map(procedureStates.rows.map(({ key, revision, state }) => [`${key}/${revision}`, state])),
    )
  }

  /** Null where no version of the calendar or the procedure is on record. */
  rulebookOf(asked: Asked): Rulebook | null {
    const { calendar: when, procedure: what } = placesOf(this.places, asked)
    const calendar = this.#calendarOf(when)
    const procedure = what && this.procedures.get(`${what.name}/${what.number}`)
    if (!calendar || !procedure) return null
    const procedures = new Map([[procedure.code, procedure.versions]])
    return { calendar, hours: usualOfficeHours, law: currentLaw, procedures, agencies: asked.agencies }
  }

  /** Of the first of the versions, with the years that the later ones brought; undefined where there is none. */
  #calendarOf(versions: readonly Place[]): BusinessCalendar | undefined {
    const [pinned] = versions
    if (pinned === undefined) return undefined
    const { name, number } = pinned
    const key = `${name}/${number} as of ${versions.at(-1)!.number}`
    const known = this.#calendars.get(key)
    if (known !== undefined) return known
    const states = versions.map((version) => this.calendars.get(`${name}/${version.number}`)!)
    const calendar = new BusinessCalendar({ name, number, years: extendedYears(states) })
    this.#calendars.set(key, calendar)
    return calendar
  }
}

type ByName = ReadonlyMap<string, readonly Place[]>

interface Places {
  readonly calendars: ByName
  readonly procedures: ByName
}

function byName(places: readonly Place[]): ByName {
  const found = new Map<string, Place[]>()
  for (const place of places) {
    const same = found.get(place.name)
    if (same === undefined) found.set(place.name, [place])
    else same.push(place)
  }
  return found
}

/**
 * As pinned; where nothing is pinned, the newest that was on record when the event came. Of the calendar also the later
 * versions that were on record by then, in order.
 */
function placesOf(
  { calendars, procedures }: Places,
  { pin, procedure, position }: Asked,
): { readonly calendar: readonly Place[]; readonly procedure: Place | undefined } {
  const before = (places: ByName, name: string): readonly Place[] =>
    (places.get(name) ?? [])
      .filter((place) => place.position < position)
      .toSorted((a, b) => a.number - b.number)
  const pinnedProcedure = pin?.procedure ?? null
  const key = procedure === null ? null : procedureKey(procedure)
  const name = pin === null ? usualCalendar : pin.calendar.slice(0, pin.calendar.lastIndexOf('/'))
  const versions = before(calendars, name)
  const pinned = versions.findIndex(({ number }) => `${name}/${number}` === pin?.calendar)
  return {
    calendar: pin === null ? versions.slice(-1) : pinned < 0 ? [] : versions.slice(pinned),
    procedure:
      key === null
        ? undefined
        : pinnedProcedure === null
          ? before(procedures, key).at(-1)
          : procedures.get(key)?.find(({ number }) => number === pinnedProcedure),
  }
}

function distinct(places: readonly (Place | undefined)[]): Place[] {
  return [...new Set(places)].filter((place) => place !== undefined)
}
