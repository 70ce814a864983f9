import type { LocalDate, Moment } from '#calendar'
import { RoviecError } from '#kernel'
import { assess, procedureCode, type Assessment } from '../domain/assessment.js'
import { withoutRefusedClosings } from '../domain/closings.js'
import type { DossierMessage } from '../domain/dossier.message.js'
import { viewOf, type DossierView } from '../domain/dossier-view.js'
import { canXuLy } from '../domain/formulas/can-xu-ly.js'
import { coverage } from '../domain/formulas/coverage.js'
import { donGian } from '../domain/formulas/don-gian.js'
import { early } from '../domain/formulas/early.js'
import type { ReportPeriod, Share } from '../domain/formulas/formula.js'
import { qd766 } from '../domain/formulas/qd766-2-1.js'
import { RateCount, type Rate } from '../domain/formulas/rate.js'
import { happenedBy } from '../domain/moments.js'
import { overdueRaisedFor } from '../domain/overdue.js'
import { procedureUnknown, type RejectedMessage } from '../domain/rejections.js'
import type { Rulebook } from '../domain/rulebook.js'
import { settleMessages } from '../domain/settle-messages.js'
import type { CollectedLines, Delivery } from './collect-lines.js'
import type { RejectedLine } from './line-rejection.js'

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

export interface EvaluationSummary {
  readonly formulas: Readonly<Record<string, Rate>>
  readonly coverage: Rate
  readonly early: Rate
  readonly rejected: readonly RejectedLine[]
}

const namedFormulas = [qd766, canXuLy, donGian]

/**
 * Assesses every dossier of the lines, one after the other, writing nothing; returns the rates over all of them and the
 * lines that were not taken. A dossier of which nothing had happened by the cut is not there yet.
 */
export function* evaluateDossiers(
  rulebook: Rulebook,
  lines: CollectedLines,
  cut: EvaluationCut,
): Generator<EvaluatedDossier, EvaluationSummary> {
  const rates = new Map([...namedFormulas, coverage, early].map((formula) => [formula, new RateCount()]))
  const dossiers = lines.byDossier()
  const rejected = [...lines.rejected]
  for (const deliveries of dossiers) {
    const outcome = evaluateOne(rulebook, deliveries, cut)
    rejected.push(...outcome.rejected)
    const { now, atPeriodEnd } = outcome
    const shares = new Map<string, Share>()
    for (const [formula, rate] of rates) {
      const share: Share = atPeriodEnd === null ? [0, 0] : formula.shareOf(atPeriodEnd, cut.period, rulebook)
      shares.set(formula.name, share)
      if (atPeriodEnd !== null) rate.add(atPeriodEnd, share)
    }
    if (now === null) continue
    const formulas = Object.fromEntries(namedFormulas.map(({ name }) => [name, shares.get(name)!]))
    yield { ...viewOf(rulebook, now), overdueRaisedFor: outcome.overdue, formulas }
  }
  return {
    formulas: Object.fromEntries(namedFormulas.map((formula) => [formula.name, rates.get(formula)!.rate()])),
    coverage: rates.get(coverage)!.rate(),
    early: rates.get(early)!.rate(),
    rejected: rejected.sort((a, b) => a.line - b.line),
  }
}

interface Outcome {
  readonly now: Assessment | null
  readonly atPeriodEnd: Assessment | null
  readonly overdue: readonly LocalDate[]
  readonly rejected: readonly RejectedLine[]
}

function evaluateOne(rulebook: Rulebook, deliveries: readonly Delivery[], cut: EvaluationCut): Outcome {
  const { asOf, knownAt } = cut
  const known = deliveries
    .map(({ message }) => message)
    .filter(({ received }) => knownAt === null || happenedBy(received, knownAt))
  const unknown = known.filter(({ procedure }) => procedure !== null && !rulebook.procedures.has(procedure))
  const usable = known.filter((message) => !unknown.includes(message))
  const named = unknown.map((message) => procedureUnknown(message, message.procedure))
  if (usable.length === 0) return rejecting(deliveries, named)
  try {
    const settled = settleMessages(usable)
    const { events, rejected } = withoutRefusedClosings(rulebook, settled.events)
    const soFar = events.filter(({ occurredAt }) => happenedBy(occurredAt, asOf))
    const rejections = [...named, ...settled.rejected, ...rejected]
    if (soFar.length === 0) return rejecting(deliveries, rejections)
    const now = assess(rulebook, events, asOf)
    if (now === null) return rejecting(deliveries, [...named, ...withoutProcedure(usable)])
    const { from, to } = cut.period
    const begun = soFar.some(({ occurredAt }) => occurredAt.date <= to) && from <= to
    return {
      now,
      atPeriodEnd: begun ? assess(rulebook, soFar, { date: to, time: null }) : null,
      overdue: overdueRaisedFor(rulebook, usable, asOf),
      rejected: linesOf(deliveries, rejections),
    }
  } catch (error) {
    if (!(error instanceof RoviecError)) throw error
    const { code, text } = error
    return rejecting(deliveries, [...named, ...usable.map((message) => ({ message, code, text }))])
  }
}

function withoutProcedure(messages: readonly DossierMessage[]): RejectedMessage[] {
  const code = procedureCode(settleMessages(messages).events)
  return messages.map((message) => procedureUnknown(message, code))
}

function rejecting(deliveries: readonly Delivery[], rejections: readonly RejectedMessage[]): Outcome {
  return { now: null, atPeriodEnd: null, overdue: [], rejected: linesOf(deliveries, rejections) }
}

function linesOf(deliveries: readonly Delivery[], rejections: readonly RejectedMessage[]): RejectedLine[] {
  if (rejections.length === 0) return []
  const lines = new Map(deliveries.map(({ line, message }) => [message.id, line]))
  return rejections.map(({ message, code, text }) => ({ line: lines.get(message.id)!, code, message: text }))
}
