import type { LocalDate, Moment } from '#calendar'
import { RoviecError } from '#kernel'
import { assess, procedureCode, type Assessment } from '../domain/assessment.js'
import { withoutRefusedClosings } from '../domain/closings.js'
import type { DossierMessage } from '../domain/dossier.message.js'
import { viewOf, type DossierView } from '../domain/dossier-view.js'
import { canXuLy } from '../domain/formulas/can-xu-ly.js'
import { donGian } from '../domain/formulas/don-gian.js'
import type { Formula, ReportPeriod, Share } from '../domain/formulas/formula.js'
import { qd766 } from '../domain/formulas/qd766-2-1.js'
import { happenedBy } from '../domain/moments.js'
import { overdueRaisedFor } from '../domain/overdue.js'
import { procedureUnknown, type RejectedMessage } from '../domain/rejections.js'
import type { Rulebook } from '../domain/rulebook.js'
import { settleMessages } from '../domain/settle-messages.js'

export interface EvaluationCut {
  /** What had happened by then. */
  readonly asOf: Moment
  /** What had been received by then; null: everything. */
  readonly knownAt: Moment | null
  readonly period: ReportPeriod
}

export interface EvaluatedDossier extends DossierView {
  readonly overdueRaisedFor: readonly LocalDate[]
  readonly formulas: Readonly<Record<string, Share>>
}

/** The official formulas that are shown for each dossier. */
export const namedFormulas: readonly Formula[] = [qd766, canXuLy, donGian]

export interface Evaluation {
  /** As of the cut; null where nothing had happened by then or no procedure is known. */
  readonly now: Assessment | null
  /** At the end of the period; null where the dossier had not begun. */
  readonly atPeriodEnd: Assessment | null
  readonly overdue: readonly LocalDate[]
  /** Messages that are kept and not applied. */
  readonly rejected: readonly RejectedMessage[]
}

/** What the messages of one dossier amount to, each id once, in any order. */
export function evaluateMessages(
  rulebook: Rulebook,
  messages: readonly DossierMessage[],
  cut: EvaluationCut,
): Evaluation {
  const { asOf, knownAt } = cut
  const known = messages.filter(({ received }) => knownAt === null || happenedBy(received, knownAt))
  const unknown = known.filter(({ procedure }) => procedure !== null && !rulebook.procedures.has(procedure))
  const usable = known.filter((message) => !unknown.includes(message))
  const named = unknown.map((message) => procedureUnknown(message, message.procedure))
  if (usable.length === 0) return rejecting(named)
  try {
    const settled = settleMessages(usable)
    const { events, rejected } = withoutRefusedClosings(rulebook, settled.events)
    const soFar = events.filter(({ occurredAt }) => happenedBy(occurredAt, asOf))
    const rejections = [...named, ...settled.rejected, ...rejected]
    if (soFar.length === 0) return rejecting(rejections)
    const now = assess(rulebook, events, asOf)
    if (now === null) return rejecting([...named, ...withoutProcedure(usable)])
    const { from, to } = cut.period
    const begun = soFar.some(({ occurredAt }) => occurredAt.date <= to) && from <= to
    return {
      now,
      atPeriodEnd: begun ? assess(rulebook, soFar, { date: to, time: null }) : null,
      overdue: overdueRaisedFor(rulebook, usable, asOf),
      rejected: rejections,
    }
  } catch (error) {
    if (!(error instanceof RoviecError)) throw error
    const { code, text } = error
    return rejecting([...named, ...usable.map((message) => ({ message, code, text }))])
  }
}

/** The evaluation as it is shown; null where there is nothing to show. */
export function evaluatedDossier(
  rulebook: Rulebook,
  { now, atPeriodEnd, overdue }: Evaluation,
  { period }: EvaluationCut,
): EvaluatedDossier | null {
  if (now === null) return null
  const shares = namedFormulas.map((formula) => [
    formula.name,
    shareOf(formula, atPeriodEnd, period, rulebook),
  ])
  return {
    ...viewOf(rulebook, now),
    overdueRaisedFor: overdue,
    formulas: Object.fromEntries(shares) as Record<string, Share>,
  }
}

/** A dossier that had not begun by the end of the period counts nowhere. */
export function shareOf(
  formula: Formula,
  atPeriodEnd: Assessment | null,
  period: ReportPeriod,
  rulebook: Rulebook,
): Share {
  return atPeriodEnd === null ? [0, 0] : formula.shareOf(atPeriodEnd, period, rulebook)
}

function withoutProcedure(messages: readonly DossierMessage[]): RejectedMessage[] {
  const code = procedureCode(settleMessages(messages).events)
  return messages.map((message) => procedureUnknown(message, code))
}

function rejecting(rejected: readonly RejectedMessage[]): Evaluation {
  return { now: null, atPeriodEnd: null, overdue: [], rejected }
}
