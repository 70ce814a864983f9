import { coverage } from '../domain/formulas/coverage.js'
import { early } from '../domain/formulas/early.js'
import { RateCount, type Rate } from '../domain/formulas/rate.js'
import type { RejectedMessage } from '../domain/rejections.js'
import type { Rulebook } from '../domain/rulebook.js'
import type { CollectedLines, Delivery } from './collect-lines.js'
import {
  evaluatedDossier,
  evaluateMessages,
  namedFormulas,
  shareOf,
  type EvaluatedDossier,
  type EvaluationCut,
} from './evaluate-one.js'
import type { RejectedLine } from './line-rejection.js'

export interface EvaluationSummary {
  readonly formulas: Readonly<Record<string, Rate>>
  readonly coverage: Rate
  readonly early: Rate
  readonly rejected: readonly RejectedLine[]
  /** Of lines that are taken all the same. */
  readonly warnings: readonly RejectedLine[]
}

/**
 * Assesses every dossier of the lines, one after the other, writing nothing; returns the rates over all of them, the
 * lines that were not taken, and what is odd about others. A dossier of which nothing had happened by the cut is not there yet.
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
    const messages = deliveries.map(({ message }) => message)
    const evaluation = evaluateMessages(rulebook, messages, cut)
    rejected.push(...linesOf(deliveries, evaluation.rejected))
    const { atPeriodEnd } = evaluation
    if (atPeriodEnd !== null)
      for (const [formula, rate] of rates)
        rate.add(atPeriodEnd, shareOf(formula, atPeriodEnd, cut.period, rulebook))
    const shown = evaluatedDossier(rulebook, evaluation, cut)
    if (shown !== null) yield shown
  }
  return {
    formulas: Object.fromEntries(namedFormulas.map((formula) => [formula.name, rates.get(formula)!.rate()])),
    coverage: rates.get(coverage)!.rate(),
    early: rates.get(early)!.rate(),
    rejected: rejected.sort((a, b) => a.line - b.line),
    warnings: lines.warnings,
  }
}

function linesOf(deliveries: readonly Delivery[], rejections: readonly RejectedMessage[]): RejectedLine[] {
  if (rejections.length === 0) return []
  const lines = new Map(deliveries.map(({ line, message }) => [message.id, line]))
  return rejections.map(({ message, code, text }) => ({ line: lines.get(message.id)!, code, message: text }))
}
