import type { Command } from 'commander'
import { listParked, parkedEvents, type ParkedEvent, type ParkedStream } from '#engine'
import { invalid, notFound } from '#kernel'
import { answering, type Answer } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import type { Session } from '../session.js'
import { order, projectionOf } from './operating.js'

/** Events that a view could not take in: their streams stand still in it until an operator acts. */
export function addParkedCommands(program: Command): void {
  const parked = program
    .command('parked')
    .description(
      'sự kiện bị giữ vì không cập nhật được vào bảng tra cứu / events that a view could not take in',
    )

  parked
    .command('list')
    .description('các luồng đang bị giữ / the streams that stand still')
    .option('--view <bảng>', 'chỉ bảng tra cứu này')
    .action((_options, command: Command) =>
      answering(command, async ({ platform }, { view }) => {
        if (typeof view === 'string') projectionOf(platform.contexts, view)
        const streams = await listParked(platform.database, typeof view === 'string' ? { name: view } : {})
        return { json: streams, text: streamsTable(streams) }
      }),
    )

  parked
    .command('show <bảng> <luồng>')
    .description('các sự kiện bị giữ của một luồng, theo thứ tự / what waits of a stream, in order')
    .action((view: string, stream: string, _options, command: Command) =>
      answering(command, async ({ platform }) => {
        projectionOf(platform.contexts, view)
        const events = await parkedEvents(platform.database, view, stream)
        if (events.length === 0) throw nothingParked(view, stream)
        return { json: events, text: eventsTable(events) }
      }),
    )

  parked
    .command('replay <bảng> <luồng>')
    .description('xử lý lại các sự kiện bị giữ của luồng, theo thứ tự / apply what waits, in order')
    .requiredOption('--reason <lý-do>', 'vì sao; không ghi thông tin cá nhân')
    .action((view: string, stream: string, _options, command: Command) =>
      answering(command, (session, { reason }) =>
        order(session, command, view, 'Replay', { stream, reason: String(reason) }),
      ),
    )

  parked
    .command('discard <bảng> <luồng>')
    .description(
      'bỏ qua các sự kiện bị giữ của luồng trong bảng này; kho sự kiện giữ nguyên / leave them out',
    )
    .requiredOption('--reason <lý-do>', 'vì sao; không ghi thông tin cá nhân')
    .option('--through <số>', 'chỉ bỏ qua đến sự kiện số này; mặc định: tất cả đang bị giữ')
    .action((view: string, stream: string, _options, command: Command) =>
      answering(command, (session, { reason, through }) =>
        discard(session, command, { view, stream, through, reason: String(reason) }),
      ),
    )
}

interface Discarding {
  readonly view: string
  readonly stream: string
  readonly through: string | boolean | undefined
  readonly reason: string
}

async function discard(
  session: Session,
  command: Command,
  { view, stream, through, reason }: Discarding,
): Promise<Answer> {
  if (through !== undefined && !/^\d{1,18}$/.test(String(through)))
    throw invalid('revision-invalid', {
      vi: 'Giá trị của --through phải là số thứ tự của sự kiện, ví dụ 3.',
      en: 'The value of --through must be a revision, such as 3.',
    })
  const events = await parkedEvents(session.platform.database, view, stream)
  const [first, last] = [events[0], events.at(-1)]
  if (first === undefined || last === undefined) throw nothingParked(view, stream)
  return order(session, command, view, 'Discard', {
    stream,
    first: first.revision,
    last: through === undefined ? last.revision : String(through),
    reason,
  })
}

function streamsTable(streams: readonly ParkedStream[]): string {
  if (streams.length === 0) return 'Không có sự kiện nào bị giữ.\n'
  return formatTable(
    streams,
    [
      { heading: 'Bảng tra cứu', value: ({ name, build }) => `${name} (bản ${build})` },
      { heading: 'Luồng', value: ({ stream }) => stream },
      { heading: 'Số sự kiện', align: 'right', value: ({ events }) => events },
      { heading: 'Từ số', align: 'right', value: ({ firstRevision }) => firstRevision },
      { heading: 'Sự kiện lỗi', value: ({ failed }) => failed && `${failed.type} (số ${failed.revision})` },
      {
        heading: 'Lỗi',
        width: 60,
        style: () => 'red',
        value: ({ failed }) => failed && `${failed.code}: ${failed.message}`,
      },
      { heading: 'Bị giữ từ', value: ({ parkedAt }) => parkedAt.toISOString() },
      { heading: 'Lý do lần xử lý trước', width: 30, value: ({ reason }) => reason },
    ],
    terminal.colour,
  )
}

function eventsTable(events: readonly ParkedEvent[]): string {
  return formatTable(
    events,
    [
      { heading: 'Bản', align: 'right', value: ({ build }) => build },
      { heading: 'Số', align: 'right', value: ({ revision }) => revision },
      { heading: 'Sự kiện', value: ({ type }) => type },
      { heading: 'Vị trí', align: 'right', value: ({ position }) => position },
      { heading: 'Số lần thử', align: 'right', value: ({ attempts }) => attempts },
      {
        heading: 'Lỗi',
        width: 60,
        style: () => 'red',
        value: ({ code, message }) => code && `${code}: ${message}`,
      },
    ],
    terminal.colour,
  )
}

function nothingParked(view: string, stream: string): Error {
  return notFound(
    'nothing-parked',
    {
      vi: `Bảng ${view} không giữ sự kiện nào của luồng “${stream}”. Xem: roviec parked list.`,
      en: `Nothing of ${stream} is parked in ${view}. See: roviec parked list.`,
    },
    { view, stream },
  )
}
