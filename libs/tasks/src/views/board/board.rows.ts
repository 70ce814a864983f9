import { foldVietnamese } from '#kernel'
import type { Touched } from '#engine'
import { dueDatesOf, type DeliverableState, type TaskState } from '../../domain/task.state.js'

/** A key that counts an agency under one name however the documents spell it: its id, else the name as written. */
export function partyKey(party: { readonly agencyId: string | null; readonly name: string }): string {
  return party.agencyId ?? `name:${party.name}`
}

/** In `parties`: work of a collective lead concerns every agency. */
export const everyAgency = '*'

export function taskRow({ id: code, state, revision, updatedAt }: Touched<TaskState>): object {
  return {
    code,
    plan: state.plan?.code ?? '',
    section: state.section,
    section_order: romanValue(state.section),
    stt_order: Number.parseInt(state.stt, 10) || 0,
    title: state.title,
    status: state.status,
    lead_name: state.lead.map((party) => party.name).join('; '),
    parties: partiesOf(state),
    search: searchText(code, state),
    revision: String(revision),
    updated_at: updatedAt.toISOString(),
    state,
  }
}

export function deliverableRows({ id: code, state }: Touched<TaskState>): object[] {
  return state.deliverables.map((deliverable) => ({
    task: code,
    id: deliverable.id,
    plan: state.plan?.code ?? '',
    section: state.section,
    lead_keys: state.lead.map(partyKey),
    lead_names: state.lead.map((party) => party.name),
    due_original: dueDatesOf(deliverable).original,
    due_extended: dueDatesOf(deliverable).extended,
    due_rule: dueDatesOf(deliverable).rule,
    completed: deliverable.status === 'completed',
    has_evidence: deliverable.evidence.length > 0,
    evidence_on: firstDated(deliverable),
    accepted_on: deliverable.acceptedOn,
    withdrawn: state.status === 'withdrawn',
    explained: deliverable.explanation?.outcome === 'accepted',
  }))
}

/** The date of the first listed document that has one. */
function firstDated(deliverable: DeliverableState): string | null {
  return deliverable.evidence.find((evidence) => evidence.date !== null)?.date ?? null
}

function partiesOf(state: TaskState): string[] {
  const parties = [...state.lead, ...state.coordinate]
  const ids = parties.flatMap((party) => (party.agencyId === null ? [] : [party.agencyId]))
  return parties.some((party) => party.collective) ? [everyAgency, ...ids] : ids
}

function searchText(code: string, state: TaskState): string {
  const texts = [code, state.title, ...state.lead.map((party) => party.name)]
  for (const { product, evidence } of state.deliverables)
    texts.push(product, ...evidence.flatMap(({ number }) => number ?? []))
  return foldVietnamese(texts.join('\n'))
}

const romanDigits: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 }

/** Sections sort by the number they write: VIII before IX. What is no Roman number comes first. */
function romanValue(text: string): number {
  const digits = text
    .toUpperCase()
    .split('')
    .map((letter) => romanDigits[letter] ?? 0)
  return digits.reduce((sum, digit, index) => sum + (digit < (digits[index + 1] ?? 0) ? -digit : digit), 0)
}
