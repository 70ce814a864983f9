import { formatVietnameseDate } from '#calendar'
import type { Deadline, Frequency, Recurrence } from './deadline.js'

/** One line in Vietnamese for a terminal or a list: "hạn 31/01/2025 (tháng 01/2025)". Never empty. */
export function formatDeadline(deadline: Deadline): string {
  const main = mainText(deadline)
  const isShown = deadline.condition !== null && deadline.type !== 'event' && deadline.type !== 'rule'
  return isShown ? `${main}; ${deadline.condition}` : main
}

function mainText(deadline: Deadline): string {
  const { type, due, recurrence, condition } = deadline
  switch (type) {
    case 'none':
      return 'không có thời hạn'
    case 'continuous':
      return 'thường xuyên'
    case 'event':
      return `theo sự kiện: ${condition ?? deadline.raw}`
    case 'rule':
      return `theo văn bản khác: ${condition ?? deadline.raw}`
    case 'recurring':
      return `định kỳ: ${recurrence === null ? 'chưa rõ kỳ' : recurrenceText(recurrence, deadline.inclusive)}`
    case 'several':
      return deadline.parts.map((part, k) => `(${k + 1}) ${formatDeadline(part)}`).join('; ')
    default:
      return due === null ? `chưa xác định được ngày: ${deadline.raw.slice(0, 80)}` : dueText(deadline, due)
  }
}

function dueText({ type, inclusive, dates, from, to }: Deadline, due: string): string {
  if (type === 'dates') {
    const days = dates.map(formatVietnameseDate).join(', ')
    return inclusive === false ? `trước các ngày ${days}` : `hạn các ngày ${days}`
  }
  const day = formatVietnameseDate(due)
  if (inclusive === false) return `trước ngày ${day}`
  const period = periodText(type, due)
  if (type === 'range' && from !== null && to !== null) return `hạn ${day} (từ ${formatVietnameseDate(from)})`
  return period === null ? `hạn ${day}` : `hạn ${day} (${period})`
}

function periodText(type: Deadline['type'], due: string): string | null {
  const [year, month] = [due.slice(0, 4), due.slice(5, 7)]
  if (type === 'month') return `tháng ${month}/${year}`
  if (type === 'quarter') return `quý ${romans[Number(month) / 3 - 1]}/${year}`
  return type === 'year' ? `năm ${year}` : null
}

const romans = ['I', 'II', 'III', 'IV'] as const

const frequencyNames: Record<Frequency, string> = {
  monthly: 'hằng tháng',
  quarterly: 'hằng quý',
  'half-yearly': '6 tháng',
  yearly: 'hằng năm',
  'ad-hoc': 'đột xuất',
  unspecified: 'chưa ghi rõ kỳ',
}

function recurrenceText(
  { frequencies, timesPerYear, month, quarter, day }: Recurrence,
  inclusive: boolean | null,
): string {
  const names = frequencies.map((frequency) => frequencyNames[frequency]).join(', ')
  const place = [
    timesPerYear === null ? null : `${timesPerYear} lần/năm`,
    day === null ? null : `${inclusive === false ? 'trước ngày' : 'ngày'} ${String(day).padStart(2, '0')}`,
    month === null ? null : `tháng ${String(month).padStart(2, '0')}`,
    quarter === null ? null : `quý ${romans[quarter - 1] ?? quarter}`,
  ].filter((text) => text !== null)
  return place.length === 0 ? names : `${names} (${place.join(', ')})`
}
