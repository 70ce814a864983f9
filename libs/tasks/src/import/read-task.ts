import { parseNote, parseReferences, type DocumentReference } from '#documents'
import { splitParties } from '#documents'
import { evidenceExpectedFrom } from '../domain/documents.js'
import { deliverablesIn, type DraftDeliverable } from './deliverables-in.js'
import { distributeEvidence } from './distribute-evidence.js'
import { warning, warnings } from './import-warnings.js'
import type { ImportWarning, InterpretedDeliverable, InterpretedTask } from './interpreted-plan.js'
import type { PlanReading } from './plan-reading.js'
import { cellText, tidyLines, type PlanColumn, type PlanRow } from './plan-row.js'

/** The rows of one task: the one with its STT, and those without that follow. */
export interface TaskRows {
  readonly code: string
  readonly section: string
  readonly stt: string
  /** The first has a title or a product, every other one too. */
  readonly rows: readonly PlanRow[]
}

/** Reads a task whose rows are all there. Warnings come in the order of the rows. */
export function readTask(
  { code, section, stt, rows }: TaskRows,
  reading: PlanReading,
): { readonly task: InterpretedTask; readonly warnings: readonly ImportWarning[] } {
  const [first] = rows as readonly [PlanRow]
  const drafts: DraftDeliverable[] = []
  const told: ImportWarning[] = [
    ...aboutTask(first, reading),
    ...rows.slice(1).flatMap(aboutContinuation(first)),
  ]
  for (const row of rows) {
    const read = deliverablesIn(row, reading.year)
    drafts.push(...read.deliverables)
    told.push(...read.warnings)
  }
  told.push(...takeNotes(drafts, reading))
  const task: InterpretedTask = {
    code,
    section,
    stt,
    title: cellText(first, 'title').replaceAll('\n', ' ') || drafts[0]!.product,
    row: first.row,
    leadCell: first.cells.lead ?? '',
    coordinateCell: first.cells.coordinate ?? '',
    deliverables: drafts.map(toDeliverable),
    cells: rows.map((row) => row.original),
  }
  return { task, warnings: told.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)) }
}

function aboutTask(row: PlanRow, reading: PlanReading): ImportWarning[] {
  const told: ImportWarning[] = []
  if (cellText(row, 'title') === '') told.push(warnings.titleMissing(row.row))
  if (cellText(row, 'lead') === '') told.push(warnings.leadMissing(row.row))
  for (const reference of parseReferences(cellText(row, 'title')))
    told.push(...misprints(row.row, reference).filter(({ code }) => code === 'implausible-date'))
  const parties = new Set([
    ...splitParties(row.cells.lead ?? ''),
    ...splitParties(row.cells.coordinate ?? ''),
  ])
  for (const name of reading.resolve === undefined ? [] : parties) {
    const { status } = reading.resolve!(name)
    if (status === 'unknown') told.push(warnings.agencyUnknown(row.row, name))
    if (status === 'ambiguous') told.push(warnings.agencyAmbiguous(row.row, name))
  }
  return told
}

/** A further row inherits nothing and adds nothing but deliverables; what else it says is told, not taken. */
function aboutContinuation(first: PlanRow): (row: PlanRow) => ImportWarning[] {
  const ofTheTask: readonly PlanColumn[] = ['title', 'lead', 'coordinate']
  return (row) =>
    ofTheTask.some((column) => !['', cellText(first, column)].includes(cellText(row, column)))
      ? [warnings.continuationWithOtherCells(row.row)]
      : []
}

/** The same note on several rows of a task is one merged cell: its documents are spread over what it stands on. */
function takeNotes(drafts: readonly DraftDeliverable[], reading: PlanReading): ImportWarning[] {
  const groups = new Map<string, DraftDeliverable[]>()
  for (const draft of drafts) {
    if (draft.note === null) continue
    const key = tidyLines(draft.note)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [draft])
    else group.push(draft)
  }
  const elsewhere = (group: readonly DraftDeliverable[]): DraftDeliverable[] =>
    groups.size === 1 ? [] : drafts.filter((draft) => !group.includes(draft))
  return [...groups].flatMap(([note, group]) => takeNote(note, group, elsewhere(group), reading))
}

function takeNote(
  note: string,
  group: readonly DraftDeliverable[],
  elsewhere: readonly DraftDeliverable[],
  reading: PlanReading,
): ImportWarning[] {
  const { row } = group[0]!
  const { status, references } = parseNote(note)
  const told = references.flatMap((reference) => misprints(row, reference))
  if (status === null) return [...told, ...references.map(({ raw }) => warnings.evidenceNotTaken(row, raw))]
  for (const draft of group) draft.completed = true
  for (const { reference, taker } of distributeEvidence(references, group, elsewhere))
    told.push(warnings.evidenceOtherKind(taker.row, reference.raw, taker.product))
  const from = evidenceExpectedFrom({ date: reading.planDate, year: reading.year })
  for (const draft of group)
    for (const { raw, date } of draft.evidence)
      if (date !== null && date < from) told.push(warnings.evidenceBeforePlan(draft.row, raw, date, from))
  return told
}

function misprints(row: number, { warnings: doubts }: DocumentReference): ImportWarning[] {
  return doubts.map(({ code, text }) =>
    warning(
      row,
      code === 'date-impossible' || code === 'date-implausible' ? 'implausible-date' : 'document-incomplete',
      text,
    ),
  )
}

function toDeliverable(draft: DraftDeliverable, index: number): InterpretedDeliverable {
  const { product, row, deadlineRaw, note, deadline, completed } = draft
  return {
    id: String(index + 1),
    product,
    row,
    deadlineRaw,
    note,
    deadline,
    status: completed ? 'completed' : null,
    evidence: draft.evidence.map(({ kind, typeCode, number, date, issuer, raw }) => ({
      kind,
      typeCode,
      number,
      date,
      issuer,
      raw,
    })),
  }
}
