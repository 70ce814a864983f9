import { formatVietnameseDate } from '#calendar'
import type { Assessment } from '../assessment.js'
import type { ReportPeriod } from './formula.js'

/**
 * The common denominator: accepted on or before the last day and not ended before the first. A dossier that waits for
 * a supplement has not ended, however long it has waited.
 */
export function wasToBeHandled({ life }: Assessment, { from, to }: ReportPeriod): boolean {
  const accepted = life.accepted?.occurredAt.date
  const ended = life.end?.occurredAt.date
  return accepted !== undefined && accepted <= to && (ended === undefined || ended >= from)
}

/** Why it was not. */
export function notToBeHandled({ life }: Assessment): string {
  if (life.accepted === null) return 'không tính: đến hết kỳ chưa tiếp nhận'
  return `không tính: đã kết thúc ngày ${formatVietnameseDate(life.end!.occurredAt.date)}, trước kỳ báo cáo`
}
