import type { EventOf } from '#engine/workflow'
import type { LocalDate } from '#calendar'
import type { Duty } from './accountability.js'
import type { ReminderLevel } from './accountability.rule.js'

/** A duty and who owes it, as the source writes the agency; null where nobody is named. */
export interface OwedDuty {
  readonly duty: Duty
  readonly owedBy: string | null
}

/** What every event says of the matter. */
interface OfDossier {
  readonly source: string
  readonly dossier: string
  /** The legal due date that it is about. */
  readonly due: LocalDate
}

export interface ExpectedLate extends OfDossier {
  /** Whose dossier it is: where a delay would arise. */
  readonly unit: string | null
}

export interface DutiesOpened extends OfDossier {
  /** The first late day. */
  readonly since: LocalDate
  readonly duties: readonly OwedDuty[]
  /** Version of the rule that reminders follow. */
  readonly rule: string
}

export interface DutiesReminded extends OfDossier {
  readonly to: ReminderLevel
  readonly afterDays: number
  /** What is still missing. */
  readonly duties: readonly OwedDuty[]
}

/** Everything owed was done, or turned out not to be owed. */
export interface DutiesClosed extends OfDossier {
  readonly reason: ClosingReason
}

/**
 * `fulfilled`: explained, accepted, apologised, delivered. `no-delay`: what came later shows that there was none; an
 * `Overdue` that was raised stays in the record. `not-expected`: it ended or its due date moved before it passed.
 */
export const closingReasons = ['fulfilled', 'no-delay', 'not-expected'] as const
export type ClosingReason = (typeof closingReasons)[number]

/** What the system itself has done about a dossier that is or will be late. */
export interface AccountabilityEvents {
  'accountability.ExpectedLate': ExpectedLate
  'accountability.DutiesOpened': DutiesOpened
  'accountability.Reminded': DutiesReminded
  'accountability.Closed': DutiesClosed
}

export type AccountabilityEvent = EventOf<AccountabilityEvents>
