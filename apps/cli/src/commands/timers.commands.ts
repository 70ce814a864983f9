import type { Command } from 'commander'
import { findTimer, listTimers, timerWorkflow, type TimerListed, type TimerShown } from '#engine'
import type { JsonValue } from '#kernel'
import { answering, type Options } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import { actAsOperator, askAsOperator } from './acting.js'

const defaultLimit = 100

/** The timers of the system: what is to come, and what operators do to them. */
export function addTimersCommands(program: Command): void {
  const timers = program
    .command('timers')
    .description('các hẹn giờ: danh sách, kích hoạt, hủy, dời / timers to come')

  timers
    .command('list')
    .description('các hẹn giờ đang chờ, gần nhất trước / pending timers, the next first')
    .option('--due-by <thời-điểm>', 'chỉ những hẹn đến thời điểm này, ví dụ 2025-01-31T17:00:00+07:00')
    .option('--owner <tên>', 'chỉ của quy trình này')
    .option('--owner-id <mã>', 'chỉ của hồ sơ này')
    .option('--cursor <dấu-trang>', 'trang sau trang này')
    .option('--limit <số>', 'số dòng mỗi trang', String(defaultLimit))
    .action((_options, command: Command) =>
      answering(command, async (session, { limit, ...options }) => {
        const params = { ...options, limit: Number(limit) }
        const page = await askAsOperator(session, command, listTimers, params)
        const more = page.next === null ? '' : `\nCòn nữa: roviec timers list --cursor "${page.next}"\n`
        return { json: page, text: `${timersTable(page.items)}${more}` }
      }),
    )

  timers
    .command('show <hẹn-giờ>')
    .description('một hẹn giờ và lịch sử của nó / one timer with its history')
    .action((timer: string, _options, command: Command) =>
      answering(command, async (session) => {
        const shown = await askAsOperator(session, command, findTimer, { timer })
        return { json: shown, text: timerText(shown) }
      }),
    )

  const acts = [
    ['fire', 'Fire', 'kích hoạt ngay, không chờ đến giờ / fire now'],
    ['cancel', 'Cancel', 'hủy / cancel'],
    ['reschedule', 'Reschedule', 'dời sang thời điểm khác / set to another time'],
  ] as const
  for (const [name, transition, description] of acts) {
    const act = timers
      .command(`${name} <hẹn-giờ>`)
      .description(description)
      .requiredOption('--reason <lý-do>', 'vì sao; không ghi thông tin cá nhân')
    if (name === 'reschedule') act.requiredOption('--at <thời-điểm>', 'ví dụ 2025-01-31T17:00:00+07:00')
    act.action((aggregate: string, _options, command: Command) =>
      answering(command, (session, options) =>
        actAsOperator(session, command, timerWorkflow, {
          aggregate,
          transition,
          data: dataOf(options),
        }),
      ),
    )
  }
}

function dataOf({ reason, at }: Options): JsonValue {
  return at === undefined ? { reason: String(reason) } : { reason: String(reason), at: String(at) }
}

const catchUpWords = { once: 'một lần cho tất cả', each: 'bù từng lần', skip: 'bỏ qua' } as const

function timersTable(timers: readonly TimerListed[]): string {
  if (timers.length === 0) return 'Không có hẹn giờ nào đang chờ.\n'
  return formatTable(
    timers,
    [
      { heading: 'Đến giờ', value: ({ dueAt }) => vietnamTime(dueAt) },
      { heading: 'Tên', value: ({ name }) => name },
      { heading: 'Của', value: ({ owner }) => `${owner.name}: ${owner.id}` },
      { heading: 'Lặp lại', value: ({ every }) => every },
      { heading: 'Nếu lỡ', value: ({ catchUp }) => catchUpWords[catchUp] },
      { heading: 'Mã', value: ({ timer }) => timer },
    ],
    terminal.colour,
  )
}

function timerText({ timer, state, history }: TimerShown): string {
  const { set, at, status } = state
  const owner = set === null ? '' : `, của ${set.owner.name}: ${set.owner.id}`
  const due = at === null ? '' : `, đến giờ ${vietnamTime(at)}`
  const head = `${set?.name ?? timer}: ${timerWorkflow.statuses[status]!.vi}${due}${owner}`
  const events = formatTable(
    history,
    [
      { heading: 'Lúc', value: ({ occurredAt }) => vietnamTime(occurredAt) },
      { heading: 'Sự kiện', value: ({ type }) => type },
      { heading: 'Ai', value: ({ actor }) => actor },
      { heading: 'Nội dung', width: 80, value: ({ data }) => JSON.stringify(data) },
    ],
    terminal.colour,
  )
  return `${head}\n\n${events}`
}

const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'medium',
})

export function vietnamTime(instant: string): string {
  return clock.format(new Date(instant))
}
