import type { Command } from 'commander'
import { formatVietnameseDate } from '#calendar'
import {
  listReportPeriods,
  provincialPeriods,
  reportPeriodWorkflow,
  type ReportPeriodState,
  type SetPeriod,
} from '#dossiers'
import { newId, type JsonValue } from '#kernel'
import { answering, type Answer, type Options } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import type { Session } from '../session.js'
import { outcomeWords } from './sending.js'

/** Named periods of reports (kỳ báo cáo): shown, and set by a document. */
export function addReportPeriodCommands(program: Command): void {
  const periods = program
    .command('report-periods')
    .description('kỳ báo cáo do văn bản quy định / report periods that documents set')

  periods
    .command('list')
    .description('các kỳ báo cáo; kỳ khác tính theo lịch / the periods; any other is the calendar’s')
    .action((_options, command: Command) =>
      answering(command, async (session) => {
        const found = await session.ask(listReportPeriods, {})
        return { json: found, text: periodsText(found) }
      }),
    )

  periods
    .command('set <tên>')
    .description('đặt kỳ báo cáo theo văn bản, ví dụ 2026, 2026-Q3 / set a period by a document')
    .requiredOption('--from <ngày>', 'ngày đầu kỳ (năm-tháng-ngày)')
    .requiredOption('--to <ngày>', 'ngày cuối kỳ')
    .option('--due-before <ngày>', 'báo cáo trước ngày này')
    .option('--audience <nơi-nhận>', 'ai tổng hợp, báo cáo ai')
    .requiredOption('--document <số-ký-hiệu>', 'văn bản đặt ra kỳ báo cáo, ví dụ 12/KH-UBND')
    .requiredOption('--issued-on <ngày>', 'ngày của văn bản')
    .requiredOption('--issuer <cơ-quan>', 'cơ quan ban hành văn bản')
    .option('--id <uuid>', 'mã lệnh; gửi lại cùng mã thì không ghi trùng')
    .option('--dry-run', 'chỉ xem sẽ ghi gì')
    .action((name: string, _options, command: Command) =>
      answering(command, (session, options) => set(session, name, options)),
    )
}

async function set({ platform, actor }: Session, name: string, options: Options): Promise<Answer> {
  const { from, to, dueBefore, audience, document, issuedOn, issuer, id, dryRun } = options
  const period = {
    name,
    from,
    to,
    ...(dueBefore !== undefined && { dueBefore }),
    ...(audience !== undefined && { audience }),
  }
  const data = { ...period, document: { number: document, date: issuedOn, issuer } }
  const { status, events, state } = await platform.commands.handleOrThrow<ReportPeriodState>({
    id: typeof id === 'string' ? id : newId(),
    workflow: reportPeriodWorkflow.name,
    aggregate: provincialPeriods,
    transition: 'SetPeriod',
    data: data as unknown as JsonValue,
    actor,
    dryRun: dryRun === true,
  })
  const known = state.periods.filter((one) => one.name === name)
  const done = events.length === 0 ? 'Kỳ báo cáo đã ghi đúng như vậy từ trước' : outcomeWords[status]
  return { json: { status, period: known[0], events }, text: `${done}:\n\n${periodsText(known)}` }
}

function periodsText(periods: readonly SetPeriod[]): string {
  return formatTable(
    periods,
    [
      { heading: 'Kỳ', value: ({ name }) => name },
      { heading: 'Từ ngày', value: ({ from }) => formatVietnameseDate(from) },
      { heading: 'Đến hết ngày', value: ({ to }) => formatVietnameseDate(to) },
      {
        heading: 'Báo cáo trước ngày',
        value: ({ dueBefore }) => dueBefore && formatVietnameseDate(dueBefore),
      },
      { heading: 'Nơi nhận', width: 40, value: ({ audience }) => audience },
      { heading: 'Căn cứ', width: 60, value: ({ source }) => source },
    ],
    terminal.colour,
  )
}
