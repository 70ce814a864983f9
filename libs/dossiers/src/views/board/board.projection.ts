import { calendarWorkflow } from '#calendar/record'
import { foldTouched, type Projection, type Transaction } from '#engine'
import { foldVietnamese } from '#kernel'
import type { RecordedEvent } from '#event-store'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import type { RecordedVersion } from '../../domain/procedure.events.js'
import { procedureWorkflow } from '../../domain/procedure.workflow.js'
import { keepVersions, PinnedVersions } from '../pinned/pinned-versions.js'
import { rowsText } from '../rows-text.js'
import { countChanges, type Place } from './board-counts.js'
import { dossierRow, placeOf, settledDossier, type DossierRow, type SettledDossier } from './board.rows.js'
import {
  addCounts,
  boardPinned,
  createBoard,
  deleteCounts,
  insertNames,
  selectDossierStates,
  selectPlaces,
  upsertAgencies,
  upsertDossiers,
  upsertStates,
} from './board.sql.js'
import { shelfOf } from './shelves.js'

/** Every dossier as it stands, judged by the calendar and the procedure that it has pinned. */
export const boardProjection: Projection = {
  name: 'dossier_board',
  version: 4,
  events: [...calendarWorkflow.eventTypes, ...procedureWorkflow.eventTypes, ...dossierWorkflow.eventTypes],
  create: createBoard,
  rules: [
    calendarWorkflow,
    procedureWorkflow,
    dossierWorkflow,
    settledDossier,
    dossierRow,
    shelfOf,
    countChanges,
    namesOf,
    upsertDossiers,
    upsertAgencies,
    addCounts,
  ],
  async apply(transaction, events) {
    await keepVersions(transaction, boardPinned, events)
    const touched = await foldTouched(dossierWorkflow, events, transaction, selectDossierStates)
    const dossiers = touched.map(settledDossier)
    const names = namesOf(events, dossiers)
    if (names.length > 0) await transaction.query(insertNames, [rowsText(names)])
    if (dossiers.length === 0) return
    const versions = await PinnedVersions.read(
      transaction,
      boardPinned,
      dossiers.filter(({ pin }) => pin !== null),
    )
    await keep(
      transaction,
      dossiers,
      dossiers.map((each) => dossierRow(each, versions)),
    )
  },
}

async function keep(
  transaction: Transaction,
  dossiers: readonly SettledDossier[],
  rows: readonly DossierRow[],
): Promise<void> {
  const before = await transaction.query<Place & Record<string, unknown>>(selectPlaces, [
    rows.map(({ key }) => key),
  ])
  const states = dossiers.map(({ touched: { id: key, state } }) => ({ key, state }))
  await transaction.query(upsertStates, [rowsText(states)])
  const text = rowsText(rows)
  await transaction.query(upsertDossiers, [text])
  await transaction.query(upsertAgencies, [text])
  const changes = countChanges(before.rows, (JSON.parse(text) as DossierRow[]).map(placeOf))
  if (changes.length === 0) return
  const zero = await transaction.query<{ count: object }>(addCounts, [JSON.stringify(changes)])
  if (zero.rows.length > 0)
    await transaction.query(deleteCounts, [JSON.stringify(zero.rows.map(({ count }) => count))])
}

/** What lists find by a text: names of agencies as written, codes and names of procedures. One that was known stays. */
function namesOf(events: readonly RecordedEvent[], dossiers: readonly SettledDossier[]): object[] {
  const names = new Map<string, object>()
  const add = (kind: 'agency' | 'procedure', value: string, text: string): void => {
    const words = foldVietnamese(text)
    names.set(JSON.stringify([kind, value, words]), { kind, value, words })
  }
  for (const { type, data } of events)
    if (type.startsWith(`${procedureWorkflow.name}.`)) {
      const { code, name } = data as unknown as RecordedVersion
      add('procedure', code, `${code} ${name ?? ''}`)
    }
  for (const { touched } of dossiers) {
    for (const [name, id] of Object.entries(touched.state.agencies)) add('agency', id, name)
    for (const { procedure } of touched.state.messages)
      if (procedure !== undefined) add('procedure', procedure, procedure)
  }
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name)
}
