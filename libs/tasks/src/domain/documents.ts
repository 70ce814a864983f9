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
  if (date !== null && plan !== null && date < beginningOf(plan)) flags.push('older-than-plan')
  if (document.kind !== null && !matches(document.kind, deliverable.product)) flags.push('other-kind')
  if (date !== null && date > localDateOf(now)) flags.push('dated-in-future')
  return flags
}

/**
 * The first day a plan's evidence may bear: that of its year where the plan was signed later, since a plan signed in
 * July covers what the year has brought before; the day of signing where that is earlier.
 */
function beginningOf({ date, year }: PlanReference): LocalDate {
  const firstOfYear = `${year}-01-01`
  return date !== null && date < firstOfYear ? date : firstOfYear
}

/** A kind the grammar does not know matches no promised one. */
function matches(kind: string, product: string): boolean {
  return documentKindMatches({ kind: kind as DocumentKind }, product)
}
