import { localDateOf, type LocalDate } from '#calendar'
import {
  documentIdentity,
  documentKindMatches,
  parseReferences,
  type DocumentKind,
} from '#documents/references'
import type { DocumentInput } from './inputs/evidence.input.js'
import type { PlanReference, TaskDocument, TaskFlag } from './task.events.js'
import { dueInForce, type DeliverableState, type TaskState } from './task.state.js'

/** The document as entered; its kind is read off the symbol where nobody named it: `71/KH-UBND` is a Kế hoạch. */
export function documentOf(input: DocumentInput): TaskDocument {
  const number = input.number ?? null
  const unnamed = input.kind == null && input.typeCode == null && number !== null
  const read = unnamed ? parseReferences(number)[0] : undefined
  return {
    kind: input.kind ?? read?.kind ?? null,
    typeCode: input.typeCode ?? read?.typeCode ?? null,
    number,
    date: input.date ?? null,
    issuer: input.issuer ?? null,
    raw: input.raw ?? null,
  }
}

/** Whether two citations are one document: a part that one of them leaves open does not tell them apart. */
export function sameDocument(one: TaskDocument, other: TaskDocument): boolean {
  const issuersKnown = one.issuer !== null && other.issuer !== null
  const datesKnown = one.date !== null && other.date !== null
  const identity = ({ issuer, number, date }: TaskDocument): string | null =>
    documentIdentity({
      number,
      issuer: issuersKnown ? issuer : null,
      year: datesKnown ? Number(date?.slice(0, 4)) : 0,
    })
  const key = identity(one)
  return key !== null && key === identity(other)
}

/** What is wrong with a document as evidence: told, never a reason not to record it. */
export function documentFlags(
  document: TaskDocument,
  { plan }: TaskState,
  deliverable: DeliverableState,
  now: string,
): TaskFlag[] {
  const { date } = document
  const due = dueInForce(deliverable)?.due ?? null
  const flags: TaskFlag[] = []
  if (date !== null && due !== null && date > due) flags.push('after-deadline')
  if (date !== null && plan !== null && date < evidenceExpectedFrom(plan)) flags.push('older-than-plan')
  if (document.kind !== null && !matches(document.kind, deliverable.product)) flags.push('other-kind')
  if (date !== null && date > localDateOf(now)) flags.push('dated-in-future')
  return flags
}

/**
 * The first day a plan's evidence may bear: documents that are older are told and flagged. It is the first day of the
 * plan's year, or the day of signing where that is earlier.
 *
 * Not the day of signing alone: a plan signed in the middle of its year reports what was done since January, which is
 * what it is for and no reason to ask. All 46 documents of the table of 2025 are older than its decision, of July; only
 * two are of the year before (168/KH-UBND of 25/6/2024, 2819/QĐ-UBND of 27/12/2024), and they are what a person has to
 * look at.
 */
export function evidenceExpectedFrom({ date, year }: Pick<PlanReference, 'date' | 'year'>): LocalDate {
  const firstOfYear = `${year}-01-01`
  return date !== null && date < firstOfYear ? date : firstOfYear
}

/** A kind the grammar does not know matches no promised one. */
function matches(kind: string, product: string): boolean {
  return documentKindMatches({ kind: kind as DocumentKind }, product)
}
