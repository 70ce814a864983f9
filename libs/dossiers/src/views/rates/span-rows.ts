import type { LocalDate } from '#calendar'
import { RoviecError } from '#kernel'
import { agencyId } from '../../domain/agency-identity.js'
import { pinnedProcedure, procedureCode } from '../../domain/assessment.js'
import { withoutRefusedClosings } from '../../domain/closings.js'
import type { DossierMessage } from '../../domain/dossier.message.js'
import { messagesOf, type DossierState } from '../../domain/dossier.state.js'
import { allFormulas } from '../../domain/formulas/all-formulas.js'
import { figuresOverTime, noEnd, type FigureSpan } from '../../domain/formulas/figures-over-time.js'
import { settleMessages } from '../../domain/settle-messages.js'
import { pinOf } from '../../record/rulebooks.js'
import type { Asked, PinnedVersions } from '../pinned/pinned-versions.js'

/** A span but for when it was known, in the columns of its table. `f0`, `n0` and so on stand beside these. */
export interface SpanContent {
  readonly step: number
  readonly day_from: LocalDate
  readonly day_until: LocalDate
  /** Id where the registry knows the name, else the name; empty where there is none. */
  readonly agency: string
  readonly field: string
  readonly procedure: string
  readonly channel: string
  /** Ids of all agencies that the dossier names. */
  readonly agencies: readonly string[]
  readonly accepted: LocalDate | null
  readonly due: LocalDate | null
  readonly ended: LocalDate | null
  readonly since: LocalDate | null
  readonly missing: readonly string[]
  /** In the order of `missing`, names as written; empty where nobody is named. */
  readonly owed_by: readonly string[]
  /** Why the dossier cannot be judged and counts nowhere; null for nearly all. */
  readonly problem: string | null
  readonly [counting: `f${number}`]: LocalDate | null
  readonly [counting: `n${number}`]: number | null
}

/** A dossier as of an event of it. */
export interface DossierMoment extends Asked {
  readonly key: string
  readonly state: DossierState
  readonly events: readonly DossierMessage[]
  readonly recordedAt: Date
}

export function momentOf(
  key: string,
  state: DossierState,
  { position, recordedAt }: { readonly position: bigint; readonly recordedAt: Date },
): DossierMoment {
  const { events } = settleMessages(messagesOf(state))
  return {
    key,
    state,
    events,
    pin: pinOf(state, events),
    procedure: procedureCode(events),
    agencies: state.agencies,
    position,
    recordedAt,
  }
}

/** What is to be known of the dossier from this event on. */
export function spansOf(moment: DossierMoment, versions: PinnedVersions): SpanContent[] {
  const { state, events } = moment
  if (events.length === 0) return []
  const rulebook = versions.rulebookOf(moment)
  if (rulebook === null) return [unjudged(moment, 'procedure-unknown')]
  try {
    const counted = withoutRefusedClosings(rulebook, events).events
    if (counted.length === 0) return []
    if (pinnedProcedure(rulebook, counted) === null) return [unjudged(moment, 'procedure-unknown')]
    return figuresOverTime(rulebook, counted).map((span) => contentOf(span, state))
  } catch (error) {
    if (!(error instanceof RoviecError)) throw error
    return [unjudged(moment, error.code)]
  }
}

function contentOf(span: FigureSpan, state: DossierState): SpanContent {
  const { countings, missing } = span
  return {
    step: span.step,
    day_from: span.from,
    day_until: span.until,
    agency: agencyOf(span.agency, state),
    field: plain(span.field),
    procedure: plain(span.procedure),
    channel: plain(span.channel),
    agencies: agenciesOf(state),
    accepted: span.accepted,
    due: span.due,
    ended: span.ended,
    since: span.since,
    missing,
    owed_by: missing.map((duty) => plain(span.owedBy[duty] ?? null)),
    problem: null,
    ...Object.fromEntries(
      countings.flatMap((counting, at) => [
        [`f${at}`, counting?.until ?? null],
        [`n${at}`, counting?.numerator ?? null],
      ]),
    ),
  }
}

function unjudged({ state, events, procedure }: DossierMoment, problem: string): SpanContent {
  const { agency } = events.find(({ type }) => type === 'Accepted') ?? events[0]!
  return {
    step: 0,
    day_from: events[0]!.occurredAt.date,
    day_until: noEnd,
    agency: agencyOf(agency, state),
    field: '',
    procedure: plain(procedure),
    channel: '',
    agencies: agenciesOf(state),
    accepted: null,
    due: null,
    ended: null,
    since: null,
    missing: [],
    owed_by: [],
    problem,
    ...Object.fromEntries(
      allFormulas.flatMap((_, at) => [
        [`f${at}`, null],
        [`n${at}`, null],
      ]),
    ),
  }
}

export function agencyOf(name: string | null, { agencies }: DossierState): string {
  return plain(name === null ? null : (agencyId(agencies, name) ?? name))
}

function agenciesOf({ agencies }: DossierState): string[] {
  return [...new Set(Object.values(agencies))].sort()
}

/** As the table can hold it: spans are compared with what was read back. */
function plain(text: string | null): string {
  return (text ?? '').replaceAll('\0', '\ufffd')
}
