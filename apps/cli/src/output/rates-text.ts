import type { RemindersOf } from '#accountability/record'
import { formatVietnameseDate } from '#calendar'
import { breakdownHeadings, type Comparison, type RateItems, type Rates } from '#dossiers'
import type { Accountability, AccountabilityLine, DutiesShown } from '#platform'
import { formatTable, terminal, type Column } from './table.js'

export function ratesText({ formula, period, by, rows, total, unjudged, position }: Rates): string {
  const isOfSteps = rows.some(({ before }) => before !== undefined)
  const table = formatTable(
    [...rows, { value: null, name: 'Tổng cộng', ...total }],
    [
      { heading: breakdownHeadings[by], width: 48, value: (row) => row.name },
      ...(isOfSteps
        ? ([
            { heading: 'Trước hạn', align: 'right', value: (row: (typeof rows)[number]) => row.before ?? '' },
            { heading: 'Đúng hạn', align: 'right', value: (row: (typeof rows)[number]) => row.on ?? '' },
            { heading: 'Quá hạn', align: 'right', value: (row: (typeof rows)[number]) => row.after ?? '' },
          ] as const)
        : []),
      { heading: formula.numerator, align: 'right', value: (row) => row.numerator },
      { heading: formula.denominator, align: 'right', value: (row) => row.denominator },
      { heading: 'Tỷ lệ (%)', align: 'right', value: (row) => percent(row.percent) },
    ],
    terminal.colour,
  )
  const without =
    unjudged === 0 ? '' : `${unjudged} hồ sơ chưa tính được (chưa có thủ tục hoặc lịch làm việc).\n`
  return `${formula.text.vi} (${formula.name})\n${periodText(period)}\n\n${table}\n${without}${placeText(position)}`
}

export function itemsText({ formula, period, total, items, next, position }: RateItems): string {
  const table = formatTable(
    items,
    [
      { heading: 'Hồ sơ', width: 40, value: (row) => row.dossier },
      { heading: 'Bước', align: 'right', value: (row) => row.step },
      { heading: 'Cơ quan', width: 30, value: (row) => row.agency },
      { heading: 'Thủ tục', width: 24, value: (row) => row.procedure },
      { heading: 'Tiếp nhận', value: (row) => dayText(row.accepted) },
      { heading: 'Hạn', value: (row) => dayText(row.due) },
      { heading: 'Kết thúc', value: (row) => dayText(row.ended) },
      { heading: formula.numerator, value: (row) => (row.numerator === 1 ? 'có' : 'không') },
    ],
    terminal.colour,
  )
  const counts = `${total.numerator}/${total.denominator} (${percent(total.percent)} %)`
  return `${formula.text.vi} (${formula.name}): ${counts}\n${periodText(period)}\n\n${table}\n${moreText(next)}${placeText(position)}`
}

export function comparisonText({ period, first, second, items, next, position }: Comparison): string {
  const line = ({ formula, numerator, denominator, percent: share }: Comparison['first']): string =>
    `${formula.name}: ${formula.text.vi}: ${numerator}/${denominator} (${percent(share)} %)\n`
  const table = formatTable(
    items,
    [
      { heading: 'Hồ sơ', width: 40, value: (row) => row.dossier },
      { heading: first.formula.name, width: 48, value: (row) => row.first.why },
      { heading: second.formula.name, width: 48, value: (row) => row.second.why },
    ],
    terminal.colour,
  )
  return `${line(first)}${line(second)}${periodText(period)}\n\nHồ sơ được tính khác nhau:\n${table}\n${moreText(next)}${placeText(position)}`
}

const dutyWords: Readonly<Record<string, string>> = {
  explanation: 'giải trình',
  acceptance: 'chấp nhận giải trình',
  apology: 'xin lỗi',
  delivery: 'gửi phiếu xin lỗi',
}

export function registerText({ asOf, dossiers, tasks }: Accountability): string {
  const { numerator, denominator, percent: share } = dossiers.coverage
  const parts = [
    `Hồ sơ chậm, muộn tính đến ngày ${formatVietnameseDate(asOf)}: ${dossiers.total} hồ sơ còn thiếu; đã giải trình và xin lỗi ${numerator}/${denominator} (${percent(share)} %)\n`,
    registerTable(dossiers.items),
    ...(tasks === null
      ? []
      : [
          `\nNhiệm vụ, sản phẩm chậm, muộn chưa có giải trình được chấp nhận: ${tasks.total}\n`,
          registerTable(tasks.items),
        ]),
  ]
  return `${parts.join('\n')}\n${placeText(dossiers.position)}`
}

/** To whom a reminder goes. */
export const levelWords = {
  owing: 'cơ quan phải làm',
  head: 'người đứng đầu',
  'provincial-office': 'Văn phòng UBND tỉnh',
} as const

export function dutiesText({ asOf, dossiers, tasks }: DutiesShown): string {
  const table = formatTable(
    dossiers.items,
    [
      { heading: 'Hồ sơ', width: 40, value: (row) => row.dossier },
      { heading: 'Phải làm', width: 60, value: ({ duties }) => dutiesOwed(duties) },
      { heading: 'Từ ngày', value: (row) => formatVietnameseDate(row.since) },
      { heading: 'Chậm (ngày)', align: 'right', style: () => 'red', value: (row) => row.daysLate },
      ...reminded,
    ],
    terminal.colour,
  )
  const ofTasks =
    tasks === null
      ? ''
      : `\nNhiệm vụ, sản phẩm phải giải trình: ${tasks.length}\n${registerTable(tasks, reminded)}`
  const ofDossiers = dossiers.items.length === 0 ? '(không có)\n' : table
  return `Việc phải làm về hồ sơ chậm, muộn tính đến ngày ${formatVietnameseDate(asOf)}\n\n${ofDossiers}${moreText(dossiers.next)}${ofTasks}`
}

function dutiesOwed(duties: DutiesShown['dossiers']['items'][number]['duties']): string {
  return duties.map(({ duty, owedBy }) => `${dutyWords[duty] ?? duty} (${owedBy ?? 'chưa rõ'})`).join('; ')
}

/** What was done about duties: how often, and how high. */
const reminded: readonly Column<RemindersOf>[] = [
  { heading: 'Đã nhắc', align: 'right', value: ({ reminders }) => reminders.length },
  { heading: 'Đã báo lên', value: ({ escalatedTo }) => escalatedTo && levelWords[escalatedTo] },
]

function registerTable<Line extends AccountabilityLine>(
  lines: readonly Line[],
  more: readonly Column<Line>[] = [],
): string {
  if (lines.length === 0) return '(không có)\n'
  return formatTable(
    lines,
    [
      { heading: 'Mã', width: 40, value: (row) => row.code },
      { heading: 'Cơ quan', width: 28, value: (row) => row.agency },
      { heading: 'Hạn', value: (row) => formatVietnameseDate(row.due) },
      { heading: 'Chậm (ngày)', align: 'right', style: () => 'red', value: (row) => row.daysLate },
      { heading: 'Kết thúc', value: (row) => dayText(row.ended) },
      { heading: 'Còn thiếu (ai phải làm)', width: 60, value: missingText },
      ...more,
    ],
    terminal.colour,
  )
}

function missingText({ missing, owedBy }: AccountabilityLine): string {
  return missing.map((duty) => `${dutyWords[duty] ?? duty} (${owedBy[duty] ?? 'chưa rõ'})`).join('; ')
}

function periodText({ name, from, to, dueBefore }: Rates['period']): string {
  const due = dueBefore === null ? '' : `, báo cáo trước ngày ${formatVietnameseDate(dueBefore)}`
  return `Kỳ ${name === null ? '' : `${name}: `}từ ${formatVietnameseDate(from)} đến hết ${formatVietnameseDate(to)}${due}`
}

function placeText(position: string): string {
  return `Số liệu tính đến vị trí ${position} của nhật ký; tính lại y nguyên bằng --at ${position}.\n`
}

function moreText(next: string | null): string {
  return next === null ? '' : `Còn trang sau: --cursor ${next}\n`
}

function dayText(day: string | null): string {
  return day === null ? '' : formatVietnameseDate(day)
}

function percent(value: number | null): string {
  return value === null ? 'không có' : value.toFixed(2).replace('.', ',')
}
