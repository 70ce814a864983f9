import type { HistoryEntry } from '#engine'
import { formatVietnameseDate } from '#calendar'
import type { ImportReport, LateItem, OnTimeCounts, OnTimeTable, TaskDetail, TaskView } from '#tasks'
import { personalText } from './personal-text.js'
import { formatTable, paint, type Column } from './table.js'

const counts: readonly Column<OnTimeCounts>[] = [
  { heading: 'Nhiệm vụ', align: 'right', value: (row) => row.tasks },
  { heading: 'Sản phẩm', align: 'right', value: (row) => row.deliverables },
  { heading: 'Hoàn thành', align: 'right', value: (row) => row.completed },
  { heading: 'Đúng hạn', align: 'right', style: () => 'green', value: (row) => row.onTime },
  {
    heading: 'Quá hạn',
    align: 'right',
    style: (row) => (row.late > 0 ? 'red' : null),
    value: (row) => row.late,
  },
  { heading: 'Chưa đủ căn cứ', align: 'right', value: (row) => row.undeterminable },
  { heading: 'Đang làm', align: 'right', value: (row) => row.open },
  {
    heading: 'Trong đó trễ',
    align: 'right',
    style: (row) => (row.overdue > 0 ? 'red' : null),
    value: (row) => row.overdue,
  },
]

export function onTimeTable(table: OnTimeTable, colour: boolean): string {
  const rows = [...table.byAgency, { agency: 'Tổng số', agencyId: null, ...table.totals }]
  const title = `Tiến độ ${table.plan ?? 'các kế hoạch'} đến ngày ${formatVietnameseDate(table.asOf)}`
  const basis =
    table.formula.basis === 'original' ? 'thời hạn ban đầu' : 'thời hạn hiện hành (đã gia hạn nếu có)'
  const body = formatTable(
    rows,
    [{ heading: 'Cơ quan chủ trì', width: 44, value: (row) => row.agency }, ...counts],
    colour,
  )
  return `${paint(title, 'bold', colour)}\n\n${body}\nCách tính: ${table.formula.name} phiên bản ${table.formula.version}, so với ${basis}. Sản phẩm nhiều cơ quan chủ trì được tính cho từng cơ quan, một lần trong tổng số.\n`
}

export function lateTable(items: readonly LateItem[], colour: boolean): string {
  if (items.length === 0) return 'Không có sản phẩm chậm, muộn.\n'
  return formatTable(
    items,
    [
      { heading: 'Mã', value: (row) => row.code },
      { heading: 'Nhiệm vụ', width: 52, value: (row) => shorten(row.title, 150) },
      { heading: 'Chủ trì', width: 24, value: (row) => row.lead.join('; ') },
      { heading: 'Hạn', value: (row) => formatVietnameseDate(row.due) },
      { heading: 'Văn bản', width: 24, value: (row) => documentOf(row) },
      { heading: 'Trễ (ngày)', align: 'right', style: () => 'red', value: (row) => row.daysLate },
      {
        heading: 'Tình trạng',
        value: (row) => (row.verdict === 'late' ? 'hoàn thành quá hạn' : 'chưa xong, quá hạn'),
      },
      { heading: 'Giải trình', value: (row) => (row.explained ? 'đã có' : 'chưa có') },
    ],
    colour,
  )
}

function documentOf({ evidence }: LateItem): string {
  if (evidence === null) return ''
  return `${evidence.number ?? '(chưa rõ số)'}${evidence.date === null ? '' : ` ${formatVietnameseDate(evidence.date)}`}`
}

const verdictWords: Readonly<Record<string, string>> = {
  'on-time': 'đúng hạn',
  late: 'quá hạn',
  undeterminable: 'chưa đủ căn cứ',
  open: 'đang thực hiện',
}

export function boardTable(tasks: readonly TaskView[], colour: boolean): string {
  if (tasks.length === 0) return 'Không có nhiệm vụ nào.\n'
  const rows = tasks.flatMap((task) =>
    task.deliverables.map((deliverable, index) => ({ task, deliverable, first: index === 0 })),
  )
  return formatTable(
    rows,
    [
      { heading: 'Mã', value: ({ deliverable }) => deliverable.code },
      { heading: 'Nhiệm vụ', width: 44, value: ({ task, first }) => (first ? shorten(task.title, 120) : '') },
      { heading: 'Sản phẩm', width: 28, value: ({ deliverable }) => shorten(deliverable.product, 80) },
      { heading: 'Chủ trì', width: 22, value: ({ task, first }) => (first ? task.lead.join('; ') : '') },
      { heading: 'Thời hạn', width: 22, value: ({ deliverable }) => shorten(deliverable.deadline.raw, 60) },
      {
        heading: 'Kết quả',
        style: ({ deliverable }) =>
          deliverable.verdict === 'late' || deliverable.overdueDays !== null
            ? 'red'
            : deliverable.verdict === 'on-time'
              ? 'green'
              : null,
        value: ({ deliverable }) => verdictText(deliverable),
      },
    ],
    colour,
  )
}

function verdictText(deliverable: TaskView['deliverables'][number]): string {
  if (deliverable.daysLate !== null && deliverable.verdict === 'late')
    return `quá hạn ${deliverable.daysLate} ngày`
  if (deliverable.overdueDays !== null) return `trễ ${deliverable.overdueDays} ngày`
  return verdictWords[deliverable.verdict] ?? deliverable.verdict
}

/** One task for reading: heading, who, then its deliverables, then the cells as the document has them. */
export function taskText(task: TaskDetail, colour: boolean): string {
  const facts = [
    ['Kế hoạch', task.plan],
    ['Chủ trì', task.lead.join('; ')],
    ['Phối hợp', task.coordinate],
    ['Người giao', task.assigner ?? '(chưa rõ)'],
    ['Người phụ trách', task.responsible ?? '(chưa rõ)'],
    ['Trạng thái', task.status],
  ]
  const evidence = task.deliverables.flatMap((deliverable) =>
    deliverable.evidence.map((document) => ({ code: deliverable.code, ...document })),
  )
  const documents = formatTable(
    evidence,
    [
      { heading: 'Sản phẩm', value: (row) => row.code },
      {
        heading: 'Văn bản',
        value: (row) => [row.kind, row.number ?? '(chưa rõ số)'].filter(Boolean).join(' '),
      },
      {
        heading: 'Ngày',
        value: (row) => (row.date === null ? '(chưa rõ ngày)' : formatVietnameseDate(row.date)),
      },
      { heading: 'Cơ quan ban hành', value: (row) => row.issuer },
    ],
    colour,
  )
  const cells = task.cells.map((row) =>
    Object.entries(row)
      .filter(([, text]) => text !== '')
      .map(([heading, text]) => `  ${heading}: ${text}`)
      .join('\n'),
  )
  return (
    [
      paint(`${task.code}  ${task.title}`, 'bold', colour),
      facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
      boardTable([task], colour).trimEnd(),
      evidence.length === 0 ? 'Chưa có văn bản làm căn cứ.' : documents.trimEnd(),
      `Nguyên văn trong phụ lục:\n${cells.join('\n  --\n')}`,
    ].join('\n\n') + '\n'
  )
}

export function historyTable(entries: readonly HistoryEntry[], colour: boolean): string {
  return formatTable(
    entries,
    [
      { heading: 'Vị trí', align: 'right', value: (row) => row.position },
      { heading: 'Sự kiện', value: (row) => row.type },
      { heading: 'Người thực hiện', value: (row) => row.actor },
      { heading: 'Xảy ra', value: (row) => moment(row.occurredAt) },
      { heading: 'Ghi nhận', value: (row) => moment(row.recordedAt) },
      {
        heading: 'Lùi ngày',
        align: 'right',
        value: (row) => (row.backdatedDays > 0 ? row.backdatedDays : ''),
      },
      { heading: 'Lý do', width: 30, value: (row) => personalText(row.reason ?? row.text) },
      { heading: 'Thay đổi', width: 60, value: (row) => changesText(row) },
    ],
    colour,
  )
}

const shownChanges = 4

function valueText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '∅' : JSON.stringify(value)
}

function changesText({ changes }: HistoryEntry): string {
  const shown = changes
    .slice(0, shownChanges)
    .map(
      ({ field, before, after }) =>
        `${field}: ${shorten(valueText(before), 30)} → ${shorten(valueText(after), 40)}`,
    )
  const rest = changes.length - shown.length
  return [...shown, ...(rest > 0 ? [`(và ${rest} thay đổi khác, xem --json)`] : [])].join('; ')
}

const vietnamTime = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

function moment(instant: string): string {
  const part = Object.fromEntries(
    vietnamTime.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  )
  return `${part['day']}/${part['month']}/${part['year']} ${part['hour']}:${part['minute']}`
}

const statusWords: Readonly<Record<ImportReport['status'], string>> = {
  imported: 'Đã nhập',
  unchanged: 'Không có gì mới: phụ lục này đã được nhập',
  unresolved: 'Không có gì mới, nhưng tệp và dữ liệu đã ghi còn chưa thống nhất',
  changed: 'CHƯA NHẬP: tệp khác với dữ liệu đã ghi',
  planned: 'Chạy thử, chưa ghi gì',
}

export function importText(report: ImportReport, colour: boolean): string {
  const declared = report.declaredTasks === null ? '' : ` (văn bản ghi ${report.declaredTasks})`
  const head = `${statusWords[report.status]}: kế hoạch ${report.plan}, ${report.sections} phần, ${report.tasks} nhiệm vụ${declared}, ${report.deliverables} sản phẩm, ${report.evidence} văn bản làm căn cứ.\n`
  const differences =
    report.differences.length === 0
      ? ''
      : `\nKhác với dữ liệu đã ghi${listed(report.differences.length, report.differenceCount)}:\n${formatTable(
          report.differences,
          [
            { heading: 'Mã', value: (row) => row.code },
            { heading: 'Mục', value: (row) => row.field },
            { heading: 'Đã ghi', width: 50, value: (row) => row.before },
            { heading: 'Trong tệp', width: 50, value: (row) => row.after },
          ],
          colour,
        )}`
  const warnings =
    report.warnings.length === 0
      ? ''
      : `\n${report.warningCount} điểm cần xem lại${listed(report.warnings.length, report.warningCount)}:\n${formatTable(
          report.warnings,
          [
            { heading: 'Dòng', align: 'right', value: (row) => row.row },
            { heading: 'Mã', value: (row) => row.code },
            { heading: 'Nội dung', width: 100, value: (row) => row.message.vi },
          ],
          colour,
        )}`
  return paint(head, 'bold', colour) + differences + warnings
}

function listed(shown: number, all: number): string {
  return shown === all ? '' : ` (${shown} trong ${all} điểm)`
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`
}
