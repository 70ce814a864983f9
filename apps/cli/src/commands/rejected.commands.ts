import type { Command } from 'commander'
import {
  findRejected,
  listRejected,
  rejectionWorkflow,
  type LineOutcome,
  type RejectedListed,
  type RejectedShown,
} from '#dossiers'
import { newId } from '#kernel'
import { ingestDossiers, refused } from '#platform'
import { answering, exitCodes, type Answer, type Options } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import type { Session } from '../session.js'

const pageSize = 500

/** Lines of sources that were not taken. */
export function addRejectedCommands(dossiers: Command): void {
  const rejected = dossiers
    .command('rejected')
    .description('các dòng chưa nhận: xem, gửi lại, bỏ / lines that were not taken')

  rejected
    .command('list')
    .description('danh sách dòng chưa nhận / rejected lines')
    .option('--source <mã>', 'chỉ hệ thống nguồn này')
    .option('--reason <mã>', 'chỉ lý do này, ví dụ procedure-unknown')
    .option('--state <trạng-thái>', 'open (mặc định), taken, dismissed')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const items = await all(session, options)
        return { json: items, text: `${rejectedTable(items)}\n${items.length} dòng.\n` }
      }),
    )

  rejected
    .command('show <mã>')
    .description('một dòng chưa nhận, nguyên văn / one line as it was received')
    .action((id: string, _options, command: Command) =>
      answering(command, async (session) => {
        const line = await session.ask(findRejected, { id })
        return { json: line, text: `${line.message.vi} [${line.code}]\n${textOf(line) ?? ''}\n` }
      }),
    )

  rejected
    .command('retry [mã...]')
    .description('gửi lại các dòng chưa nhận; không nêu mã thì gửi lại tất cả / send again')
    .option('--source <mã>', 'chỉ hệ thống nguồn này')
    .option('--reason <mã>', 'chỉ lý do này, ví dụ procedure-unknown')
    .action((keys: string[], _options, command: Command) =>
      answering(command, (session, options) => retry(session, keys, options)),
    )

  rejected
    .command('dismiss <mã...>')
    .description('bỏ các dòng không cần nữa, có lý do / dismiss lines')
    .requiredOption('--why <lý-do>', 'vì sao không gửi lại')
    .action((keys: string[], _options, command: Command) =>
      answering(command, (session, options) => dismiss(session, keys, String(options['why']))),
    )
}

async function all(session: Session, { source, reason, state }: Options): Promise<readonly RejectedListed[]> {
  const items: RejectedListed[] = []
  const filter = Object.fromEntries(
    Object.entries({ source, reason, state }).filter(([, value]) => value !== undefined),
  )
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: readonly RejectedListed[]; next: string | null } = await session.ask(listRejected, {
      ...filter,
      limit: pageSize,
      ...(cursor !== '' && { cursor }),
    })
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

/** Each line goes the way of any line; once it is taken the list shows it no more. */
async function retry(session: Session, keys: readonly string[], options: Options): Promise<Answer> {
  const chosen = keys.length > 0 ? keys : (await all(session, options)).map(({ key }) => key)
  const numbered = new Map<number, string>()
  const skipped: string[] = []
  async function* lines(): AsyncGenerator<{ number: number; text: string }> {
    for (const [index, id] of chosen.entries()) {
      const text = textOf(await session.ask(findRejected, { id }))
      if (text === null) {
        skipped.push(id)
        continue
      }
      numbered.set(index + 1, id)
      yield { number: index + 1, text }
    }
  }
  const outcomes: (Omit<LineOutcome, 'line'> & { readonly key: string })[] = []
  const run = ingestDossiers(session.platform, lines(), session.actor)
  for (let step = await run.next(); step.done !== true; step = await run.next())
    for (const { line, ...outcome } of step.value) outcomes.push({ key: numbered.get(line)!, ...outcome })
  const still = outcomes.filter(({ outcome }) => outcome === 'rejected')
  const more = skipped.length === 0 ? '' : `${skipped.length} dòng chỉ lưu phần đầu, không gửi lại được.\n`
  const table = formatTable(
    still,
    [
      { heading: 'Mã', value: ({ key }) => key },
      { heading: 'Vẫn chưa nhận vì', width: 90, value: ({ problem }) => problem?.message.vi ?? '' },
    ],
    terminal.colour,
  )
  return {
    json: { outcomes, skipped },
    text: `${outcomes.length} dòng gửi lại, ${outcomes.length - still.length} đã nhận.\n${more}${still.length === 0 ? '' : `\n${table}`}`,
    exitCode: still.length + skipped.length > 0 ? exitCodes.refused : exitCodes.done,
  }
}

async function dismiss(session: Session, keys: readonly string[], reason: string): Promise<Answer> {
  for (const id of keys) {
    const { kept, key } = await session.ask(findRejected, { id })
    const target = { aggregate: kept, transition: 'DismissLines' }
    const outcome = await session.platform.commands.handle({
      id: newId(),
      workflow: rejectionWorkflow.name,
      ...target,
      data: { keys: [key], reason },
      actor: session.actor,
    })
    if (outcome.status === 'refused') throw refused(outcome, rejectionWorkflow, target)
  }
  return { json: { dismissed: keys }, text: `Đã bỏ ${keys.length} dòng.\n` }
}

/** Null where only the beginning was kept, or the line is sealed for this reader. */
function textOf({ line, cut }: RejectedShown): string | null {
  return typeof line === 'string' && !cut ? line : null
}

function rejectedTable(items: readonly RejectedListed[]): string {
  return formatTable(
    items,
    [
      { heading: 'Mã', value: ({ key }) => key },
      { heading: 'Nguồn', value: ({ source }) => source },
      { heading: 'Hồ sơ', value: ({ dossier }) => dossier },
      { heading: 'Lý do', value: ({ code }) => code },
      { heading: 'Cách xử lý', width: 70, value: ({ message }) => message.vi },
    ],
    terminal.colour,
  )
}
