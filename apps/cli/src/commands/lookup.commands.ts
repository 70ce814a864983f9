import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { formatVietnameseDate } from '#calendar'
import { formatDeadline, parseDeadline } from '#deadlines'
import { resolveNames, type ResolvedAgency } from '#registry'
import { invalid } from '#kernel'
import { answering, print, type Options } from '../output/answer.js'
import { write } from '../output/write.js'

/** Names a question of this many lines at a time. */
const linesAtOnce = 500

/** What a text means: deadlines and agencies. `-` reads one text a line and answers one JSON document a line. */
export function addLookupCommands(program: Command): void {
  program
    .command('deadline <văn-bản>')
    .description('đọc một thời hạn viết bằng chữ; "-" đọc từng dòng / read a deadline')
    .option('--year <năm>', 'năm khi thời hạn không ghi năm')
    .allowUnknownOption()
    .action(async (text: string, _options, command: Command) => {
      assertNoOption(text, command)
      const { json, year } = command.optsWithGlobals<Options>()
      const reading = year === undefined ? {} : { year: yearOf(String(year)) }
      if (text !== '-') {
        const deadline = parseDeadline(text, reading)
        print({ json: deadline, text: `${formatDeadline(deadline)}\n` }, json === true)
        return
      }
      for await (const line of lines()) await write(`${JSON.stringify(parseDeadline(line, reading))}\n`)
    })

  program
    .command('agency <tên>')
    .description('cơ quan mà một tên gọi chỉ; "-" đọc từng dòng / the agency a name means')
    .option('--date <ngày>', 'ngày của văn bản (năm-tháng-ngày); mặc định: hôm nay')
    .option('--province <tỉnh>', 'tỉnh của văn bản; mặc định Sơn La')
    .allowUnknownOption()
    .action((name: string, _options, command: Command) => {
      assertNoOption(name, command)
      return answering(command, async (session, options) => {
        const ask = (names: readonly string[]): Promise<readonly ResolvedAgency[]> =>
          session.ask(resolveNames, { ...options, names })
        if (name !== '-') {
          const [agency] = await ask([name])
          return { json: agency, text: agencyText(agency!) }
        }
        for await (const names of chunks(lines()))
          for (const agency of await ask(names)) await write(`${JSON.stringify(agency)}\n`)
        return null
      })
    })
}

/** Cells of a document start with a dash ("- Kế hoạch (tháng 8/2025)"); a mistyped option does not read like one. */
function assertNoOption(text: string, command: Command): void {
  if (/^--?[a-z][a-z-]*$/.test(text)) command.error(`error: unknown option '${text}'`)
}

function yearOf(text: string): number {
  const year = Number(text)
  if (Number.isInteger(year) && year >= 1 && year <= 9999) return year
  throw invalid('year-invalid', {
    vi: 'Giá trị của --year phải là một năm, ví dụ 2025.',
    en: '--year must be a year, such as 2025.',
  })
}

function lines(): AsyncIterable<string> {
  return createInterface({ input: process.stdin, crlfDelay: Infinity })
}

async function* chunks(texts: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let waiting: string[] = []
  for await (const text of texts) {
    waiting.push(text)
    if (waiting.length === linesAtOnce) {
      yield waiting
      waiting = []
    }
  }
  if (waiting.length > 0) yield waiting
}

const statusWords: Readonly<Record<ResolvedAgency['status'], string>> = {
  found: 'Tìm thấy',
  unknown: 'Chưa có trong danh mục',
  ambiguous: 'Chưa rõ là cơ quan nào',
  collective: 'Tên gọi chung nhiều cơ quan',
}

function agencyText(agency: ResolvedAgency): string {
  const parts = [
    `${statusWords[agency.status]}${agency.name === null ? '' : `: ${agency.name} (${agency.id})`}`,
  ]
  if (agency.validTo !== null)
    parts.push(`Kết thúc hoạt động sau ngày ${formatVietnameseDate(agency.validTo)}`)
  for (const next of agency.successors)
    parts.push(`Tiếp nhận từ ${formatVietnameseDate(next.date)}: ${next.name} (${next.id})`)
  for (const candidate of agency.candidates ?? [])
    parts.push(`Có thể là: ${candidate.name} (${candidate.id})`)
  return `${parts.join('\n')}\n`
}
