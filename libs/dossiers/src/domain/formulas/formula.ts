import type { LocalDate } from '#calendar'
import type { Assessment } from '../assessment.js'
import type { Rulebook } from '../rulebook.js'

/** A report period; both end days belong to it. */
export interface ReportPeriod {
  readonly from: LocalDate
  readonly to: LocalDate
}

/** What one dossier adds to numerator and denominator. The numerator is never more than the denominator. */
export type Share = readonly [numerator: 0 | 1, denominator: 0 | 1]

/** A share of dossiers by one official definition. The assessment is as of the end of the period. */
export interface Formula {
  /** Name with version: a changed definition is another formula. */
  readonly name: string
  readonly shareOf: (assessment: Assessment, period: ReportPeriod, rulebook: Rulebook) => Share
}

export const outside: Share = [0, 0]

export function counted(isInNumerator: boolean): Share {
  return [isInNumerator ? 1 : 0, 1]
}
