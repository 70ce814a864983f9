import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { AccountabilityRule } from '#accountability'
import {
  accountabilityRuleWorkflow,
  findAccountabilityRule,
  listAccountabilityRules,
  provincialRule,
  type AccountabilityRuleListed,
  type AccountabilityRuleState,
} from '#accountability/record'
import { formatVietnameseDate } from '#calendar'
import { invalid, newId, type JsonValue } from '#kernel'
import { answering, type Answer, type Options } from '../output/answer.js'
import { levelWords } from '../output/rates-text.js'
import { formatTable, terminal } from '../output/table.js'
import type { Session } from '../session.js'
import { outcomeWords } from './sending.js'

/** When delays are announced, and when who is reminded of them: shown, and set by a document. */
export function addAccountabilityRuleCommands(program: Command): void {
  const rule = program
    .command('accountability-rule')
    .description(
      'khi nào báo trước, nhắc việc, báo cáo cấp trên về hồ sơ, nhiệm vụ chậm, muộn / the accountability rule',
    )

  rule
    .command('show [phiên-bản]')
    .description(
      'quy tắc đang dùng, hoặc một phiên bản như accountability/1 / the rule in force, or a version',
    )
    .option('--date <ngày>', 'quy tắc có hiệu lực vào ngày này; mặc định: hôm nay')
    .action((version: string | undefined, _options, command: Command) =>
      answering(command, async (session, { date }) => {
        const found = await session.ask(findAccountabilityRule, { version, date })
        return { json: found, text: ruleText(found) }
      }),
    )

  rule
    .command('versions')
    .description('mọi phiên bản với văn bản đặt ra / every version with its document')
    .action((_options, command: Command) =>
      answering(command, async (session) => {
        const versions = await session.ask(listAccountabilityRules, {})
        return { json: versions, text: versionsText(versions) }
      }),
    )

  rule
    .command('set')
    .description('đặt quy tắc theo văn bản; việc đã mở giữ phiên bản cũ / set the rule by a document')
    .option('--file <tệp>', 'tệp JSON có validFrom, expectedDaysBefore, reminders, document')
    .option('--from <ngày>', 'ngày bắt đầu có hiệu lực (năm-tháng-ngày)')
    .option('--announce <số-ngày>', 'báo dự kiến chậm trước hạn ít nhất số ngày này')
    .option(
      '--remind <danh-sách>',
      'số ngày làm việc và người được nhắc: 1:owing,5:head,10:provincial-office',
    )
    .option('--document <số-ký-hiệu>', 'văn bản đặt ra quy tắc, ví dụ 31/QĐ-UBND')
    .option('--issued-on <ngày>', 'ngày của văn bản')
    .option('--issuer <cơ-quan>', 'cơ quan ban hành văn bản')
    .option('--id <uuid>', 'mã lệnh; gửi lại cùng mã thì không ghi trùng')
    .option('--dry-run', 'chỉ xem sẽ ghi gì')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => set(session, await dataOf(options), options)),
    )
}

async function set({ platform, actor }: Session, data: JsonValue, { id, dryRun }: Options): Promise<Answer> {
  const { status, events, state } = await platform.commands.handleOrThrow<AccountabilityRuleState>({
    id: typeof id === 'string' ? id : newId(),
    workflow: accountabilityRuleWorkflow.name,
    aggregate: provincialRule,
    transition: 'SetVersion',
    data,
    actor,
    dryRun: dryRun === true,
  })
  const version = state.versions.at(-1)!
  if (events.length === 0)
    return { json: { status, version: null, events }, text: 'Quy tắc đã ghi đúng như vậy từ trước.\n' }
  return {
    json: { status, version: version.version, events },
    text: `${outcomeWords[status]}: ${ruleText(version)}Việc đã báo, đã mở giữ nguyên phiên bản cũ.\n`,
  }
}

/** What the file says, and in its place what the options say. */
async function dataOf(options: Options): Promise<JsonValue> {
  const { file, from, announce, remind, document, issuedOn, issuer } = options
  const filed = typeof file === 'string' ? await readData(file) : {}
  const cited = { number: document, date: issuedOn, issuer }
  const given = {
    ...filed,
    ...(from !== undefined && { validFrom: from }),
    ...(announce !== undefined && { expectedDaysBefore: numberIn(String(announce)) }),
    ...(typeof remind === 'string' && { reminders: remindersOf(remind) }),
    document: { ...(filed['document'] as object | undefined), ...withoutUndefined(cited) },
  }
  return given as unknown as JsonValue
}

function withoutUndefined(members: Options): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** `1:owing,5:head`. */
function remindersOf(text: string): JsonValue {
  return text.split(',').map((part) => {
    const [days = '', to = ''] = part.split(':')
    return { afterDays: numberIn(days), to: to.trim() }
  })
}

/** What is no number is told where the data is checked. */
function numberIn(text: string): number | string {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : text
}

async function readData(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>
  } catch {
    // Told below, as what is JSON and no object.
  }
  throw invalid(
    'file-not-json',
    {
      vi: `Không đọc được tệp ${file}. Tệp phải chứa một đối tượng JSON với validFrom, expectedDaysBefore, reminders, document.`,
      en: `The file ${file} cannot be read. It must hold one JSON object with validFrom, expectedDaysBefore, reminders, document.`,
    },
    { file },
  )
}

function ruleText(rule: AccountabilityRule): string {
  const { version, expectedDaysBefore, reminders } = rule
  return [
    `Quy tắc ${version}, hiệu lực từ ${validText(rule)}`,
    `Căn cứ: ${documentText(rule)}`,
    `Báo dự kiến chậm: đầu ngày làm việc cuối cùng trước hạn ít nhất ${expectedDaysBefore} ngày`,
    ...reminders.map(
      ({ afterDays, to }) =>
        `Sau ${afterDays} ngày làm việc kể từ khi phải giải trình: nhắc ${levelWords[to]}`,
    ),
    '',
  ].join('\n')
}

function versionsText(versions: readonly AccountabilityRuleListed[]): string {
  return formatTable(
    versions,
    [
      { heading: 'Phiên bản', value: ({ version }) => version },
      { heading: 'Hiệu lực từ', value: validText },
      { heading: 'Báo trước (ngày)', align: 'right', value: (rule) => rule.expectedDaysBefore },
      {
        heading: 'Nhắc (sau số ngày làm việc)',
        width: 60,
        value: ({ reminders }) =>
          reminders.map(({ afterDays, to }) => `${afterDays}: ${levelWords[to]}`).join('; '),
      },
      { heading: 'Căn cứ', width: 60, value: documentText },
    ],
    terminal.colour,
  )
}

function validText({ validFrom }: AccountabilityRule): string {
  return validFrom === null ? 'trước đến nay' : formatVietnameseDate(validFrom)
}

function documentText({ document }: AccountabilityRule): string {
  return document === null
    ? 'mặc định của chương trình, không theo văn bản nào'
    : `${document.number} ngày ${formatVietnameseDate(document.date)} của ${document.issuer}`
}
