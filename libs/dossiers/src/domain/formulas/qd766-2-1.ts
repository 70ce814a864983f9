import { addDays, formatVietnameseDate, type LocalDate } from '#calendar'
import type { Assessment } from '../assessment.js'
import { daysWaited, inCalendarDays } from '../deadline.js'
import type { Wait } from '../result-clock.js'
import type { Rulebook } from '../rulebook.js'
import { counted, outside, type Formula } from './formula.js'
import { notToBeHandled, openWait, wasToBeHandled } from './to-be-handled.js'

/**
 * On-time share of QĐ 766/QĐ-TTg, index 2.1. It measures in its own way: against firstDue moved by the waits for
 * supplements, also where the procedure restarts and never by those for fees; more than one request for a supplement is
 * overdue, even where the procedure allows two.
 */
export const qd766: Formula = {
  name: 'qd766-2.1',
  text: {
    vi: 'Tỷ lệ hồ sơ giải quyết đúng hạn theo chỉ số 2.1 Bộ chỉ số 766',
    en: 'On-time share, index 2.1 of QĐ 766',
  },
  numerator: 'Đúng hạn',
  denominator: 'Phải giải quyết',
  source: 'Quyết định số 766/QĐ-TTg ngày 23/6/2022',
  favourable: true,
  shareOf(assessment, period, rulebook) {
    if (!wasToBeHandled(assessment, period)) return outside
    return counted(requestsOf(assessment) <= 1 && isOnTime(assessment, period.to, rulebook))
  },
  turnsOn(assessment, rulebook) {
    const { life } = assessment
    if (life.accepted === null || life.end !== null || openWait(assessment) !== undefined) return null
    return addDays(limitOf(assessment, life.accepted.occurredAt.date, rulebook), 1)
  },
  explain(assessment, period, rulebook) {
    if (!wasToBeHandled(assessment, period)) return notToBeHandled(assessment)
    const requests = requestsOf(assessment)
    if (requests > 1) return `quá hạn: đã yêu cầu bổ sung ${requests} lần`
    const { end, how } = measured(assessment, period.to)
    const limit = limitOf(assessment, end, rulebook)
    const verdict = end <= limit ? 'đúng hạn' : 'quá hạn'
    return `${verdict}: ${how} ${formatVietnameseDate(end)}, hạn tính cả thời gian chờ bổ sung ${formatVietnameseDate(limit)}`
  },
}

function requestsOf({ events }: Assessment): number {
  return events.filter(({ type }) => type === 'SupplementRequested').length
}

function isOnTime(assessment: Assessment, lastDay: LocalDate, rulebook: Rulebook): boolean {
  const { end } = measured(assessment, lastDay)
  return end <= limitOf(assessment, end, rulebook)
}

/** The day that is held against the limit. */
function measured(
  assessment: Assessment,
  lastDay: LocalDate,
): { readonly end: LocalDate; readonly how: string } {
  const { end } = assessment.life
  if (end !== null) return { end: end.occurredAt.date, how: 'kết thúc ngày' }
  const open = openWait(assessment)
  return open === undefined
    ? { end: lastDay, how: 'chưa xong đến hết ngày' }
    : { end: open.from, how: 'chờ bổ sung từ ngày' }
}

function waitsOf({ clock }: Assessment): readonly Wait[] {
  return clock.waits.filter(({ afterAcceptance }) => afterAcceptance)
}

/** firstDue moved by the waits, one that is still open counted up to `end`. */
function limitOf(assessment: Assessment, end: LocalDate, rulebook: Rulebook): LocalDate {
  const { within } = assessment.procedure
  const { date, unrolled } = assessment.clock.first!
  const days = waitsOf(assessment)
    .map(({ from, to }) => daysWaited(rulebook, within, from, to ?? end))
    .reduce((sum, waited) => sum + waited, 0)
  if (days <= 0) return date
  const { calendar } = rulebook
  return inCalendarDays(within)
    ? calendar.rollForward(calendar.addDays(unrolled, days))
    : calendar.addWorkingDays(date, days)
}
