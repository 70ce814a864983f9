import type { Command } from 'commander'
import { listOperations, measureLag, type OperationListed, type ViewLag } from '#engine'
import { answering, type Answer } from '../output/answer.js'
import { lagOf } from '../output/lag.js'
import { formatTable, terminal } from '../output/table.js'
import type { Session } from '../session.js'
import { order, projectionOf, stateWords } from './operating.js'

const shownOrders = 20

/** The views of the system: how they stand, and what operators do to them. */
export function addProjectionsCommands(program: Command): void {
  const views = program
    .command('projections')
    .description(
      'các bảng tra cứu: tình trạng, dựng lại, đưa bản mới vào sử dụng / the views and their builds',
    )

  views
    .command('list')
    .description('mọi bảng tra cứu và các bản của chúng / every view with its builds')
    .action((_options, command: Command) => answering(command, (session) => list(session)))

  views
    .command('status <bảng>')
    .description('một bảng tra cứu: các bản, các lệnh gần đây / one view with its last orders')
    .action((view: string, _options, command: Command) =>
      answering(command, (session) => status(session, view)),
    )

  views
    .command('rebuild <bảng>')
    .description(
      'dựng một bản mới từ kho sự kiện, bên cạnh bản đang dùng / fill a new build beside the live one',
    )
    .requiredOption('--reason <lý-do>', 'vì sao; không ghi thông tin cá nhân')
    .action((view: string, _options, command: Command) =>
      answering(command, (session, { reason }) =>
        order(session, command, view, 'Rebuild', {
          version: projectionOf(session.platform.contexts, view).version,
          reason: String(reason),
        }),
      ),
    )

  views
    .command('promote <bảng>')
    .description('đưa bản mới vào sử dụng sau khi đối chiếu / put the new build in place of the live one')
    .requiredOption('--reason <lý-do>', 'vì sao; không ghi thông tin cá nhân')
    .option('--accept-differences', 'kể cả khi bản mới cùng phiên bản mà số liệu khác')
    .action((view: string, _options, command: Command) =>
      answering(command, (session, { reason, acceptDifferences }) =>
        order(session, command, view, 'Promote', {
          version: projectionOf(session.platform.contexts, view).version,
          acceptDifferences: acceptDifferences === true,
          reason: String(reason),
        }),
      ),
    )

  for (const [name, transition, description] of [
    ['rollback', 'Rollback', 'quay lại bản trước / go back to the build before'],
    ['pause', 'Pause', 'tạm dừng cập nhật / stop keeping it up to date'],
    ['resume', 'Resume', 'tiếp tục cập nhật / go on'],
  ] as const)
    views
      .command(`${name} <bảng>`)
      .description(description)
      .requiredOption('--reason <lý-do>', 'vì sao; không ghi thông tin cá nhân')
      .action((view: string, _options, command: Command) =>
        answering(command, (session, { reason }) =>
          order(session, command, view, transition, { reason: String(reason) }),
        ),
      )
}

async function list({ platform }: Session): Promise<Answer> {
  const builds = await allBuilds(platform)
  return { json: builds.map(told), text: buildsTable(builds) }
}

async function status({ platform }: Session, view: string): Promise<Answer> {
  projectionOf(platform.contexts, view)
  const builds = (await allBuilds(platform)).filter(({ name }) => name === view)
  const orders = await listOperations(platform.database, view, shownOrders)
  const lately = orders.length === 0 ? '' : `\nCác lệnh gần đây:\n${ordersTable(orders)}`
  return { json: { view, builds: builds.map(told), orders }, text: `${buildsTable(builds)}${lately}` }
}

async function allBuilds({ store, database, clock }: Session['platform']): Promise<readonly ViewLag[]> {
  return (await measureLag(store, database, clock, true)).views
}

function told({ position, eventsBehind, ...build }: ViewLag): object {
  return { ...build, position: String(position), lag: String(eventsBehind) }
}

/** As they stand in the control tables, in the words of an operator; the JSON keeps the codes. */
const buildWords: Readonly<Record<string, string>> = {
  booting: 'đang nạp',
  active: 'đang cập nhật',
  paused: 'tạm dừng',
  error: 'lỗi',
}

const orderWords: Readonly<Record<string, string>> = {
  'projection.RebuildOrdered': 'dựng lại',
  'projection.PromotionOrdered': 'đưa vào sử dụng',
  'projection.RollbackOrdered': 'quay lại bản trước',
  'projection.Paused': 'tạm dừng',
  'projection.Resumed': 'tiếp tục',
  'projection.ReplayOrdered': 'xử lý lại',
  'projection.Discarded': 'bỏ qua',
}

const standingWords = { live: 'đang dùng', building: 'đang dựng', retired: 'dự phòng' } as const

function buildsTable(builds: readonly ViewLag[]): string {
  return formatTable(
    builds,
    [
      { heading: 'Bảng tra cứu', value: ({ name }) => name },
      { heading: 'Phiên bản', align: 'right', value: ({ version }) => version },
      { heading: 'Bản', align: 'right', value: ({ build }) => build },
      { heading: 'Vai trò', value: ({ standing }) => standingWords[standing] },
      {
        heading: 'Trạng thái',
        style: ({ state }) => (state === 'error' ? 'red' : null),
        value: ({ state }) => buildWords[state] ?? state,
      },
      { heading: 'Vị trí', align: 'right', value: ({ position }) => String(position) },
      { heading: 'Chậm (sự kiện)', align: 'right', value: (build) => lagOf(build) },
      {
        heading: 'Bị giữ',
        align: 'right',
        style: ({ parked }) => (parked > 0 ? 'red' : null),
        value: ({ parked }) => parked,
      },
      { heading: 'Lỗi', width: 60, value: ({ error }) => error },
    ],
    terminal.colour,
  )
}

function ordersTable(orders: readonly OperationListed[]): string {
  return formatTable(
    orders,
    [
      { heading: 'Vị trí', align: 'right', value: ({ position }) => position },
      { heading: 'Lệnh', value: ({ kind }) => orderWords[kind] ?? kind },
      { heading: 'Bản', align: 'right', value: ({ build }) => (build === 0 ? '' : build) },
      { heading: 'Kết quả', value: ({ state }) => stateWords[state] },
      { heading: 'Lý do', width: 40, value: ({ reason }) => reason },
      { heading: 'Chi tiết', width: 60, value: ({ outcome }) => outcome && JSON.stringify(outcome) },
    ],
    terminal.colour,
  )
}
