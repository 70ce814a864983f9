import type { Assessment } from '../assessment.js'
import { byLegalDue } from './can-xu-ly.js'
import { counted, outside, type Formula } from './formula.js'

/**
 * Of all dossiers late at the end of the period, however long ago they became so, those with an apology issued and an
 * explanation accepted. Target 100 %.
 */
export const coverage: Formula = {
  name: 'coverage',
  text: {
    vi: 'Tỷ lệ hồ sơ chậm, muộn đã giải trình và xin lỗi',
    en: 'Late dossiers with an accepted explanation and an apology',
  },
  numerator: 'Đã giải trình và xin lỗi',
  denominator: 'Chậm, muộn',
  source: null,
  favourable: true,
  onlyLate: 'all',
  shareOf({ lateness, duties }) {
    return lateness.late ? counted(duties.apology && duties.acceptance) : outside
  },
  explain: (assessment) => (assessment.lateness.late ? accountedFor(assessment) : byLegalDue(assessment)),
}

function accountedFor({ duties }: Assessment): string {
  const explained = duties.acceptance ? 'đã chấp nhận giải trình' : 'chưa chấp nhận giải trình'
  return `${explained}, ${duties.apology ? 'đã xin lỗi' : 'chưa xin lỗi'}`
}
