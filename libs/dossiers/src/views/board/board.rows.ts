import { BusinessCalendar, usualOfficeHours, type LocalDate } from '#calendar'
import type { CalendarState } from '#calendar/record'
import type { Touched } from '#engine'
import { RoviecError } from '#kernel'
import { dutiesDone, missingDuties } from '../../domain/accountability.js'
import { assess, procedureCode, type Assessment } from '../../domain/assessment.js'
import { withoutRefusedClosings } from '../../domain/closings.js'
import type { Pin } from '../../domain/dossier.events.js'
import type { DossierMessage } from '../../domain/dossier.message.js'
import { messagesOf, type DossierState } from '../../domain/dossier.state.js'
import { lifeOf } from '../../domain/life.js'
import type { ProcedureState } from '../../domain/procedure.workflow.js'
import { currentLaw, type Rulebook } from '../../domain/rulebook.js'
import { settleMessages } from '../../domain/settle-messages.js'
import { procedureKey } from '../../domain/stream-key.js'
import { pinOf } from '../../record/rulebooks.js'

/** A touched dossier, settled, and what it has pinned. */
export interface SettledDossier {
  readonly touched: Touched<DossierState>
  readonly events: readonly DossierMessage[]
  readonly pin: Pin | null
  readonly procedure: string | null
}

export function settledDossier(touched: Touched<DossierState>): SettledDossier {
  const { events } = settleMessages(messagesOf(touched.state))
  return { touched, events, pin: pinOf(touched.state, events), procedure: procedureCode(events) }
}

/** The pinned versions of a page, by `vn/7` and by `<key>/<revision>`. */
export interface PinnedVersions {
  readonly calendars: ReadonlyMap<string, BusinessCalendar>
  readonly procedures: ReadonlyMap<string, ProcedureState>
}

export function pinnedCalendar(name: string, number: number, { years }: CalendarState): BusinessCalendar {
  return new BusinessCalendar({ name, number, years })
}

export function dossierRow(dossier: SettledDossier, versions: PinnedVersions): object {
  const { touched, events, procedure } = dossier
  const { id: key, state, revision, updatedAt } = touched
  const life = lifeOf(events)
  const judged = judge(dossier, versions)
  return {
    key,
    source: state.source,
    code: state.code,
    procedure,
    agency: life.accepted?.agency ?? life.submitted?.agency ?? null,
    agencies: [...new Set(Object.values(state.agencies))].sort(),
    status: state.status,
    clock: life.end !== null ? 'ended' : life.accepted === null ? 'not-started' : 'running',
    submitted: life.submitted?.occurredAt.date ?? null,
    accepted: life.accepted?.occurredAt.date ?? null,
    ended: life.end?.occurredAt.date ?? null,
    missing: missingDuties(dutiesDone(events)),
    ...judged,
    revision: String(revision),
    updated_at: updatedAt.toISOString(),
    state,
  }
}

interface Judged {
  readonly clock?: string
  readonly first_due: LocalDate | null
  readonly due: LocalDate | null
  readonly reappointed_to: LocalDate | null
  readonly late_at_end: boolean | null
  readonly late_by: number | null
  readonly missing?: readonly string[]
  readonly problem: string | null
}

const unjudged = { first_due: null, due: null, reappointed_to: null, late_at_end: null, late_by: null }

/** What hangs on calendar and procedure. A dossier that cannot be judged is listed with the reason. */
function judge(dossier: SettledDossier, versions: PinnedVersions): Judged {
  const { events, pin } = dossier
  // All that was said was taken back: the question for the dossier answers the same.
  if (events.length === 0) return { ...unjudged, problem: 'dossier-not-yet' }
  if (pin === null) return { ...unjudged, problem: null }
  const rulebook = rulebookOf(dossier, versions)
  if (rulebook === null) return { ...unjudged, problem: 'procedure-unknown' }
  try {
    const counted = withoutRefusedClosings(rulebook, events).events
    // As of the last thing that happened: what hangs on a later day is left to the question.
    const assessment = assess(rulebook, counted, { date: counted.at(-1)!.occurredAt.date, time: null })
    return assessment === null ? { ...unjudged, problem: 'procedure-unknown' } : columnsOf(assessment)
  } catch (error) {
    if (!(error instanceof RoviecError)) throw error
    return { ...unjudged, problem: error.code }
  }
}

function columnsOf({ clock, status, lateness, life, reappointedTo, duties }: Assessment): Judged {
  return {
    clock: status,
    first_due: clock.first?.date ?? null,
    due: clock.due,
    reappointed_to: reappointedTo,
    late_at_end: life.end === null ? null : lateness.late,
    late_by: life.end === null ? null : lateness.lateBy.calendarDays,
    missing: missingDuties(duties),
    problem: null,
  }
}

function rulebookOf({ pin, procedure }: SettledDossier, versions: PinnedVersions): Rulebook | null {
  const calendar = versions.calendars.get(pin!.calendar)
  const found = procedure === null ? undefined : versions.procedures.get(procedureRevision(procedure, pin!))
  if (calendar === undefined || found === undefined) return null
  const procedures = new Map([[found.code, found.versions]])
  return { calendar, hours: usualOfficeHours, law: currentLaw, procedures }
}

export function procedureRevision(procedure: string, pin: Pin): string {
  return `${procedureKey(procedure)}/${pin.procedure ?? 0}`
}
