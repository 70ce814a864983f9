import { wasResolvedWithin } from './don-gian.js'
import { counted, outside, type Formula } from './formula.js'

/** Share of the results within the period that came on a day before the due day. Target 30 %. */
export const early: Formula = {
  name: 'early',
  shareOf(assessment, period) {
    return wasResolvedWithin(assessment, period) ? counted(assessment.lateness.early) : outside
  },
}
