import type { Command } from 'commander'
import { findAttempts, findTrace } from '#engine'
import { answering, type Options } from '../output/answer.js'
import { terminal } from '../output/table.js'
import { attemptsText, traceText } from '../output/trace-text.js'
import { askAsOperator } from './acting.js'

/** Why something is in the log, and what was refused: for those who inspect. */
export function addWhyCommands(program: Command): void {
  program
    .command('why <mã>')
    .description(
      'vì sao có sự kiện này: nguồn gốc và hệ quả, ai, khi nào, bằng lệnh nào / causes and effects',
    )
    .addHelpText('after', '\nMã là mã sự kiện (xem roviec history … --json), mã lệnh, hoặc mã của cả chuỗi.')
    .action((id: string, _options, command: Command) =>
      answering(command, async (session) => {
        const trace = await askAsOperator(session, command, findTrace, { id })
        return { json: trace, text: traceText(trace, terminal.colour) }
      }),
    )

  program
    .command('attempts')
    .description('các lần thao tác, tra cứu, đăng nhập bị từ chối / attempts that were refused')
    .option('--actor <người-dùng>', 'chỉ của người này; unknown: chưa đăng nhập được')
    .option('--since <ngày>', 'từ ngày (năm-tháng-ngày, giờ Việt Nam) hoặc thời điểm này')
    .option('--until <ngày>', 'trước ngày hoặc thời điểm này')
    .option('--code <lý-do>', 'chỉ lý do này, ví dụ not-permitted')
    .option('--limit <số>', 'số dòng', '100')
    .option('--cursor <dấu-trang>', 'trang sau trang này')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const page = await askAsOperator(session, command, findAttempts, paramsOf(options))
        return { json: page, text: attemptsText(page, terminal.colour) }
      }),
    )
}

/** A day is one in Vietnam. */
function paramsOf({ since, until, limit, ...options }: Options): object {
  const instant = (day: string | boolean | undefined): string | undefined =>
    typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T00:00:00+07:00` : (day as string)
  return {
    ...options,
    limit: Number(limit),
    ...(since !== undefined && { since: instant(since) }),
    ...(until !== undefined && { until: instant(until) }),
  }
}
