import type { Command } from 'commander'
import { resolveNames } from '#registry'
import { findBoard, findTask, late, onTime, taskHistory, type TaskView } from '#tasks'
import { notFound } from '#kernel'
import { answering, type Options } from '../output/answer.js'
import { terminal } from '../output/table.js'
import { boardTable, historyTable, lateTable, onTimeTable, taskText } from '../output/tables.js'
import type { Session } from '../session.js'

/** Tasks a page; the command line asks for all pages. */
const pageSize = 500

/** Questions about plans and tasks. */
export function addReadCommands(program: Command): void {
  program
    .command('tasks')
    .description('danh sách nhiệm vụ và sản phẩm / tasks with their deliverables')
    .option('--plan <mã>', 'chỉ kế hoạch này')
    .option('--agency <tên>', 'chỉ cơ quan chủ trì này (mọi cách viết)')
    .option('--section <mục>', 'chỉ phần này, ví dụ II')
    .option('--status <trạng-thái>', 'assigned, accepted, drafted, issued, completed, withdrawn')
    .option('--verdict <kết-quả>', 'on-time, late, undeterminable, open, overdue')
    .option('--due-from <ngày>', 'hạn từ ngày (năm-tháng-ngày)')
    .option('--due-to <ngày>', 'hạn đến ngày')
    .option('--text <chữ>', 'tìm trong nội dung, có dấu hay không dấu')
    .option('--sort <cột>', 'code, due, title, lead, updated')
    .option('--order <chiều>', 'asc, desc')
    .option('--as-of <ngày>', 'tính đến ngày; mặc định: hôm nay')
    .option('--basis <thời-hạn>', 'original: hạn ban đầu; extended: hạn hiện hành')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const items = await allPages(session, await withAgencyId(session, options))
        return { json: items, text: boardTable(items, terminal.colour) }
      }),
    )

  program
    .command('task <mã>')
    .description('một nhiệm vụ, từng sản phẩm và nguyên văn các ô / one task')
    .option('--as-of <ngày>', 'như đã biết vào cuối ngày này')
    .option('--basis <thời-hạn>', 'original hoặc extended')
    .action((code: string, _options, command: Command) =>
      answering(command, async (session, options) => {
        const task = await session.ask(findTask, { ...options, code })
        return { json: task, text: taskText(task, terminal.colour) }
      }),
    )

  program
    .command('on-time')
    .description('tỷ lệ đúng hạn theo cơ quan / on-time table')
    .option('--plan <mã>', 'chỉ kế hoạch này')
    .option('--as-of <ngày>', 'tính đến ngày; mặc định: hôm nay')
    .option('--basis <thời-hạn>', 'original hoặc extended')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const { answer, position } = await session.askWithPosition(onTime, options)
        return { json: { ...answer, position: String(position) }, text: onTimeTable(answer, terminal.colour) }
      }),
    )

  program
    .command('late')
    .description('sản phẩm hoàn thành quá hạn và chưa xong đã quá hạn / late and overdue deliverables')
    .option('--plan <mã>', 'chỉ kế hoạch này')
    .option('--agency <tên>', 'chỉ cơ quan chủ trì này')
    .option('--as-of <ngày>', 'tính đến ngày; mặc định: hôm nay')
    .option('--basis <thời-hạn>', 'original hoặc extended')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const items = await session.ask(late, await withAgencyId(session, options))
        return { json: items, text: lateTable(items, terminal.colour) }
      }),
    )

  program
    .command('history <mã>')
    .description('lịch sử một nhiệm vụ: ai, khi nào, vì sao, trước → sau / history of a task')
    .action((code: string, _options, command: Command) =>
      answering(command, async (session) => {
        const entries = await session.ask(taskHistory, { code })
        return { json: entries, text: historyTable(entries, terminal.colour) }
      }),
    )
}

async function allPages(session: Session, params: Options): Promise<readonly TaskView[]> {
  const items: TaskView[] = []
  let cursor: string | null = null
  do {
    const page: { items: readonly TaskView[]; next: string | null } = await session.ask(findBoard, {
      ...params,
      limit: pageSize,
      ...(cursor !== null && { cursor }),
    })
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

/** The options that name an agency take any spelling. */
export async function withAgencyId(session: Session, { agency, ...options }: Options): Promise<Options> {
  if (typeof agency !== 'string') return options
  const [found] = await session.ask(resolveNames, { names: [agency] })
  if (found?.id != null) return { ...options, agency: found.id }
  throw notFound(
    'agency-unknown',
    {
      vi: `Không tìm thấy cơ quan “${agency}”${found?.status === 'ambiguous' ? ', hoặc tên gọi chưa rõ là cơ quan nào' : ''}. Tra cứu bằng: roviec agency "${agency}".`,
      en: `No single agency is called ${agency}. Look it up: roviec agency "${agency}".`,
    },
    { agency },
  )
}
