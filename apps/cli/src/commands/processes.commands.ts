import type { Command } from 'commander'
import {
  findIncidents,
  findProcess,
  listProcesses,
  processWorkflow,
  type IncidentListed,
  type ProcessPage,
  type ProcessShown,
} from '#engine'
import { answering } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import { actAsOperator, askAsOperator } from './acting.js'
import { vietnamTime } from './timers.commands.js'

/** What the system does by itself, and what went wrong there. */
export function addProcessesCommands(program: Command): void {
  const processes = program
    .command('processes')
    .description('các quy trình tự động: tình trạng, sự cố, thử lại / processes and their instances')

  processes
    .command('list')
    .description('mọi quy trình tự động / every process with its instances')
    .option('--process <tên>', 'chỉ quy trình này')
    .option('--status <trạng-thái>', 'running, held, ended')
    .option('--cursor <dấu-trang>', 'trang sau trang này')
    .option('--limit <số>', 'số dòng mỗi trang', '100')
    .action((_options, command: Command) =>
      answering(command, async (session, { limit, ...options }) => {
        const params = { ...options, limit: Number(limit) }
        const page = await askAsOperator(session, command, listProcesses, params)
        return { json: page, text: processesText(page) }
      }),
    )

  processes
    .command('show <quy-trình:mã>')
    .description('một quy trình tự động và lịch sử của nó / one instance with its history')
    .action((id: string, _options, command: Command) =>
      answering(command, async (session) => {
        const shown = await askAsOperator(session, command, findProcess, { id })
        return { json: shown, text: processText(shown) }
      }),
    )

  const acts = [
    ['retry', 'Retry', 'thử lại sau khi đã khắc phục sự cố / try again after an incident'],
    ['dismiss', 'Dismiss', 'bỏ qua sự kiện hoặc lệnh gặp sự cố / leave out what went wrong'],
  ] as const
  for (const [name, transition, description] of acts)
    processes
      .command(`${name} <quy-trình:mã>`)
      .description(description)
      .requiredOption('--reason <lý-do>', 'vì sao; không ghi thông tin cá nhân')
      .action((aggregate: string, _options, command: Command) =>
        answering(command, (session, { reason }) =>
          actAsOperator(session, command, processWorkflow, {
            aggregate,
            transition,
            data: { reason: String(reason) },
          }),
        ),
      )

  program
    .command('incidents')
    .description('sự cố của quy trình tự động, chờ xử lý / open incidents of processes')
    .option('--process <tên>', 'chỉ quy trình này')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const incidents = await askAsOperator(session, command, findIncidents, options)
        return { json: incidents, text: incidentsText(incidents) }
      }),
    )
}

const red = (count: number): 'red' | null => (count > 0 ? 'red' : null)

function processesText({ processes, items, next }: ProcessPage): string {
  if (processes.length === 0) return 'Không có quy trình tự động nào.\n'
  const summary = formatTable(
    processes,
    [
      { heading: 'Quy trình', value: ({ process }) => process },
      { heading: 'Đang chạy', align: 'right', value: ({ running }) => running },
      { heading: 'Dừng', align: 'right', style: ({ held }) => red(held), value: ({ held }) => held },
      { heading: 'Kết thúc', align: 'right', value: ({ ended }) => ended },
      {
        heading: 'Sự cố',
        align: 'right',
        style: ({ incidents }) => red(incidents),
        value: ({ incidents }) => incidents,
      },
      { heading: 'Vị trí', align: 'right', value: ({ position }) => position },
      { heading: 'Tiến trình', value: ({ led }) => (led ? 'đang chạy' : 'không có') },
    ],
    terminal.colour,
  )
  const instances = formatTable(
    items,
    [
      { heading: 'Mã', value: ({ process, instance }) => `${process}:${instance}` },
      { heading: 'Trạng thái', value: ({ status }) => processWorkflow.statuses[status]!.vi },
      { heading: 'Đã nhận', align: 'right', value: ({ reactions }) => reactions },
      { heading: 'Chưa gửi', align: 'right', value: ({ unsent }) => unsent },
      { heading: 'Chờ', align: 'right', value: ({ waiting }) => waiting },
      {
        heading: 'Sự cố',
        align: 'right',
        style: ({ incidents }) => red(incidents),
        value: ({ incidents }) => incidents,
      },
      { heading: 'Cập nhật', value: ({ updatedAt }) => vietnamTime(updatedAt) },
    ],
    terminal.colour,
  )
  const more = next === null ? '' : `\nCòn nữa: roviec processes list --cursor "${next}"\n`
  return `${summary}\n${items.length === 0 ? '' : instances}${more}`
}

function processText({ id, state, history }: ProcessShown): string {
  const events = formatTable(
    history,
    [
      { heading: 'Lúc', value: ({ recordedAt }) => vietnamTime(recordedAt) },
      { heading: 'Sự kiện', value: ({ type }) => type },
      { heading: 'Ai', value: ({ actor }) => actor },
      { heading: 'Nội dung', width: 80, value: ({ data }) => JSON.stringify(data) },
    ],
    terminal.colour,
  )
  return `${id}: ${processWorkflow.statuses[state.status]!.vi}\n\n${events}`
}

function incidentsText(incidents: readonly IncidentListed[]): string {
  if (incidents.length === 0) return 'Không có sự cố nào chờ xử lý.\n'
  const table = formatTable(
    incidents,
    [
      { heading: 'Lúc', value: ({ at }) => vietnamTime(at) },
      { heading: 'Quy trình', value: ({ process, instance }) => `${process}:${instance}` },
      {
        heading: 'Sự cố',
        style: ({ kind }) => (kind === 'held' ? 'red' : null),
        value: ({ kind }) => (kind === 'held' ? 'dừng' : 'lệnh bị từ chối'),
      },
      { heading: 'Mã lỗi', value: ({ code }) => code },
      { heading: 'Về', width: 50, value: whatItIsAbout },
      { heading: 'Chi tiết', width: 50, value: ({ message }) => message },
    ],
    terminal.colour,
  )
  return `${table}\nKhắc phục rồi chạy: roviec processes retry <quy-trình:mã> --reason <lý-do>\n`
}

function whatItIsAbout({ command, event }: IncidentListed): string {
  if (command !== null) return `${command.transition} ${command.workflow}-${command.aggregate}`
  return event === null ? '' : `${event.type} (${event.stream})`
}
