import type { Assessment } from '../assessment.js'
import { byLegalDue } from './can-xu-ly.js'
import { counted, outside, type Formula } from './formula.js'

/** Of all dossiers late at the end of the period, those that still lack something: the lines of the register. */
export const unaccounted: Formula = {
  name: 'unaccounted',
  text: {
    vi: 'Tỷ lệ hồ sơ chậm, muộn còn thiếu giải trình, xin lỗi hoặc gửi phiếu xin lỗi',
    en: 'Late dossiers that lack explanation, acceptance, apology or delivery',
  },
  numerator: 'Còn thiếu',
  denominator: 'Chậm, muộn',
  source: null,
  favourable: false,
  onlyLate: 'all',
  shareOf({ lateness, register }) {
    return lateness.late ? counted(register !== null) : outside
  },
  explain: (assessment) => (assessment.lateness.late ? whatIsMissing(assessment) : byLegalDue(assessment)),
}

function whatIsMissing({ register }: Assessment): string {
  return register === null ? 'không còn thiếu gì' : `còn thiếu ${register.missing.length} việc`
}
