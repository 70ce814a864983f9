import { formatVietnameseDate } from '#calendar'
import type { Assessment } from '../assessment.js'
import { counted, outside, type Formula } from './formula.js'
import { notToBeHandled, wasToBeHandled } from './to-be-handled.js'

/** Late share of the dossiers to be handled: late by the legal due date at the end of the period. */
export const canXuLy: Formula = {
  name: 'can-xu-ly',
  text: {
    vi: 'Tỷ lệ hồ sơ chậm, muộn trên tổng số hồ sơ phải giải quyết',
    en: 'Late share of the dossiers to be handled',
  },
  numerator: 'Chậm, muộn',
  denominator: 'Phải giải quyết',
  source: null,
  favourable: false,
  onlyLate: 'numerator',
  shareOf(assessment, period) {
    return wasToBeHandled(assessment, period) ? counted(assessment.lateness.late) : outside
  },
  explain: (assessment, period) =>
    wasToBeHandled(assessment, period) ? byLegalDue(assessment) : notToBeHandled(assessment),
}

/** How it stands to the legal due date. */
export function byLegalDue({ clock, life, lateness }: Assessment): string {
  if (clock.due === null)
    return life.accepted === null
      ? 'không có hạn: không ghi nhận việc tiếp nhận'
      : 'không chậm: thời hạn đang tạm dừng'
  const due = `hạn theo quy định ${formatVietnameseDate(clock.due)}`
  const ended =
    life.end === null ? 'chưa xong' : `xong ngày ${formatVietnameseDate(life.end.occurredAt.date)}`
  if (lateness.late) return `chậm ${lateness.lateBy.calendarDays} ngày: ${ended}, ${due}`
  return `${lateness.early ? 'sớm hạn' : 'không chậm'}: ${ended}, ${due}`
}
