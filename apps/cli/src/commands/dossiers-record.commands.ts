import { open } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Command } from 'commander'
import {
  boundedLines,
  dossierHistory,
  findDossier,
  findDossiers,
  messageTableLines,
  type DossierHistoryEntry,
  type DossierListed,
  type EvaluatedDossier,
  type IngestSummary,
  type LineOutcome,
} from '#dossiers'
import { formatVietnameseDate } from '#calendar'
import { invalid, notFound } from '#kernel'
import { ingestDossiers } from '#platform'
import { answering, exitCodes, type Answer, type Options } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import { tellUnreadHeadings } from '../output/unread-headings.js'
import type { Session } from '../session.js'

/** Rejected lines shown by themselves; the rest stands in `roviec dossiers rejected list`. */
const mostShown = 1_000

type Lines = Parameters<typeof ingestDossiers>[1]

/** Brings dossiers into the record and asks for them. */
export function addDossierRecordCommands(program: Command, dossiers: Command): void {
  dossiers
    .command('import <tệp>')
    .description(
      'nhập thông tin hồ sơ: NDJSON (cả .gz), hoặc XLSX, CSV xuất từ hệ thống một cửa / bring in messages',
    )
    .option('--source <mã>', 'mã hệ thống nguồn; cần cho XLSX, CSV')
    .action((file: string, _options, command: Command) =>
      answering(command, async (session, options) => importFile(session, file, options)),
    )

  dossiers
    .command('list')
    .description('danh sách hồ sơ / dossiers')
    .option('--source <mã>', 'chỉ hệ thống nguồn này')
    .option('--prefix <mã>', 'mã hồ sơ bắt đầu bằng; xếp theo mã')
    .option(
      '--text <chữ>',
      'tìm trong tên cơ quan, tên và mã thủ tục (không cần dấu), đầu hoặc cuối mã hồ sơ',
    )
    .option('--procedure <mã>', 'chỉ thủ tục này')
    .option('--agency <mã>', 'chỉ cơ quan này, theo mã trong danh mục')
    .option('--clock <trạng-thái>', 'not-started, running, stopped, ended')
    .option('--state <trạng-thái>', 'open, closed')
    .option('--late <có>', 'true: chậm; false: không chậm')
    .option('--missing <việc>', 'explanation, acceptance, apology, delivery')
    .option('--due-from <ngày>', 'hạn từ ngày (năm-tháng-ngày)')
    .option('--due-to <ngày>', 'hạn đến ngày')
    .option('--as-of <ngày>', 'tính đến ngày; mặc định: hôm nay')
    .option('--sort <cột>', 'due, accepted, code')
    .option('--order <chiều>', 'asc, desc')
    .option('--limit <số>', 'số hồ sơ; mặc định 100, nhiều nhất 500')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const page = await session.ask(findDossiers, options)
        const total = page.totalIsAtLeast ? `hơn ${page.total}` : String(page.total)
        const more = page.total > page.items.length ? `\n${page.items.length}/${total} hồ sơ.\n` : ''
        return { json: page, text: `${dossierTable(page.items)}${more}` }
      }),
    )

  program
    .command('dossier <mã>')
    .description('một hồ sơ: hạn, chậm hay không, còn thiếu gì, vì sao / one dossier')
    .option('--source <mã>', 'hệ thống nguồn, khi nhiều hệ thống dùng cùng mã')
    .option('--as-of <lúc>', 'chỉ tính việc đã xảy ra đến lúc này')
    .option('--known-at <lúc>', 'chỉ tính thông tin đã nhận được đến lúc này')
    .option('--from <ngày>', 'ngày đầu kỳ báo cáo')
    .option('--to <ngày>', 'ngày cuối kỳ báo cáo')
    .option('--history', 'từng sự kiện đã nhận')
    .action((code: string, _options, command: Command) =>
      answering(command, async (session, { history, ...options }) => {
        if (history === true) {
          const { source } = options
          const entries = await session.ask(dossierHistory, { code, ...(source !== undefined && { source }) })
          return { json: entries, text: historyText(entries) }
        }
        const dossier = await session.ask(findDossier, { ...options, code })
        return { json: dossier, text: dossierText(dossier) }
      }),
    )
}

async function importFile({ platform, actor }: Session, file: string, options: Options): Promise<Answer> {
  const { source } = options
  const unread: string[] = []
  const tellUnread = (headings: readonly string[]): void => {
    unread.push(...headings)
    tellUnreadHeadings(headings)
  }
  const lines = await linesOf(file, typeof source === 'string' ? source : null, tellUnread)
  const report = await collect(ingestDossiers(platform, lines, actor))
  return importAnswer(report, unread)
}

export interface IngestReport {
  readonly summary: IngestSummary
  /** Those that were not taken, and those taken with something to look at. */
  readonly notable: readonly LineOutcome[]
}

export async function collect(
  run: AsyncGenerator<readonly LineOutcome[], IngestSummary>,
): Promise<IngestReport> {
  const notable: LineOutcome[] = []
  for (;;) {
    const step = await run.next()
    if (step.done === true) return { summary: step.value, notable }
    for (const outcome of step.value)
      if ((outcome.problem !== null || outcome.warnings.length > 0) && notable.length < mostShown)
        notable.push(outcome)
  }
}

function importAnswer({ summary, notable }: IngestReport, unreadHeadings: readonly string[]): Answer {
  const { lines, accepted, repeated, rejected, position } = summary
  const table = formatTable(
    notable.slice(0, 50),
    [
      { heading: 'Dòng', align: 'right', value: ({ line }) => line },
      { heading: 'Kết quả', value: ({ outcome }) => (outcome === 'rejected' ? 'chưa nhận' : 'đã nhận') },
      { heading: 'Mã', value: ({ problem, warnings }) => (problem ?? warnings[0])?.code ?? '' },
      {
        heading: 'Nội dung',
        width: 90,
        value: ({ problem, warnings }) => (problem ?? warnings[0])?.message.vi ?? '',
      },
    ],
    terminal.colour,
  )
  const kept = rejected === 0 ? '' : 'Các dòng chưa nhận được lưu: roviec dossiers rejected list\n'
  return {
    json: {
      lines,
      accepted,
      repeated,
      rejected,
      position: position === null ? null : String(position),
      notable,
      unreadHeadings,
    },
    text: `${lines} dòng: ${accepted} đã ghi, ${repeated} đã có từ trước, ${rejected} chưa nhận.\n${notable.length === 0 ? '' : `\n${table}\n`}${kept}`,
    exitCode: rejected > 0 ? exitCodes.refused : exitCodes.done,
  }
}

/** NDJSON by its first sign, packed or not; anything else is a table. */
async function linesOf(
  file: string,
  source: string | null,
  tellUnread: (headings: readonly string[]) => void,
): Promise<Lines> {
  if (file === '-') return boundedLines(process.stdin)
  const head = await beginningOf(file)
  if (head[0] === 0x1f && head[1] === 0x8b)
    return boundedLines(createReadStream(file).pipe(createGunzip()) as AsyncIterable<Uint8Array>)
  if (/^(\uFEFF)?\s*\{/.test(head.toString('utf8'))) return boundedLines(createReadStream(file))
  if (source === null) throw sourceMissing()
  return messageTableLines({ path: file }, source, tellUnread)
}

async function beginningOf(file: string): Promise<Buffer> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw notFound('file-not-found', {
      vi: `Không có tệp “${file}”. Kiểm tra đường dẫn.`,
      en: `There is no file ${file}. Check the path.`,
    })
  }
}

function sourceMissing(): Error {
  return invalid('source-missing', {
    vi: 'Bảng không nêu hệ thống nguồn. Thêm --source, ví dụ --source mcdt.',
    en: 'A table does not name its source. Add --source, such as --source mcdt.',
  })
}

const clockWords: Readonly<Record<string, string>> = {
  'not-started': 'chưa tiếp nhận',
  running: 'đang giải quyết',
  stopped: 'tạm dừng',
  ended: 'đã kết thúc',
}

export const dutyWords: Readonly<Record<string, string>> = {
  end: 'kết thúc hồ sơ',
  explanation: 'giải trình',
  acceptance: 'chấp nhận giải trình',
  apology: 'xin lỗi',
  delivery: 'gửi văn bản xin lỗi',
}

const dateOf = (date: string | null): string => (date === null ? '' : formatVietnameseDate(date))

function dossierTable(items: readonly DossierListed[]): string {
  return formatTable(
    items,
    [
      { heading: 'Mã hồ sơ', value: ({ dossier }) => dossier },
      { heading: 'Thủ tục', value: ({ procedure }) => procedure },
      { heading: 'Cơ quan', width: 30, value: ({ agency }) => agency },
      { heading: 'Tiếp nhận', value: ({ accepted }) => dateOf(accepted) },
      { heading: 'Hạn', value: ({ due }) => dateOf(due) },
      {
        heading: 'Trạng thái',
        value: ({ clock, ended }) => `${clockWords[clock] ?? clock} ${dateOf(ended)}`.trim(),
      },
      {
        heading: 'Chậm',
        align: 'right',
        style: ({ late }) => (late ? 'red' : null),
        value: ({ late, lateDays }) => (late ? `${lateDays} ngày` : ''),
      },
      {
        heading: 'Còn thiếu',
        width: 40,
        value: ({ missing }) => missing.map((duty) => dutyWords[duty]).join(', '),
      },
    ],
    terminal.colour,
  )
}

function dossierText({
  dossier,
  source,
  procedure,
  explanation,
  register,
  flags,
  close,
}: EvaluatedDossier): string {
  const missing = (register?.missing ?? []).map((duty) => {
    const owes = register?.owedBy[duty]
    return `  ${dutyWords[duty]}${owes == null ? '' : `: ${owes}`}`
  })
  return [
    `Hồ sơ ${dossier} (${source}), thủ tục ${procedure}`,
    ...explanation.map((line) => `  ${line}`),
    ...(missing.length === 0 ? [] : ['Còn thiếu:', ...missing]),
    ...(flags.length === 0 ? [] : [`Lưu ý: ${flags.join(', ')}`]),
    close.allowed
      ? 'Có thể đóng hồ sơ.'
      : `Chưa thể đóng: ${close.missing.map((what) => dutyWords[what]).join(', ')}.`,
    '',
  ].join('\n')
}

function historyText(entries: readonly DossierHistoryEntry[]): string {
  return formatTable(
    entries,
    [
      { heading: 'Sự kiện', value: ({ type }) => type },
      { heading: 'Xảy ra', value: ({ occurredAt }) => occurredAt },
      { heading: 'Nhận', value: ({ receivedAt }) => receivedAt },
      { heading: 'Người ghi', value: ({ actor }) => actor },
      { heading: 'Mã', value: ({ id }) => id },
      { heading: 'Không tính vì', width: 50, value: ({ setAside }) => setAside?.message.vi ?? '' },
    ],
    terminal.colour,
  )
}
