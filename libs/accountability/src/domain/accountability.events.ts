import type { EventOf } from '#engine/workflow'
import type { LocalDate } from '#calendar'
import type { OwedDuty } from './duty.js'
import type { ReminderLevel } from './accountability-rule.js'

/** What every event says of the matter: a dossier by its source and code, or a deliverable of a task. */
interface OfMatter {
  readonly source?: string
  readonly dossier?: string
  /** Code of the deliverable, such as `CCHC2025-II-5.2`. */
  readonly deliverable?: string
  /** The due date that it is about; of a dossier the legal one. */
  readonly due: LocalDate
}

export interface ExpectedLate extends OfMatter {
  /** Whose it is: where a delay would arise. */
  readonly unit: string | null
  /** Version of the rule that it was announced by; null in what was recorded before the rule had versions. */
  readonly rule: string | null
}

export interface DutiesOpened extends OfMatter {
  /** The first late day. */
  readonly since: LocalDate
  readonly duties: readonly OwedDuty[]
  /** Version of the rule that reminders follow. */
  readonly rule: string
}

export interface DutiesReminded extends OfMatter {
  readonly to: ReminderLevel
  readonly afterDays: number
  /** What is still missing. */
  readonly duties: readonly OwedDuty[]
}

/** Everything owed was done, or turned out not to be owed. */
export interface DutiesClosed extends OfMatter {
  readonly reason: ClosingReason
}

/**
 * `fulfilled`: explained, accepted, apologised, delivered. `no-delay`: what came later shows that there was none, or the
 * task was taken back; an `Overdue` that was raised stays in the record. `not-expected`: it ended or its due date moved before it passed.
 */
export const closingReasons = ['fulfilled', 'no-delay', 'not-expected'] as const
export type ClosingReason = (typeof closingReasons)[number]

/** What the system itself has done about what is or will be late. */
export interface AccountabilityEvents {
  'accountability.ExpectedLate': ExpectedLate
  'accountability.DutiesOpened': DutiesOpened
  'accountability.Reminded': DutiesReminded
  'accountability.Closed': DutiesClosed
}

export type AccountabilityEvent = EventOf<AccountabilityEvents>
