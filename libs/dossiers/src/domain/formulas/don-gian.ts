import type { Assessment } from '../assessment.js'
import { counted, outside, type Formula, type ReportPeriod } from './formula.js'

/** On-time share of what got its result within the period. */
export const donGian: Formula = {
  name: 'don-gian',
  shareOf(assessment, period) {
    return wasResolvedWithin(assessment, period) ? counted(!assessment.lateness.late) : outside
  },
}

export function wasResolvedWithin({ life }: Assessment, { from, to }: ReportPeriod): boolean {
  const resolved = life.hasResult ? life.end?.occurredAt.date : undefined
  return resolved !== undefined && resolved >= from && resolved <= to
}
