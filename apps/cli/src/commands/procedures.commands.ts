import type { Command } from 'commander'
import { formatPeriod, formatVietnameseDate } from '#calendar'
import {
  findProcedure,
  importProcedures,
  listProcedures,
  type ProcedureImport,
  type ProcedureListed,
  type ProcedureRowReport,
  type ProcedureShown,
} from '#dossiers'
import { answering, exitCodes, type Answer, type Options } from '../output/answer.js'
import { tellUnreadHeadings } from '../output/unread-headings.js'
import { formatTable, terminal } from '../output/table.js'
import type { Session } from '../session.js'

/** Administrative procedures (thủ tục hành chính) on record. */
export function addProcedureCommands(program: Command): void {
  const procedures = program
    .command('procedures')
    .description('thủ tục hành chính / administrative procedures')

  procedures
    .command('import <tệp>')
    .description('nhập danh mục thủ tục từ XLSX, CSV; nhập lại không sinh trùng / import a table')
    .option('--document <văn-bản>', 'văn bản công bố, cho các dòng không tự nêu căn cứ')
    .option('--issued-on <ngày>', 'ngày của văn bản (năm-tháng-ngày)')
    .option('--reason <lý-do>', 'ghi các dòng khác với dữ liệu thành đính chính, với lý do này')
    .option('--dry-run', 'chỉ đọc và đối chiếu, không ghi')
    .action((file: string, _options, command: Command) =>
      answering(command, (session, options) => runImport(session, file, options)),
    )

  procedures
    .command('list')
    .description('danh mục thủ tục / the procedures')
    .action((_options, command: Command) =>
      answering(command, async (session) => {
        const items = await session.ask(listProcedures, { limit: 5_000 })
        return { json: items, text: listText(items) }
      }),
    )

  procedures
    .command('show <mã>')
    .description('một thủ tục với các phiên bản / one procedure with its versions')
    .action((code: string, _options, command: Command) =>
      answering(command, async (session) => {
        const procedure = await session.ask(findProcedure, { code })
        return { json: procedure, text: procedureText(procedure) }
      }),
    )
}

async function runImport(
  { platform: { commands }, actor }: Session,
  file: string,
  { document, issuedOn, reason, dryRun }: Options,
): Promise<Answer> {
  const given: ProcedureImport = {
    ...(typeof document === 'string' && { document }),
    ...(typeof issuedOn === 'string' && { issuedOn }),
    ...(typeof reason === 'string' && { reason }),
    dryRun: dryRun === true,
    tellUnread: tellUnreadHeadings,
  }
  const rows: ProcedureRowReport[] = []
  for await (const row of importProcedures({ commands, actor }, { path: file }, given)) rows.push(row)
  const open = rows.filter(({ outcome }) => outcome === 'rejected' || outcome === 'changed')
  return {
    json: rows,
    text: importText(rows),
    exitCode: open.length > 0 ? exitCodes.refused : exitCodes.done,
  }
}

const outcomeWords: Readonly<Record<ProcedureRowReport['outcome'], string>> = {
  added: 'đã thêm',
  corrected: 'đã đính chính',
  unchanged: 'không đổi',
  changed: 'khác dữ liệu, chưa ghi',
  rejected: 'chưa nhận',
}

function importText(rows: readonly ProcedureRowReport[]): string {
  const table = formatTable(
    rows,
    [
      { heading: 'Dòng', align: 'right', value: ({ row }) => row },
      { heading: 'Mã thủ tục', value: ({ code }) => code },
      { heading: 'Kết quả', value: ({ outcome }) => outcomeWords[outcome] },
      { heading: 'Nội dung', width: 80, value: ({ problem }) => problem?.message.vi ?? '' },
    ],
    terminal.colour,
  )
  return rows.length === 0 ? 'Bảng không có dòng nào.\n' : table
}

function listText(items: readonly ProcedureListed[]): string {
  return formatTable(
    items,
    [
      { heading: 'Mã thủ tục', value: ({ code }) => code },
      { heading: 'Tên', width: 60, value: ({ name }) => name },
      { heading: 'Lĩnh vực', width: 24, value: ({ field }) => field },
      { heading: 'Thời hạn', value: ({ time }) => time },
      { heading: 'Phiên bản', align: 'right', value: ({ versions }) => versions },
    ],
    terminal.colour,
  )
}

function procedureText({ code, revision, versions }: ProcedureShown): string {
  const table = formatTable(
    versions,
    [
      {
        heading: 'Hiệu lực từ',
        value: ({ validFrom }) => (validFrom === null ? 'trước đến nay' : formatVietnameseDate(validFrom)),
      },
      { heading: 'Tên', width: 50, value: ({ name }) => name },
      { heading: 'Thời hạn', value: ({ within }) => formatPeriod(within) },
      {
        heading: 'Sau bổ sung',
        value: ({ supplement }) => (supplement === 'resume' ? 'tính tiếp' : 'tính lại'),
      },
      {
        heading: 'Các bước',
        width: 50,
        value: ({ steps }) => steps.map((step) => `${step.agency}: ${formatPeriod(step.within)}`).join('; '),
      },
      { heading: 'Căn cứ', width: 40, value: ({ source }) => source.document },
    ],
    terminal.colour,
  )
  return `Thủ tục ${code}, lần ghi ${revision}\n\n${table}`
}
