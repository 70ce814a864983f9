import type { LocalDate } from '#calendar'
import type { Closing, RegisterEntry } from './accountability.js'
import type { Assessment, ClockStatus } from './assessment.js'
import { explain } from './explanation.js'
import type { DossierFlag } from './flags.js'
import type { Lateness } from './lateness.js'
import type { Rulebook } from './rulebook.js'
import type { StepClock } from './step-clocks.js'

/** A dossier as the system shows it. */
export interface DossierView {
  readonly source: string
  readonly dossier: string
  readonly procedure: string
  readonly clock: ClockStatus
  readonly firstDue: LocalDate | null
  readonly due: LocalDate | null
  readonly statutoryDue: LocalDate | null
  /** Whether the due date rests on a year whose days off are not final. */
  readonly provisional: boolean
  readonly reappointedTo: LocalDate | null
  readonly late: boolean
  readonly lateBy: Lateness['lateBy']
  readonly early: boolean
  readonly acceptanceClock: { readonly due: string; readonly verdict: string } | null
  readonly steps: readonly StepClock[]
  readonly register: RegisterEntry | null
  readonly close: Closing
  readonly flags: readonly DossierFlag[]
  readonly explanation: readonly string[]
  readonly calendarVersion: string
}

export function viewOf(rulebook: Rulebook, assessment: Assessment): DossierView {
  const { clock, lateness, acceptance } = assessment
  return {
    source: assessment.source,
    dossier: assessment.dossier,
    procedure: assessment.procedure.code,
    clock: assessment.status,
    firstDue: clock.first?.date ?? null,
    due: clock.due,
    statutoryDue: clock.statutory?.date ?? null,
    provisional: assessment.provisional,
    reappointedTo: assessment.reappointedTo,
    late: lateness.late,
    lateBy: lateness.lateBy,
    early: lateness.early,
    acceptanceClock: acceptance === null ? null : { due: acceptance.due, verdict: acceptance.verdict },
    steps: assessment.steps,
    register: assessment.register,
    close: assessment.closing,
    flags: assessment.flags,
    explanation: explain(rulebook, assessment),
    calendarVersion: rulebook.calendar.version,
  }
}
