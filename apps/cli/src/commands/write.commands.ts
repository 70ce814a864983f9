import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { Credentials } from '#identity'
import { actAs, findActor, importPlanFile } from '#platform'
import { taskWorkflow } from '#tasks'
import { answering, exitCodes, notice, type Answer, type Options } from '../output/answer.js'
import { importText } from '../output/tables.js'
import { terminal } from '../output/table.js'
import type { Session } from '../session.js'
import { addSendingOptions, send } from './sending.js'

/** Acts on the record. */
export function addWriteCommands(program: Command): void {
  program
    .command('import <tệp>')
    .description('nhập phụ lục từ CSV, XLSX, DOCX; nhập lại không sinh trùng / import a plan table')
    .requiredOption('--code <mã>', 'mã kế hoạch, ví dụ CCHC2025')
    .option('--number <số>', 'số, ký hiệu quyết định')
    .option('--date <ngày>', 'ngày quyết định (năm-tháng-ngày)')
    .requiredOption('--issuer <cơ-quan>', 'người hoặc cơ quan ban hành')
    .requiredOption('--year <năm>', 'năm của kế hoạch')
    .option('--title <tên>', 'tên kế hoạch')
    .option('--declared <số>', 'số nhiệm vụ mà văn bản ghi')
    .option('--province <tỉnh>', 'tỉnh của các cơ quan; mặc định Sơn La')
    .option('--dry-run', 'chỉ đọc và đối chiếu, không ghi')
    .option('--accept-changes', 'ghi đính chính những chỗ tệp khác với dữ liệu')
    .action((file: string, _options, command: Command) =>
      answering(command, (session, options) => runImport(session, file, options)),
    )

  addSendingOptions(
    program
      .command('transition <mã> <thao-tác>')
      .description('thực hiện một thao tác trên nhiệm vụ, ví dụ Issue, Report / carry out a transition'),
  ).action((aggregate: string, transition: string, _options, command: Command) =>
    answering(command, (session, options) =>
      send(session, taskWorkflow, { aggregate, transition }, options, session.actor),
    ),
  )

  program
    .command('key <người-dùng>')
    .description('cấp khóa truy cập API; chỉ hiện một lần / issue an API key')
    .action((actorId: string, _options, command: Command) =>
      answering(command, async ({ platform }) => {
        await findActor(platform, actorId)
        const operator = await actAs(platform, process.env['ROVIEC_OPERATOR'] ?? 'van-hanh')
        const { database, commands, clock } = platform
        const key = await new Credentials(database, commands, clock).issue(actorId, operator)
        notice('Khóa chỉ hiện lần này. Gửi trong tiêu đề: Authorization: Bearer <khóa>')
        return { json: { actor: actorId, key }, text: `${key}\n` }
      }),
    )
}

async function runImport(session: Session, file: string, options: Options): Promise<Answer> {
  const { platform, actor } = session
  const run = (more: object): ReturnType<typeof importPlanFile> =>
    importPlanFile(platform, { path: file }, { ...options, ...more }, actor)
  let report = await run({})
  if (
    report.status === 'changed' &&
    process.stdin.isTTY &&
    process.stdout.isTTY &&
    options['json'] !== true
  ) {
    terminal.write(importText(report, terminal.colour))
    if (await confirmed('Ghi các chỗ khác này thành đính chính? [c/K] '))
      report = await run({ acceptChanges: true })
  } else if (report.status === 'changed') {
    notice(
      'Tệp khác với dữ liệu đã ghi. Xem các chỗ khác, rồi chạy lại với --accept-changes để ghi đính chính.',
    )
  }
  return {
    json: report,
    text: importText(report, terminal.colour),
    exitCode: report.status === 'changed' ? exitCodes.refused : exitCodes.done,
  }
}

async function confirmed(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(c|có|y|yes)$/i.test((await prompt.question(question)).trim())
  } finally {
    prompt.close()
  }
}
