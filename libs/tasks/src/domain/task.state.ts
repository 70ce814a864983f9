import type { LocalDate } from '#calendar'
import type { Deadline } from '#deadlines'
import type {
  Assigner,
  CompletionBasis,
  DueBasis,
  PlanReference,
  RuleDue,
  TaskDocument,
  TaskFlag,
  TaskParty,
} from './task.events.js'

export type TaskStatus =
  | 'absent'
  | 'assigned'
  | 'accepted'
  | 'declined'
  | 'drafted'
  | 'issued'
  | 'completed'
  | 'withdrawn'

export interface Evidence extends TaskDocument {
  /** '1', '2', … within the deliverable, in the order of entry; never given twice. */
  readonly id: string
}

export interface DeliverableState {
  readonly id: string
  readonly product: string
  readonly deadlineRaw: string | null
  readonly deadline: Deadline
  /** Null until the deadline's condition is recorded. */
  readonly condition: { readonly date: LocalDate; readonly due: LocalDate | null } | null
  readonly extendedDue: LocalDate | null
  readonly ruleDue: RuleDue | null
  readonly drafts: number
  /** In listed order: the first with a date decides the verdict. */
  readonly evidence: readonly Evidence[]
  /** How many evidence ids were given, struck-out ones included. */
  readonly evidenceIds: number
  readonly status: 'completed' | null
  readonly acceptedOn: LocalDate | null
  readonly completionBasis: CompletionBasis | null
  readonly extensionRequests: number
  readonly openRequest: {
    readonly actor: string
    readonly agency: string | null
    readonly due: LocalDate
  } | null
  /** Due dates whose passing was recorded. */
  readonly overdueFor: readonly LocalDate[]
  readonly explanation: {
    readonly actor: string
    readonly outcome: 'open' | 'accepted' | 'rejected'
  } | null
  readonly apologies: number
  /** Of everything recorded on it, each once: what someone has to account for. */
  readonly flags: readonly TaskFlag[]
  readonly note: string | null
  readonly row: number | null
}

/** Plain JSON: views keep it as it is and fold on from there. */
export interface TaskState {
  readonly status: TaskStatus
  readonly plan: PlanReference | null
  readonly section: string
  readonly stt: string
  readonly title: string
  readonly assigner: Assigner | null
  readonly lead: readonly TaskParty[]
  readonly leadCell: string
  readonly coordinate: readonly TaskParty[]
  readonly coordinateCell: string
  readonly responsible: string | null
  readonly accepted: boolean
  readonly deliverables: readonly DeliverableState[]
  /** Ids of deliverables that were withdrawn; absent while none was. */
  readonly withdrawnDeliverables?: readonly string[]
}

export const absent: TaskState = {
  status: 'absent',
  plan: null,
  section: '',
  stt: '',
  title: '',
  assigner: null,
  lead: [],
  leadCell: '',
  coordinate: [],
  coordinateCell: '',
  responsible: null,
  accepted: false,
  deliverables: [],
}

/** The three due dates of a deliverable, kept apart. */
export interface DueDates {
  /** By the deadline as given, or as set by its condition once that is recorded. */
  readonly original: LocalDate | null
  readonly extended: LocalDate | null
  readonly rule: LocalDate | null
}

export type WithDueDates = Pick<DeliverableState, 'condition' | 'extendedDue' | 'ruleDue'> & {
  readonly deadline: Pick<Deadline, 'due'>
}

export function dueDatesOf(deliverable: WithDueDates): DueDates {
  return {
    original: deliverable.deadline.due ?? deliverable.condition?.due ?? null,
    extended: deliverable.extendedDue,
    rule: deliverable.ruleDue?.due ?? null,
  }
}

/**
 * The due date a figure is computed against, and which of the three it is. A legal rule's day stands in where the plan
 * names none ("theo quy định"); it never replaces one the plan names.
 */
export function dueOn(
  { original, extended, rule }: DueDates,
  basis: 'original' | 'extended',
): { readonly due: LocalDate; readonly basis: DueBasis } | null {
  if (basis === 'extended' && extended !== null) return { due: extended, basis: 'extended' }
  if (original !== null) return { due: original, basis: 'original' }
  return rule === null ? null : { due: rule, basis: 'rule' }
}

/** The due date in force now. */
export function dueInForce(deliverable: WithDueDates): ReturnType<typeof dueOn> {
  return dueOn(dueDatesOf(deliverable), 'extended')
}

/** How many ids of deliverables were given: none is given twice. */
export function idsGiven({
  deliverables,
  withdrawnDeliverables = [],
}: Pick<TaskState, 'deliverables' | 'withdrawnDeliverables'>): number {
  return deliverables.length + withdrawnDeliverables.length
}

/** A document is recorded, or it was accepted without one. */
export function isDelivered(deliverable: DeliverableState): boolean {
  return deliverable.status === 'completed' || deliverable.evidence.length > 0
}

/** Where a live task stands by what is recorded of its deliverables; always the same for the same record. */
export function standing(state: TaskState): TaskStatus {
  const { deliverables } = state
  if (deliverables.length > 0 && deliverables.every((d) => d.status === 'completed')) return 'completed'
  if (deliverables.length > 0 && deliverables.every(isDelivered)) return 'issued'
  if (deliverables.some((d) => d.drafts > 0)) return 'drafted'
  return state.accepted ? 'accepted' : 'assigned'
}
