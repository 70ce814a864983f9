import type { LocalDate } from '#calendar'
import type { Touched } from '#engine'
import { RoviecError } from '#kernel'
import type { Duty } from '#accountability'
import { dutiesDone, missingDuties } from '../../domain/accountability.js'
import { assess, procedureCode, type Assessment, type ClockStatus } from '../../domain/assessment.js'
import { withoutRefusedClosings } from '../../domain/closings.js'
import type { DossierMessage } from '../../domain/dossier.message.js'
import { messagesOf, type DossierState } from '../../domain/dossier.state.js'
import { lifeOf } from '../../domain/life.js'
import { settleMessages } from '../../domain/settle-messages.js'
import { pinOf } from '../../record/rulebooks.js'
import type { Asked, PinnedVersions } from '../pinned/pinned-versions.js'
import type { Place } from './board-counts.js'
import { noDay } from './board.sql.js'
import { shelfOf } from './shelves.js'

/** A touched dossier, settled, and what it has pinned. */
export interface SettledDossier extends Asked {
  readonly touched: Touched<DossierState>
  readonly events: readonly DossierMessage[]
}

export function settledDossier(touched: Touched<DossierState>): SettledDossier {
  const { events } = settleMessages(messagesOf(touched.state))
  return {
    touched,
    events,
    pin: pinOf(touched.state, events),
    procedure: procedureCode(events),
    agencies: touched.state.agencies,
    position: touched.position,
  }
}

/** As its table holds it; a day that there is not is the last of all. */
export interface DossierRow {
  readonly key: string
  readonly source: string
  readonly code: string
  readonly procedure: string | null
  readonly agencies: readonly string[]
  readonly shelf: number
  readonly due: LocalDate
  readonly ended: LocalDate | null
  readonly [column: string]: unknown
}

export function dossierRow(dossier: SettledDossier, versions: PinnedVersions): DossierRow {
  const { touched, events, procedure } = dossier
  const { id: key, state, revision, updatedAt } = touched
  const life = lifeOf(events)
  const fallback = life.end !== null ? 'ended' : life.accepted === null ? 'not-started' : 'running'
  const {
    clock = fallback,
    missing = missingDuties(dutiesDone(events)),
    due,
    ...judged
  } = judge(dossier, versions)
  const isLate = judged.late_at_end === true
  return {
    key,
    source: state.source,
    code: state.code,
    procedure,
    agency: life.accepted?.agency ?? life.submitted?.agency ?? null,
    agencies: [...new Set(Object.values(state.agencies))].sort(),
    shelf: shelfOf({ clock, isClosed: state.status === 'closed', isLate, missing }),
    status: state.status,
    clock,
    submitted: life.submitted?.occurredAt.date ?? null,
    accepted: life.accepted?.occurredAt.date ?? noDay,
    due: due ?? noDay,
    ended: life.end?.occurredAt.date ?? null,
    missing,
    ...judged,
    revision: String(revision),
    updated_at: updatedAt.toISOString(),
  }
}

export function placeOf({ key, source, procedure, agencies, shelf, due, ended }: DossierRow): Place {
  return { key, source, procedure, agencies, shelf, due, hasEnded: ended !== null }
}

interface Judged {
  readonly clock?: ClockStatus
  readonly first_due: LocalDate | null
  readonly due: LocalDate | null
  readonly reappointed_to: LocalDate | null
  readonly late_at_end: boolean | null
  readonly late_by: number | null
  readonly missing?: readonly Duty[]
  readonly problem: string | null
}

const unjudged = { first_due: null, due: null, reappointed_to: null, late_at_end: null, late_by: null }

/** What hangs on calendar and procedure. A dossier that cannot be judged is listed with the reason. */
function judge(dossier: SettledDossier, versions: PinnedVersions): Judged {
  const { events, pin } = dossier
  // All that was said was taken back, or there is but a closing, which nothing allows: the question for the dossier
  // answers the same.
  if (events.every(({ type }) => type === 'Closed')) return { ...unjudged, problem: 'dossier-not-yet' }
  if (pin === null) return { ...unjudged, problem: null }
  const rulebook = versions.rulebookOf(dossier)
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
