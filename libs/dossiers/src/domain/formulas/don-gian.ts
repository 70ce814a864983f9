import { formatVietnameseDate } from '#calendar'
import type { Assessment } from '../assessment.js'
import { byLegalDue } from './can-xu-ly.js'
import { counted, outside, type Formula, type ReportPeriod } from './formula.js'

/** On-time share of what got its result within the period. */
export const donGian: Formula = {
  name: 'don-gian',
  text: {
    vi: 'Tỷ lệ đúng hạn trên số hồ sơ có kết quả trong kỳ',
    en: 'On-time share of the results within the period',
  },
  numerator: 'Đúng hạn, sớm hạn',
  denominator: 'Có kết quả trong kỳ',
  source: null,
  favourable: true,
  onlyLate: 'rest',
  shareOf(assessment, period) {
    return wasResolvedWithin(assessment, period) ? counted(!assessment.lateness.late) : outside
  },
  explain: resultWithin,
}

export function wasResolvedWithin({ life }: Assessment, { from, to }: ReportPeriod): boolean {
  const resolved = life.hasResult ? life.end?.occurredAt.date : undefined
  return resolved !== undefined && resolved >= from && resolved <= to
}

export function resultWithin(assessment: Assessment, period: ReportPeriod): string {
  if (wasResolvedWithin(assessment, period)) return byLegalDue(assessment)
  const { life } = assessment
  if (life.end === null) return 'không tính: đến hết kỳ chưa có kết quả'
  const day = formatVietnameseDate(life.end.occurredAt.date)
  return life.hasResult
    ? `không tính: có kết quả ngày ${day}, trước kỳ báo cáo`
    : `không tính: kết thúc ngày ${day} mà không có kết quả`
}
