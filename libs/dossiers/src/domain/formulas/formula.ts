import type { LocalDate } from '#calendar'
import type { Text } from '#kernel'
import type { Assessment } from '../assessment.js'
import type { Rulebook } from '../rulebook.js'

/** A report period; both end days belong to it. */
export interface ReportPeriod {
  readonly from: LocalDate
  readonly to: LocalDate
}

/** What one dossier adds to numerator and denominator. The numerator is never more than the denominator. */
export type Share = readonly [numerator: 0 | 1, denominator: 0 | 1]

/** How a figure is called in a report. */
export interface FigureText {
  /** Name with version: a changed definition is another formula. */
  readonly name: string
  readonly text: Text
  /** Headings, in Vietnamese as reports have them. */
  readonly numerator: string
  readonly denominator: string
  /** The document that defines it; null for a definition in general use. */
  readonly source: string | null
  /** Whether the numerator counts what should be: on time, early, accounted for. */
  readonly favourable: boolean
  /** Which of those it counts are late by their legal due date, every one of them: so few are found among many. */
  readonly onlyLate?: 'all' | 'numerator' | 'rest'
}

/**
 * A share of dossiers by one official definition. The assessment is as of the end of the period.
 *
 * So that figures can be kept for every period at once, a formula says yes to all first days up to one of the days on
 * which something happened to the dossier, or to all of them; and its numerator does not look at the first day.
 */
export interface Formula extends FigureText {
  readonly shareOf: (assessment: Assessment, period: ReportPeriod, rulebook: Rulebook) => Share
  /**
   * Where mere passing of time turns the share of a dossier to which nothing more happens: the first day as of which it
   * is another. Not needed for the day after the legal due date.
   */
  readonly turnsOn?: (assessment: Assessment, rulebook: Rulebook) => LocalDate | null
  /** Why the dossier counts as it does, in Vietnamese, with the days that decide. */
  readonly explain: (assessment: Assessment, period: ReportPeriod, rulebook: Rulebook) => string
}

export const outside: Share = [0, 0]

export function counted(isInNumerator: boolean): Share {
  return [isInNumerator ? 1 : 0, 1]
}
