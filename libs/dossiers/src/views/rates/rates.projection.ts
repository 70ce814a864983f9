import { calendarWorkflow } from '#calendar/record'
import { contextOf, type EventMetadata, type Projection, type Transaction } from '#engine'
import type { RecordedEvent } from '#event-store'
import type { DossierState } from '../../domain/dossier.state.js'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { dossierFormulas, stepFormulas } from '../../domain/formulas/all-formulas.js'
import { figuresOverTime } from '../../domain/formulas/figures-over-time.js'
import { procedureWorkflow } from '../../domain/procedure.workflow.js'
import { keepVersions, PinnedVersions } from '../pinned/pinned-versions.js'
import { rowsText } from '../rows-text.js'
import { cellsOf, type Cell } from './cells.js'
import { KnownSpans, type SpanRow } from './known-spans.js'
import {
  addSums,
  closeSpans,
  createRates,
  deleteSums,
  insertAgencies,
  insertCells,
  insertSpans,
  moveHead,
  ratesPinned,
  selectCells,
  selectKnownSpans,
  selectStates,
  sumTableOf,
  sumTables,
  type SumTable,
  upsertStates,
} from './rates.sql.js'
import { momentOf, spansOf, type DossierMoment } from './span-rows.js'
import { SpanSums, type SumRow } from './span-sums.js'

const prefix = `${dossierWorkflow.name}-`

/** What every dossier counts for, in every period, as known at every position: rates and the register answer from it. */
export const ratesProjection: Projection = {
  name: 'dossier_rates',
  version: 7,
  events: [...calendarWorkflow.eventTypes, ...procedureWorkflow.eventTypes, ...dossierWorkflow.eventTypes],
  create: createRates,
  rules: [
    calendarWorkflow,
    procedureWorkflow,
    dossierWorkflow,
    ...dossierFormulas.map(({ shareOf }) => shareOf),
    ...stepFormulas.map(({ shareOf }) => shareOf),
    figuresOverTime,
    spansOf,
    String(SpanSums),
    String(KnownSpans),
    cellsOf,
  ],
  async apply(transaction, events) {
    await keepVersions(transaction, ratesPinned, events)
    const told = events.filter(({ stream }) => stream.startsWith(prefix))
    if (told.length > 0) await count(transaction, await momentsOf(transaction, told))
    await transaction.query(moveHead, [String(events.at(-1)!.position)])
  },
}

/** The dossiers of a page as they stood after each event: figures are kept as of every position, not every page. */
async function momentsOf(
  transaction: Transaction,
  events: readonly RecordedEvent[],
): Promise<readonly DossierMoment[]> {
  const keys = [...new Set(events.map(({ stream }) => stream.slice(prefix.length)))]
  const kept = await transaction.query<{ key: string; state: DossierState }>(selectStates, [keys])
  const states = new Map(kept.rows.map(({ key, state }) => [key, state]))
  return events.map((event) => {
    const key = event.stream.slice(prefix.length)
    const context = contextOf(event.metadata as unknown as EventMetadata)
    const state = dossierWorkflow.evolve(states.get(key) ?? dossierWorkflow.initial, event, context)
    states.set(key, state)
    return momentOf(key, state, event)
  })
}

async function count(transaction: Transaction, moments: readonly DossierMoment[]): Promise<void> {
  const states = new Map(moments.map(({ key, state }) => [key, state]))
  const versions = await PinnedVersions.read(transaction, ratesPinned, moments)
  const kept = await transaction.query<{ span: SpanRow }>(selectKnownSpans, [[...states.keys()]])
  const spans = new KnownSpans(kept.rows.map(({ span }) => span))
  for (const moment of moments)
    spans.take(moment.key, spansOf(moment, versions), moment.position, moment.recordedAt)
  if (spans.closed.length > 0) await transaction.query(closeSpans, [rowsText(spans.closed)])
  if (spans.opened.length > 0) await transaction.query(insertSpans, [rowsText(spans.opened)])
  if (spans.cells.length > 0) await transaction.query(insertCells, columnsOf(spans.cells))
  await add(transaction, spans.sums())
  await transaction.query(insertAgencies, [rowsText(agenciesOf(moments))])
  const rows = [...states].map(([key, state]) => ({ key, source: state.source, code: state.code, state }))
  await transaction.query(upsertStates, [rowsText(rows)])
}

async function add(transaction: Transaction, sums: readonly SumRow[]): Promise<void> {
  if (sums.length === 0) return
  // One cell stands in all sums of it.
  const cells = [...new Set(sums.map(({ cell }) => cell))]
  const found = await transaction.query<{ id: number }>(selectCells, columnsOf(cells))
  const ids = new Map(cells.map((cell, at) => [cell, found.rows[at]!.id]))
  for (const { cell, columns } of sums) columns['cell'] = ids.get(cell)
  for (const table of sumTables) {
    const own = sums.filter(({ cell }) => sumTableOf(cell) === table)
    await addTo(
      transaction,
      table,
      own.map(({ columns }) => columns),
    )
  }
}

async function addTo(transaction: Transaction, table: SumTable, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  const zero = await transaction.query<object>(addSums(table), [JSON.stringify(rows)])
  if (zero.rows.length > 0) await transaction.query(deleteSums(table), [JSON.stringify(zero.rows)])
}

function columnsOf(cells: readonly Cell[]): unknown[] {
  return [cells.map(({ kind }) => kind), cells.map(({ first }) => first), cells.map(({ second }) => second)]
}

/** Names as first written, in log order. */
function agenciesOf(moments: readonly DossierMoment[]): object[] {
  const names = new Map<string, string>()
  for (const { state } of moments)
    for (const [name, id] of Object.entries(state.agencies)) if (!names.has(id)) names.set(id, name)
  return [...names].map(([id, name]) => ({ id, name }))
}
