import type { LocalDate, Moment } from '#calendar'
import { acceptanceClock, type AcceptanceClock } from './acceptance-clock.js'
import {
  closingOf,
  dutiesDone,
  missingDuties,
  registerEntry,
  responsibleOf,
  type Closing,
  type DutiesDone,
  type RegisterEntry,
} from './accountability.js'
import type { DossierMessage } from './dossier.message.js'
import { flagsOf, type DossierFlag } from './flags.js'
import { latenessOf, type Lateness } from './lateness.js'
import { lifeOf, type Life } from './life.js'
import { happenedBy } from './moments.js'
import { versionOn, type ProcedureVersion } from './procedure.js'
import { resultClock, type ResultClock } from './result-clock.js'
import type { Rulebook } from './rulebook.js'
import { stepClocks, type StepClock } from './step-clocks.js'

export type ClockStatus = 'not-started' | 'running' | 'stopped' | 'ended'

/** Everything that is true of a dossier as of a moment, by what is known of it. */
export interface Assessment {
  readonly source: string
  readonly dossier: string
  readonly asOf: Moment
  readonly procedure: ProcedureVersion
  /** What had happened by the moment, in order. */
  readonly events: readonly DossierMessage[]
  readonly life: Life
  readonly clock: ResultClock
  readonly status: ClockStatus
  /** Whether the due date rests on a year whose days off are not final. */
  readonly provisional: boolean
  readonly lateness: Lateness
  readonly reappointedTo: LocalDate | null
  readonly acceptance: AcceptanceClock | null
  readonly steps: readonly StepClock[]
  readonly duties: DutiesDone
  readonly register: RegisterEntry | null
  readonly closing: Closing
  readonly flags: readonly DossierFlag[]
}

/**
 * Assesses settled events of one dossier, at least one, as of a moment; of a day at its end.
 *
 * @returns null where no procedure in force is known.
 * @throws RoviecError `calendar-year-unknown` where a day lies outside the calendar.
 */
export function assess(
  rulebook: Rulebook,
  settled: readonly DossierMessage[],
  asOf: Moment,
): Assessment | null {
  const procedure = pinnedProcedure(rulebook, settled)
  const first = settled[0]
  if (procedure === null || first === undefined) return null
  const events = settled.filter(({ occurredAt }) => happenedBy(occurredAt, asOf))
  const life = lifeOf(events)
  const clock = resultClock(rulebook, procedure, events, life)
  const lateness = latenessOf(rulebook, clock, life, asOf)
  const acceptance = acceptanceClock(rulebook, events, life, asOf)
  const steps = stepClocks(rulebook, procedure, events, life, clock.stops, asOf)
  const responsible = responsibleOf(events, life, steps)
  const duties = dutiesDone(events)
  const missing = missingDuties(duties)
  const since = lateness.late ? rulebook.calendar.addDays(clock.due!, 1) : asOf.date
  const basis = { rulebook, procedure, events, life, clock, acceptance, responsible, asOf: asOf.date }
  return {
    source: first.source,
    dossier: first.dossier,
    asOf,
    procedure,
    events,
    life,
    clock,
    status: statusOf(life, clock),
    provisional: isProvisional(rulebook, life, clock),
    lateness,
    reappointedTo: reappointment(events),
    acceptance,
    steps,
    duties,
    register: registerEntry(lateness.late, missing, responsible, since),
    closing: closingOf(life.end !== null, lateness.late, missing),
    flags: flagsOf(basis),
  }
}

/** The code that the acceptance names, else the submission, else any message; in the version of that day. */
export function pinnedProcedure(
  { procedures }: Rulebook,
  settled: readonly DossierMessage[],
): ProcedureVersion | null {
  const code = procedureCode(settled)
  const { accepted, submitted } = lifeOf(settled)
  const day = (accepted ?? submitted ?? settled[0])?.occurredAt.date
  return code === null || day === undefined ? null : versionOn(procedures.get(code) ?? [], day)
}

export function procedureCode(settled: readonly DossierMessage[]): string | null {
  const { accepted, submitted } = lifeOf(settled)
  return (
    accepted?.procedure ??
    submitted?.procedure ??
    settled.find(({ procedure }) => procedure !== null)?.procedure ??
    null
  )
}

function statusOf({ end, accepted }: Life, { stopped }: ResultClock): ClockStatus {
  if (end !== null) return 'ended'
  if (accepted === null) return 'not-started'
  return stopped ? 'stopped' : 'running'
}

/** From the acceptance to the due date; while there is none, to the first one. */
function isProvisional({ calendar }: Rulebook, { accepted }: Life, { due, first }: ResultClock): boolean {
  const until = due ?? first?.date
  return accepted !== null && until !== undefined && calendar.isProvisional(accepted.occurredAt.date, until)
}

function reappointment(events: readonly DossierMessage[]): LocalDate | null {
  const latest = events.findLast(({ type, data }) => type === 'ApologyIssued' && data.newDate !== null)
  return latest?.data.newDate ?? null
}
