import { statfs } from 'node:fs/promises'
import type { Command } from 'commander'
import { EventStoreDbEventStore, type NoticedIncident } from '#event-store'
import { logIncidents, readConfig } from '#platform'
import { RoviecError } from '#kernel'
import { exitCodes, print, tellError, type Options } from '../output/answer.js'
import { lagOf } from '../output/lag.js'
import { formatTable, terminal } from '../output/table.js'
import { withSession, type Session } from '../session.js'

/** Runs the system and looks after it. */
export function addOperateCommands(program: Command): void {
  program
    .command('serve')
    .description('chạy máy chủ API / run the server')
    .action(async (_options, command: Command) => {
      const { json } = command.optsWithGlobals<Options>()
      // The API's framework takes a second to load, which no other command needs to wait for.
      const { serve } = await import('../serve.js')
      await serve(json === true)
    })

  program
    .command('worker')
    .description('chạy riêng các tiến trình nền (bảng tra cứu…) / run only what follows the log')
    .action(async (_options, command: Command) => {
      const { json } = command.optsWithGlobals<Options>()
      const { work } = await import('../worker.js')
      await work(json === true)
    })

  program
    .command('doctor')
    .description('kiểm tra phiên bản, kho sự kiện, độ trễ, dung lượng / check the installation')
    .action(async (_options, command: Command) => {
      const { json } = command.optsWithGlobals<Options>()
      const { report, exitCode } = await examine()
      print({ json: report, text: doctorText(report), exitCode }, json === true)
    })
}

interface DoctorReport {
  readonly healthy: boolean
  readonly versions: {
    readonly roviec: string
    readonly node: string
    readonly postgres: string | null
    /** Null where the log is in PostgreSQL. */
    readonly eventStoreDb: string | null
  }
  readonly mode: string
  /** Never more of it than this. */
  readonly masterKey: { readonly fingerprint: string; readonly source: string } | null
  readonly store: {
    readonly reachable: boolean
    readonly head: string | null
    readonly problem: string | null
  }
  readonly schema: readonly { readonly scope: string; readonly name: string }[]
  readonly views: readonly {
    readonly name: string
    readonly version: number
    readonly state: string
    readonly lag: string
    readonly estimated: boolean
  }[]
  /** What was done to the log past the application, the newest first. */
  readonly incidents: readonly NoticedIncident[]
  /** Whether a process would notice an incident now; null where the log is no EventStoreDB. */
  readonly incidentsWatched: boolean | null
  readonly disk: { readonly path: string; readonly freeBytes: number | null }
}

const version = '0.1.0'

async function examine(): Promise<{ readonly report: DoctorReport; readonly exitCode: number }> {
  const config = readConfig(process.env)
  const base = {
    mode: config.mode,
    disk: {
      path: config.dataDir,
      freeBytes: config.mode === 'embedded' ? await freeBytes(config.dataDir) : null,
    },
  }
  const versions = { roviec: version, node: process.version }
  try {
    const found = await withSession({}, ({ platform }) => inside(platform, versions))
    const exitCode = found.healthy ? exitCodes.done : exitCodes.refused
    return { report: { ...base, ...found }, exitCode }
  } catch (error) {
    const exitCode = tellError(error)
    const problem = error instanceof RoviecError ? error.code : 'unexpected-error'
    const report = {
      ...base,
      healthy: false,
      versions: { ...versions, postgres: null, eventStoreDb: null },
      masterKey: null,
      store: { reachable: false, head: null, problem },
      schema: [],
      views: [],
      incidents: [],
      incidentsWatched: null,
    }
    return { report, exitCode }
  }
}

async function inside(
  { database, store, masterKey, lag }: Session['platform'],
  versions: { readonly roviec: string; readonly node: string },
): Promise<Omit<DoctorReport, 'mode' | 'disk'>> {
  const { head, views: standing } = await lag()
  const server = await database.query<{ server_version: string }>('SHOW server_version')
  const schema = await database.query<{ scope: string; name: string }>(
    'SELECT scope, name FROM roviec.migration ORDER BY scope, name',
  )
  const views = standing.map(({ name, version: of, state, eventsBehind, estimated }) => ({
    name,
    version: of,
    state,
    lag: String(eventsBehind),
    estimated,
  }))
  const { incidents, watched } = await logIncidents(store, database)
  return {
    healthy: views.every((view) => view.state !== 'error') && incidents.length === 0 && watched !== false,
    versions: {
      ...versions,
      postgres: server.rows[0]!.server_version,
      eventStoreDb: store instanceof EventStoreDbEventStore ? store.serverVersion : null,
    },
    masterKey: { fingerprint: masterKey.fingerprint, source: masterKey.source },
    store: { reachable: true, head: String(head), problem: null },
    schema: schema.rows,
    views,
    incidents,
    incidentsWatched: watched,
  }
}

async function freeBytes(path: string): Promise<number | null> {
  const found = await statfs(path).catch(() => null)
  return found === null ? null : found.bavail * found.bsize
}

function doctorText(report: DoctorReport): string {
  const facts = [
    versionsText(report.versions),
    `Chế độ: ${report.mode}`,
    `Kho sự kiện: ${report.store.reachable ? `hoạt động, vị trí cuối ${report.store.head}` : `không kết nối được (${report.store.problem})`}`,
    ...(report.incidentsWatched === null ? [] : [watchText(report.incidentsWatched)]),
    ...(report.masterKey === null
      ? []
      : [`Khóa chính: dấu vân tay ${report.masterKey.fingerprint}, từ ${report.masterKey.source}`]),
    ...(report.disk.freeBytes === null
      ? []
      : [`Đĩa trống tại ${report.disk.path}: ${(report.disk.freeBytes / 2 ** 30).toFixed(1)} GiB`]),
  ]
  const views = formatTable(
    report.views,
    [
      { heading: 'Bảng tra cứu', value: (row) => `${row.name} v${row.version}` },
      { heading: 'Trạng thái', value: (row) => row.state },
      {
        heading: 'Chậm (sự kiện)',
        align: 'right',
        value: ({ lag, estimated }) => lagOf({ eventsBehind: Number(lag), estimated }),
      },
    ],
    terminal.colour,
  )
  return `${facts.join('\n')}\n${report.views.length > 0 ? `\n${views}` : ''}${incidentsText(report.incidents)}\n${report.healthy ? 'Mọi thứ hoạt động bình thường.' : 'Có vấn đề cần xử lý, xem ở trên.'}\n`
}

function watchText(watched: boolean): string {
  return watched
    ? 'Theo dõi can thiệp vào kho sự kiện: đang hoạt động'
    : 'Theo dõi can thiệp vào kho sự kiện: KHÔNG HOẠT ĐỘNG. Chạy roviec worker; nếu đang chạy, xem lỗi “log-incidents” trong nhật ký của tiến trình đó.'
}

function versionsText({ roviec, node, postgres, eventStoreDb }: DoctorReport['versions']): string {
  const log = eventStoreDb === null ? '' : `, EventStoreDB ${eventStoreDb}`
  return `RõViệc ${roviec}, Node ${node}, PostgreSQL ${postgres ?? '(không rõ)'}${log}`
}

const incidentKinds: Readonly<Record<NoticedIncident['kind'], string>> = {
  'soft-deleted': 'đã bị xoá (còn phục hồi được khi chưa dọn đĩa)',
  tombstoned: 'đã bị xoá vĩnh viễn',
  truncated: 'đã bị cắt phần đầu',
  'retention-limited': 'bị đặt giới hạn số lượng hoặc thời gian lưu',
  'access-changed': 'bị thay đổi quyền truy cập',
  'settings-unreadable': 'bị ghi thiết lập không đọc được',
}

/** They stay: only a person can say that the log has been put right. */
function incidentsText(incidents: readonly NoticedIncident[]): string {
  if (incidents.length === 0) return ''
  const lines = incidents.map(
    ({ stream, kind, noticedAt }) => `  ${noticedAt.toISOString()}  ${stream}: ${incidentKinds[kind]}`,
  )
  return `\nSỰ CỐ kho sự kiện: có người can thiệp ngoài hệ thống. Kiểm tra, phục hồi từ bản sao lưu nếu mất dữ liệu.\n${lines.join('\n')}\n`
}
