import { calendarWorkflow, type CalendarState } from '#calendar/record'
import { contextOf, foldTouched, type EventMetadata, type Projection, type Transaction } from '#engine'
import type { RecordedEvent } from '#event-store'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { procedureWorkflow, type ProcedureState } from '../../domain/procedure.workflow.js'
import { procedureKey } from '../../domain/stream-key.js'
import { rowsText } from '../rows-text.js'
import {
  dossierRow,
  pinnedCalendar,
  settledDossier,
  type PinnedVersions,
  type SettledDossier,
} from './board.rows.js'
import {
  createBoard,
  insertCalendars,
  insertProcedures,
  selectCalendars,
  selectDossierStates,
  selectLatestCalendars,
  selectLatestProcedures,
  selectProcedures,
  upsertDossiers,
} from './board.sql.js'

/** Every dossier as it stands, judged by the calendar and the procedure that it has pinned. */
export const boardProjection: Projection = {
  name: 'dossier_board',
  version: 1,
  events: [...calendarWorkflow.eventTypes, ...procedureWorkflow.eventTypes, ...dossierWorkflow.eventTypes],
  create: createBoard,
  async apply(transaction, events) {
    await keepCalendars(transaction, of(events, `${calendarWorkflow.name}-`))
    await keepProcedures(transaction, of(events, `${procedureWorkflow.name}-`))
    const touched = await foldTouched(dossierWorkflow, events, transaction, selectDossierStates)
    if (touched.length === 0) return
    const dossiers = touched.map(settledDossier)
    const versions = await readVersions(transaction, dossiers)
    await transaction.query(upsertDossiers, [rowsText(dossiers.map((each) => dossierRow(each, versions)))])
  },
}

function of(events: readonly RecordedEvent[], prefix: string): readonly RecordedEvent[] {
  return events.filter(({ stream }) => stream.startsWith(prefix))
}

/** A row for each version: a dossier may pin any of them. */
async function keepCalendars(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return
  const known = await transaction.query<{ name: string; state: CalendarState }>(selectLatestCalendars)
  const latest = new Map(known.rows.map(({ name, state }) => [name, state]))
  const rows = events.map((event) => {
    const name = event.stream.slice(calendarWorkflow.name.length + 1)
    const before = latest.get(name) ?? calendarWorkflow.initial
    const state = calendarWorkflow.evolve(
      before,
      event,
      contextOf(event.metadata as unknown as EventMetadata),
    )
    latest.set(name, state)
    return { version: `${name}/${state.number}`, name, number: state.number, state }
  })
  await transaction.query(insertCalendars, [rowsText(rows)])
}

async function keepProcedures(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return
  const keyOf = ({ stream }: RecordedEvent): string => stream.slice(procedureWorkflow.name.length + 1)
  const known = await transaction.query<{ key: string; state: ProcedureState }>(selectLatestProcedures, [
    [...new Set(events.map(keyOf))],
  ])
  const latest = new Map(known.rows.map(({ key, state }) => [key, state]))
  const rows = events.map((event) => {
    const key = keyOf(event)
    const before = latest.get(key) ?? procedureWorkflow.initial
    const state = procedureWorkflow.evolve(
      before,
      event,
      contextOf(event.metadata as unknown as EventMetadata),
    )
    latest.set(key, state)
    return { key, revision: state.revision, state }
  })
  await transaction.query(insertProcedures, [rowsText(rows)])
}

async function readVersions(
  transaction: Transaction,
  dossiers: readonly SettledDossier[],
): Promise<PinnedVersions> {
  const pinned = dossiers.filter(({ pin }) => pin !== null)
  const versions = [...new Set(pinned.map(({ pin }) => pin!.calendar))]
  const calendars = await transaction.query<{
    version: string
    name: string
    number: number
    state: CalendarState
  }>(selectCalendars, [versions])
  const asked = new Map<string, readonly [string, number]>()
  for (const { pin, procedure } of pinned) {
    if (procedure === null || pin!.procedure === null) continue
    const key = procedureKey(procedure)
    asked.set(`${key}/${pin!.procedure}`, [key, pin!.procedure])
  }
  const wanted = [...asked.values()]
  const procedures = await transaction.query<{ key: string; revision: number; state: ProcedureState }>(
    selectProcedures,
    [wanted.map(([key]) => key), wanted.map(([, revision]) => revision)],
  )
  return {
    calendars: new Map(
      calendars.rows.map(({ version, name, number, state }) => [
        version,
        pinnedCalendar(name, number, state),
      ]),
    ),
    procedures: new Map(procedures.rows.map(({ key, revision, state }) => [`${key}/${revision}`, state])),
  }
}
