import { resultWithin, wasResolvedWithin } from './don-gian.js'
import { counted, outside, type Formula } from './formula.js'

/** Share of the results within the period that came on a day before the due day. Target 30 %. */
export const early: Formula = {
  name: 'early',
  text: {
    vi: 'Tỷ lệ sớm hạn trên số hồ sơ có kết quả trong kỳ',
    en: 'Early share of the results within the period',
  },
  numerator: 'Sớm hạn',
  denominator: 'Có kết quả trong kỳ',
  source: null,
  favourable: true,
  shareOf(assessment, period) {
    return wasResolvedWithin(assessment, period) ? counted(assessment.lateness.early) : outside
  },
  explain: resultWithin,
}
