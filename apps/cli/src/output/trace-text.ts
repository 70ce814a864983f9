import type { AttemptListed, AttemptsPage, Trace, TracedEvent } from '#engine'
import { momentText } from './moment.js'
import { formatTable, paint } from './table.js'

const moment = (instant: string | null): string => (instant === null ? '(không rõ)' : momentText(instant))

/** A trace as a tree: each event below the one that caused it. */
export function traceText({ correlationId, roots, others, truncated }: Trace, colour: boolean): string {
  const lines = roots.flatMap((root) => [...branch(root, '', '', colour), ''])
  const notes = [
    `Thuộc chuỗi: ${correlationId ?? '(không rõ)'}`,
    ...(others > 0
      ? [`Còn ${others} sự kiện khác cùng chuỗi: roviec why ${correlationId} để xem tất cả.`]
      : []),
    ...(truncated ? ['Cây quá lớn nên chỉ hiển thị một phần.'] : []),
  ]
  return `${[...lines, ...notes].join('\n')}\n`
}

function branch(event: TracedEvent, lead: string, below: string, colour: boolean): string[] {
  const { caused } = event
  const inner = caused.length > 0 ? '│  ' : '   '
  const mark = event.asked ? '  ◀ sự kiện được hỏi' : ''
  const name = paint(event.type ?? '(không còn trong kho sự kiện)', event.asked ? 'bold' : 'reset', colour)
  const about = [
    `${event.stream}, sự kiện thứ ${Number(event.revision) + 1}, vị trí ${event.position}`,
    `do ${event.actor ?? '(không rõ)'}, bằng lệnh ${event.transition ?? '(không rõ)'} ${event.commandId ?? ''}`.trimEnd(),
    `xảy ra ${moment(event.occurredAt)}, ghi nhận ${moment(event.recordedAt)}`,
  ]
  return [
    `${lead}${name}  ${event.id}${mark}`,
    ...about.map((line) => `${below}${inner}${line}`),
    ...caused.flatMap((one, index) => {
      const isLast = index === caused.length - 1
      return branch(one, `${below}${isLast ? '└─ ' : '├─ '}`, `${below}${isLast ? '   ' : '│  '}`, colour)
    }),
  ]
}

const kinds: Readonly<Record<AttemptListed['kind'], string>> = {
  command: 'thao tác',
  query: 'tra cứu',
  'sign-in': 'đăng nhập',
  suppressed: 'gộp',
}

/** Attempts, the newest first; those that were only counted on a line of their own. */
export function attemptsText({ items, attempts, next }: AttemptsPage, colour: boolean): string {
  if (items.length === 0) return 'Không có lần nào bị từ chối.\n'
  const table = formatTable(
    items,
    [
      { heading: 'Thời điểm', value: (row) => moment(row.at) },
      { heading: 'Người thực hiện', value: (row) => (row.actor === 'unknown' ? '(không rõ)' : row.actor) },
      { heading: 'Loại', value: (row) => kinds[row.kind] },
      { heading: 'Việc', width: 44, value: whatOf },
      { heading: 'Lý do', width: 40, style: () => 'red', value: (row) => row.code ?? reasonsOf(row) },
      { heading: 'Số lần', align: 'right', value: (row) => row.counted },
    ],
    colour,
  )
  const more = next === null ? '' : ` Còn nữa: thêm --cursor ${next}.`
  return `${table}\nTổng số ${attempts} lần bị từ chối.${more}\n`
}

function whatOf({ target, transition, aggregate, dryRun }: AttemptListed): string {
  const act = [target, transition].filter((part) => part !== null).join('.')
  return [act, aggregate, dryRun ? '(chạy thử)' : null].filter(Boolean).join(' ')
}

function reasonsOf({ reasons }: AttemptListed): string {
  return Object.entries(reasons ?? {})
    .map(([code, count]) => `${code} ×${count}`)
    .join('; ')
}
