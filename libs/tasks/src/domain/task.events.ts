import type { LocalDate } from '#calendar'
import type { Deadline } from '#deadlines'
import type { Personal } from '#engine/workflow'

/** An agency as the document names it; `agencyId` is null until the name is recognised. */
export interface TaskParty {
  readonly agencyId: string | null
  readonly name: string
  /** "Các sở, ban, ngành": one party until it is expanded on purpose. */
  readonly collective: boolean
}

/** Who gives the task: an agency or an office such as "Chủ tịch UBND tỉnh". */
export interface Assigner {
  readonly agencyId: string | null
  readonly name: string
}

/** A document as cited. Null means unknown so far, never "none". */
export interface TaskDocument {
  /** As written: "Kế hoạch". */
  readonly kind: string | null
  /** `KH`, `QĐ`, `BC`; null for a công văn, which has none. */
  readonly typeCode: string | null
  /** Number and symbol: `71/KH-UBND`. */
  readonly number: string | null
  readonly date: LocalDate | null
  readonly issuer: string | null
  readonly raw: string | null
}

/** A reported fact that breaks a rule is recorded with one of these, and stands in a list until someone accounts for it. */
export type TaskFlag =
  /** The document, report or decision is dated after the deadline in force. */
  | 'after-deadline'
  /** The document is older than the plan that asks for it and than the year the plan is for. */
  | 'older-than-plan'
  /** A decision where a plan was promised. */
  | 'other-kind'
  /** The document or the acceptance is dated later than the day it was recorded. */
  | 'dated-in-future'
  /** The third or a later extension of one deliverable. */
  | 'third-extension'
  /** Completed although no document is recorded. */
  | 'without-evidence'
  /** The one who accepted belongs to the agency that did the work. */
  | 'accepted-by-lead-agency'

/** The plan as it stood when the task was given: evidence is compared with its date. */
export interface PlanReference {
  readonly code: string
  readonly number: string | null
  readonly date: LocalDate | null
  readonly year: number
}

/** A due date that a legal text sets, with the text. Kept beside the plan's own. */
export interface RuleDue {
  readonly due: LocalDate
  readonly source: string
}

export interface AssignedDeliverable {
  /** '1', '2', … in the order of the table. */
  readonly id: string
  readonly product: string
  /** The cell verbatim; null where the cell is empty. */
  readonly deadlineRaw: string | null
  /** As parsed on the day of entry: a later grammar does not rewrite it. */
  readonly deadline: Deadline
  readonly ruleDue: RuleDue | null
  readonly note: string | null
  readonly row: number | null
}

export interface TaskAssigned {
  readonly plan: PlanReference
  readonly section: string
  /** The row's label in the table: a label, not an identity. */
  readonly stt: string
  readonly title: string
  readonly assigner: Assigner
  readonly lead: readonly TaskParty[]
  readonly leadCell: string
  readonly coordinate: readonly TaskParty[]
  readonly coordinateCell: string
  /** Opaque id of the official in charge. */
  readonly responsible: string | null
  readonly deliverables: readonly AssignedDeliverable[]
  /** Every original row verbatim, by heading. */
  readonly cells: readonly Readonly<Record<string, string>>[]
}

interface ExtensionRequested {
  readonly deliverableId: string
  readonly due: LocalDate
  /** The deadline in force that it asks to move. */
  readonly from: LocalDate
  readonly reason: Personal
  /** The agency it is asked for; null where several lead and none of them entered it. */
  readonly agency: string | null
  readonly flags: readonly TaskFlag[]
}

/** One field before and after. `deliverableId` and `evidenceId` say where, null where the task itself is meant. */
export interface TaskChange {
  readonly field: CorrectableField
  readonly deliverableId: string | null
  readonly evidenceId: string | null
  readonly before: unknown
  readonly after: unknown
}

export const correctableFields = [
  'title',
  'assigner',
  'lead',
  'coordinate',
  'responsible',
  'product',
  'deadline',
  'note',
  'ruleDue',
  'condition',
  'extendedDue',
  'document',
  'acceptedOn',
] as const

export type CorrectableField = (typeof correctableFields)[number]

interface OfDeliverable {
  readonly deliverableId: string
}

interface Flagged {
  readonly flags: readonly TaskFlag[]
}

/** What stands in the log of a task, by event type. */
export interface TaskEvents {
  'task.Assigned': TaskAssigned
  'task.Accepted': { readonly responsible: string | null }
  'task.Declined': { readonly reason: Personal }
  'task.Reassigned': {
    readonly lead: readonly TaskParty[]
    readonly coordinate: readonly TaskParty[]
    readonly responsible: string | null
    readonly reason: Personal
  }
  /** Succession of agencies: the work goes on, the name before stays in the events before. */
  'task.HandedOver': {
    readonly from: string
    readonly to: { readonly agencyId: string; readonly name: string }
    readonly decision: string | null
    readonly date: LocalDate
  }
  /** A product that a changed table adds: its number is the next one, so that no other product is renamed. */
  'task.DeliverableAdded': { readonly deliverable: AssignedDeliverable }
  /** A product that is no longer asked for: it counts nowhere from then on, its number is not given again. */
  'task.DeliverableWithdrawn': OfDeliverable & {
    /** The decision that takes it out of the plan. */
    readonly decision: string
    readonly reason: Personal
  }
  'task.Drafted': OfDeliverable & { readonly title: string | null; readonly attachment: string | null }
  'task.Issued': OfDeliverable & Flagged & { readonly evidenceId: string; readonly document: TaskDocument }
  /** What was unknown of a document when it was recorded; null where this event adds nothing. */
  'task.DocumentCompleted': OfDeliverable &
    Flagged & {
      readonly evidenceId: string
      readonly number: string | null
      readonly date: LocalDate | null
      readonly issuer: string | null
    }
  'task.Reported': {
    /** Null for the task as a whole. */
    readonly deliverableId: string | null
    readonly period: string
    readonly summary: Personal
    readonly percentage: number | null
    readonly attachment: string | null
  }
  /** What an `event` deadline waited for has happened; `due` where the text lets a day be derived from it. */
  'task.ConditionMet': OfDeliverable & {
    readonly date: LocalDate
    readonly due: LocalDate | null
    readonly source: string | null
  }
  'task.ExtensionRequested': ExtensionRequested
  'task.ExtensionGranted': OfDeliverable &
    Flagged & { readonly due: LocalDate; readonly from: LocalDate; readonly reason: Personal | null }
  'task.ExtensionRefused': OfDeliverable & { readonly reason: Personal }
  'task.Overdue': OfDeliverable & {
    readonly due: LocalDate
    readonly basis: DueBasis
    readonly deadlineRaw: string | null
  }
  'task.Explained': OfDeliverable & { readonly text: Personal; readonly agency: string | null }
  'task.ExplanationAccepted': OfDeliverable
  'task.ExplanationRejected': OfDeliverable & { readonly reason: Personal }
  'task.ApologyIssued': OfDeliverable & { readonly text: Personal; readonly document: TaskDocument | null }
  'task.Completed': Flagged & {
    readonly deliverableIds: readonly string[]
    /** Day of the acceptance; null where only a note in the table says it is done. */
    readonly acceptedOn: LocalDate | null
    readonly basis: CompletionBasis
  }
  'task.Reopened': { readonly deliverableIds: readonly string[]; readonly reason: Personal }
  'task.Withdrawn': { readonly reason: Personal }
  'task.Corrected': {
    /** Id of the event that said it wrong; it stays as it is. */
    readonly corrects: string
    readonly reason: Personal
    readonly changes: readonly TaskChange[]
  }
}

/** Which of the three due dates was used: they are kept apart and never overwritten. */
export type DueBasis = 'original' | 'extended' | 'rule'

/** `note`: the table's "Đã hoàn thành"/"Đã ban hành"; `acceptance`: the assigner took the result. */
export type CompletionBasis = 'acceptance' | 'note'

/**
 * Fields that hold free text people write about people: sealed whole before they reach the log. Folding and
 * deciding never look at them. Titles, cells and notes are not among them: they are the published decision.
 */
export const taskPersonalFields = {
  'task.Declined': ['reason'],
  'task.Reassigned': ['reason'],
  'task.DeliverableWithdrawn': ['reason'],
  'task.Reported': ['summary'],
  'task.ExtensionRequested': ['reason'],
  'task.ExtensionGranted': ['reason'],
  'task.ExtensionRefused': ['reason'],
  'task.Explained': ['text'],
  'task.ExplanationRejected': ['reason'],
  'task.ApologyIssued': ['text'],
  'task.Reopened': ['reason'],
  'task.Withdrawn': ['reason'],
  'task.Corrected': ['reason'],
} as const satisfies { [Type in keyof TaskEvents]?: readonly (keyof TaskEvents[Type])[] }
