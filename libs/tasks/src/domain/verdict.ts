import { daysBetween, type LocalDate } from '#calendar'
import type { Text } from '#kernel'
import type { Deadline } from '#deadlines'
import type { RuleDue } from './task.events.js'
import { dueDatesOf, dueOn } from './task.state.js'

/** Which due date a verdict uses: as first given, or as extended where it was. A rate says which. */
export type VerdictBasis = 'original' | 'extended'

/** What of a deliverable decides its verdict; a `DeliverableState` has it all. */
export interface DeliverableFacts {
  readonly status: 'completed' | null
  readonly acceptedOn: LocalDate | null
  /** In listed order. */
  readonly evidence: readonly { readonly date: LocalDate | null }[]
  readonly deadline: Pick<Deadline, 'due' | 'lastCompliantDay'>
  readonly condition: { readonly date: LocalDate; readonly due: LocalDate | null } | null
  readonly extendedDue: LocalDate | null
  readonly ruleDue: RuleDue | null
}

export interface Verdict {
  readonly verdict: 'on-time' | 'late' | 'undeterminable' | 'open'
  /** Calendar days from the due date to the first listed document; null unless late. */
  readonly daysLate: number | null
  /** Calendar days from the due date to the as-of date; null unless open and past due. */
  readonly overdueDays: number | null
  /** The due date used; null where there is none. */
  readonly due: LocalDate | null
  /**
   * On time, or not yet overdue, by the day the plan names, but past the last day its wording allows: the document
   * of 15/02 for "trước ngày 15/02". The field's verdict uses the named day; this says where the strict one differs.
   */
  readonly strictlyLate: boolean
}

/**
 * The verdict of a deliverable as of a day (DOMAIN 2).
 *
 * A deliverable is delivered by its document: one that is issued and waits for acceptance is on time or late by the
 * date of that document, so that the time the assigner takes is never counted against the agency. One that is
 * completed without a dated document is undeterminable. What is dated after `asOf` had not happened yet.
 */
export function verdictOf(facts: DeliverableFacts, asOf: LocalDate, basis: VerdictBasis): Verdict {
  const due = dueOn(dueDatesOf(facts), basis)?.due ?? null
  const { due: named, lastCompliantDay } = facts.deadline
  // The strict reading of "trước ngày X" is about the day X itself, not about an extended or derived one.
  const strict = named !== null && due === named ? lastCompliantDay : null
  const deliveredOn = facts.evidence.find(({ date }) => date !== null)?.date ?? null

  if (!isDeliveredBy(facts, deliveredOn, asOf)) return open(due, strict, asOf)
  if (due === null || deliveredOn === null) return { ...undecided, verdict: 'undeterminable', due }
  if (deliveredOn > due)
    return { ...undecided, verdict: 'late', daysLate: daysBetween(due, deliveredOn), due }
  return { ...undecided, verdict: 'on-time', due, strictlyLate: strict !== null && deliveredOn > strict }
}

/** The states in which the field reports, with the words it uses. */
export const reportedStates = {
  'completed-on-time': { vi: 'hoàn thành đúng hạn', en: 'completed on time' },
  'completed-late': { vi: 'hoàn thành quá hạn', en: 'completed late' },
  'in-progress': { vi: 'đang thực hiện trong hạn', en: 'in progress, not overdue' },
  'in-progress-overdue': { vi: 'đang thực hiện quá hạn', en: 'in progress, overdue' },
  'no-deadline': { vi: 'không thời hạn', en: 'without a deadline' },
} as const satisfies Readonly<Record<string, Text>>

export type ReportedState = keyof typeof reportedStates

/**
 * The reported state that a verdict falls under. Null for what has a due date and was completed without a dated
 * document: it is neither on time nor late, and is listed for someone to complete rather than counted as either.
 */
export function reportedStateOf({ verdict, due, overdueDays }: Verdict): ReportedState | null {
  if (due === null) return 'no-deadline'
  if (verdict === 'open') return overdueDays === null ? 'in-progress' : 'in-progress-overdue'
  if (verdict === 'undeterminable') return null
  return verdict === 'late' ? 'completed-late' : 'completed-on-time'
}

const undecided = { daysLate: null, overdueDays: null, strictlyLate: false } as const

function isDeliveredBy(facts: DeliverableFacts, deliveredOn: LocalDate | null, asOf: LocalDate): boolean {
  if (deliveredOn !== null) return deliveredOn <= asOf
  if (facts.evidence.length > 0 && facts.status === null) return true
  return facts.status === 'completed' && (facts.acceptedOn === null || facts.acceptedOn <= asOf)
}

function open(due: LocalDate | null, strict: LocalDate | null, asOf: LocalDate): Verdict {
  const overdue = due !== null && asOf > due
  return {
    ...undecided,
    verdict: 'open',
    due,
    overdueDays: overdue ? daysBetween(due, asOf) : null,
    strictlyLate: !overdue && strict !== null && asOf > strict,
  }
}
