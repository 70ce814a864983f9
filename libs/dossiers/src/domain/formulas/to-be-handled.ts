import { formatVietnameseDate, type LocalDate } from '#calendar'
import type { Assessment } from '../assessment.js'
import type { Wait } from '../result-clock.js'
import type { ReportPeriod } from './formula.js'

/**
 * The common denominator: accepted on or before the last day and not ended before the first. What waits for a
 * supplement counts as ended on the day of the request: it is of the period of that day, not of every later one.
 */
export function wasToBeHandled(assessment: Assessment, { from, to }: ReportPeriod): boolean {
  const accepted = assessment.life.accepted?.occurredAt.date
  const ended = endOf(assessment)
  return accepted !== undefined && accepted <= to && (ended === null || ended >= from)
}

/** Why it was not. */
export function notToBeHandled(assessment: Assessment): string {
  const { life } = assessment
  if (life.accepted === null) return 'không tính: đến hết kỳ chưa tiếp nhận'
  const day = formatVietnameseDate(endOf(assessment)!)
  return life.end === null
    ? `không tính: chờ bổ sung từ ngày ${day}, trước kỳ báo cáo`
    : `không tính: đã kết thúc ngày ${day}, trước kỳ báo cáo`
}

/** The wait for a supplement that goes on; one from before the acceptance ended with it. */
export function openWait({ clock }: Assessment): Wait | undefined {
  return clock.waits.find(({ to, afterAcceptance }) => to === null && afterAcceptance)
}

function endOf(assessment: Assessment): LocalDate | null {
  return assessment.life.end?.occurredAt.date ?? openWait(assessment)?.from ?? null
}
