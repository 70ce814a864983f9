import {
  dayReason,
  explainDue,
  formatPeriod,
  formatVietnameseDate,
  type DayOfPeriod,
  type ExplainedDue,
  type LocalDate,
} from '#calendar'
import type { Assessment } from './assessment.js'
import { daysWaited, inCalendarDays, statutoryRequest } from './deadline.js'
import { daysBackdated } from './flags.js'
import { hasImpossibleAppointment, type Stop } from './result-clock.js'
import type { Rulebook } from './rulebook.js'

/** Longer ways from acceptance to due date are not gone through day by day. */
const mostDaysShown = 120

/**
 * How the due date and the verdict came about, in the order an official would tell it: acceptance, first day counted,
 * days off on the way, stops, due date, what became of it.
 */
export function explain(rulebook: Rulebook, assessment: Assessment): string[] {
  const { life, clock, events } = assessment
  const backdated = Math.max(...events.map(daysBackdated), 0)
  const lag = backdated === 0 ? [] : [`có thông tin ghi nhận sau khi phát sinh ${backdated} ngày`]
  if (life.accepted === null || clock.first === null) {
    const ended =
      life.end === null
        ? []
        : [`kết thúc ${formatVietnameseDate(life.end.occurredAt.date)}, chưa được tiếp nhận`]
    return ['chưa tiếp nhận, chưa tính thời hạn', ...ended, ...lag]
  }
  const day = daysOf(life.accepted.occurredAt.date)
  return [
    ...acceptance(rulebook, assessment, day),
    ...daysOff(rulebook, assessment, day),
    ...clock.stops.map((stop) => stopped(rulebook, assessment, stop, day)),
    ...(clock.due === null ? [] : [`hạn ${day(clock.due)}`]),
    ...(assessment.provisional ? ['tạm tính: lịch nghỉ của năm liên quan chưa được công bố chính thức'] : []),
    ...outcome(assessment, day),
    ...lag,
  ]
}

type DayText = (date: LocalDate) => string

/**
 * As officials write days side by side: "15/4", "08/5", "21/02", without the year of acceptance. The line of the time
 * names that year, and a day of another year has its own.
 */
function daysOf(accepted: LocalDate): DayText {
  return (date) => {
    const [year, month, day] = date.split('-')
    if (year !== accepted.slice(0, 4)) return formatVietnameseDate(date)
    return `${day}/${Number(month) > 2 ? Number(month) : month}`
  }
}

function acceptance(rulebook: Rulebook, { life, clock, procedure }: Assessment, day: DayText): string[] {
  const accepted = life.accepted!
  const { occurredAt, data } = accepted
  const appointed = (date: LocalDate, isImpossible: boolean): string =>
    `hẹn trả ${day(date)}${isImpossible ? ', trước ngày tiếp nhận: không tính' : ''}`
  const request = statutoryRequest(rulebook, procedure, occurredAt)
  const { explanation, dueDate, unrolled } = explainDue(rulebook.calendar, request)
  const [received] = explanation
  const moved =
    procedure.lastHourRule &&
    !isSameWay(explanation, explainDue(rulebook.calendar, { ...request, rules: [] }))
  const firstCounted = explanation.find(({ counted }) => counted)?.date ?? dueDate
  return [
    `tiếp nhận ${day(occurredAt.date)}, tính từ ${day(firstCounted)}`,
    ...(moved && received !== undefined ? [`${day(received.date)}: ${received.why}`] : []),
    `thời hạn ${formatPeriod(procedure.within)}: ${formatVietnameseDate(clock.statutory!.date)}`,
    ...(unrolled === dueDate
      ? []
      : [`ngày cuối ${day(unrolled)} là ngày nghỉ, chuyển sang ngày làm việc tiếp theo`]),
    ...(data.appointment === null ? [] : [appointed(data.appointment, hasImpossibleAppointment(accepted))]),
  ]
}

/** Whether the rules of the last hour changed nothing about the day of receipt. */
function isSameWay([received]: readonly DayOfPeriod[], { explanation }: ExplainedDue): boolean {
  return received?.why === explanation[0]?.why
}

/** Ordinary weekends explain themselves; days off of the calendar and Saturdays worked are named. */
function daysOff({ calendar }: Rulebook, { life, clock, procedure }: Assessment, day: DayText): string[] {
  if (inCalendarDays(procedure.within)) return []
  const last = clock.due ?? clock.first!.date
  const lines: string[] = []
  let date = life.accepted!.occurredAt.date
  for (let shown = 0; date < last && shown < mostDaysShown; shown++) {
    date = calendar.addDays(date, 1)
    if (calendar.specialDay(date) === null) continue
    const counts = calendar.isWorkingDay(date) ? 'tính' : 'không tính'
    lines.push(`${day(date)} ${dayReason(calendar, date)}, ${counts}`)
  }
  return lines
}

function stopped(
  rulebook: Rulebook,
  { procedure }: Assessment,
  { from, to, waitedFor, restarted }: Stop,
  day: DayText,
): string {
  const what = waitedFor === 'supplement' ? 'bổ sung' : 'chờ nộp phí, lệ phí'
  if (to === null) return `${what} từ ${day(from)}: đang tạm dừng, chưa có hạn`
  if (restarted) return `${what} ${day(from)}–${day(to)}: tính lại toàn bộ thời hạn từ sau ${day(to)}`
  const unit = inCalendarDays(procedure.within) ? 'ngày' : 'ngày làm việc'
  const days = daysWaited(rulebook, procedure.within, from, to)
  return `${what} ${day(from)}–${day(to)} không tính (${days} ${unit})`
}

function outcome({ life, lateness, status, reappointedTo, asOf }: Assessment, day: DayText): string[] {
  const { late, lateBy, early } = lateness
  const at =
    life.end === null
      ? `đến ${day(asOf.date)}`
      : `${endWord(life.hasResult)} ${day(life.end.occurredAt.date)}`
  const verdict = late
    ? `${at}: chậm ${lateBy.workingDays} ngày làm việc (${lateBy.calendarDays} ngày)`
    : early
      ? `${at}: trước hạn`
      : life.end !== null
        ? `${at}: không chậm`
        : status === 'stopped'
          ? `${at}: đang tạm dừng`
          : `${at}: còn trong hạn`
  return [...(reappointedTo === null ? [] : [`hẹn lại ${day(reappointedTo)}, không đổi hạn`]), verdict]
}

function endWord(hasResult: boolean): string {
  return hasResult ? 'có kết quả' : 'kết thúc'
}
