import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import {
  compareRates,
  findRateItems,
  findRates,
  findUnaccounted,
  reportFormats,
  writeRates,
  type RegisterLine,
} from '#dossiers'
import { invalid } from '#kernel'
import { accountability, askForDuties, asksForTasks, type Accountability, type Ask } from '#platform'
import { late } from '#tasks'
import { answering, type Answer, type Options } from '../output/answer.js'
import { comparisonText, dutiesText, itemsText, ratesText, registerText } from '../output/rates-text.js'
import type { Session } from '../session.js'
import { withAgencyId } from './read.commands.js'

/** Lines a page; the register is asked for whole. */
const pageSize = 500

/** Official figures of dossiers, and what nobody has accounted for. */
export function addRatesCommands(program: Command): void {
  program
    .command('rates')
    .description('tỷ lệ giải quyết hồ sơ theo công thức, theo kỳ / rates of dossiers')
    .option(
      '--formula <tên>',
      'qd766-2.1 (mặc định), can-xu-ly, don-gian, early, coverage, unaccounted, buoc-dung-han, buoc-truoc-han',
    )
    .option('--period <kỳ>', '2025-Q3, 2025, 2025-H1, 2025-07; thêm -calendar: theo lịch')
    .option('--from <ngày>', 'ngày đầu kỳ (năm-tháng-ngày)')
    .option('--to <ngày>', 'ngày cuối kỳ')
    .option('--by <chiều>', 'agency, field, procedure, channel, step')
    .option('--agency <tên>', 'chỉ cơ quan này (mọi cách viết)')
    .option('--field <lĩnh-vực>', 'chỉ lĩnh vực này')
    .option('--procedure <mã>', 'chỉ thủ tục này')
    .option('--channel <cách>', 'direct, online, post')
    .option('--at <vị-trí>', 'như đã biết ở vị trí này của nhật ký: số liệu tính lại được y nguyên')
    .option('--items', 'danh sách hồ sơ được tính')
    .option('--numerator <phần>', 'với --items: in (trong tử số) hoặc out')
    .option('--compare <hai-công-thức>', 'hồ sơ được tính khác nhau và vì sao, ví dụ qd766-2.1,can-xu-ly')
    .option('--limit <số>', 'với --items, --compare: số hồ sơ; nhiều nhất 500')
    .option('--cursor <con-trỏ>', 'trang sau của --items, --compare')
    .option('--out <tệp>', 'ghi ra tệp .xlsx hoặc .docx')
    .action((_options, command: Command) =>
      answering(command, async (session, options) =>
        ratesAsked(session, await withAgencyId(session, options)),
      ),
    )

  program
    .command('duties')
    .description('việc phải làm về hồ sơ, nhiệm vụ chậm, muộn của cơ quan / what an agency has to do now')
    .option('--agency <tên>', 'cơ quan phải làm (mọi cách viết); mặc định: cơ quan của mình')
    .option('--as-of <ngày>', 'tính đến ngày; mặc định: hôm nay')
    .option('--limit <số>', 'số hồ sơ; nhiều nhất 500')
    .option('--cursor <con-trỏ>', 'trang sau')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const ask: Ask = (query, params) => session.ask(query, params)
        const shown = await askForDuties(ask, await withAgencyId(session, options))
        return { json: shown, text: dutiesText(shown) }
      }),
    )

  program
    .command('unaccounted')
    .description('hồ sơ và nhiệm vụ chậm, muộn chưa giải trình, xin lỗi / late and not accounted for')
    .option('--as-of <ngày>', 'tính đến ngày; mặc định: hôm nay')
    .option('--agency <tên>', 'chỉ cơ quan này (mọi cách viết)')
    .option('--missing <việc>', 'explanation, acceptance, apology, delivery')
    .option('--at <vị-trí>', 'hồ sơ như đã biết ở vị trí này của nhật ký')
    .action((_options, command: Command) =>
      answering(command, async (session, options) => {
        const listed = await wholeRegister(session, await withAgencyId(session, options))
        return { json: listed, text: registerText(listed) }
      }),
    )
}

async function ratesAsked(session: Session, { items, compare, out, ...options }: Options): Promise<Answer> {
  if (compare !== undefined) {
    const comparison = await session.ask(compareRates, { ...options, compare })
    return { json: comparison, text: comparisonText(comparison) }
  }
  if (items === true) {
    const page = await session.ask(findRateItems, options)
    return { json: page, text: itemsText(page) }
  }
  const rates = await session.ask(findRates, options)
  if (out === undefined) return { json: rates, text: ratesText(rates) }
  const file = String(out)
  const format = reportFormats.find((one) => file.toLowerCase().endsWith(`.${one}`))
  if (format === undefined) throw formatUnknown(file)
  await writeFile(file, await writeRates(rates, format))
  return { json: { ...rates, file }, text: `Đã ghi ${file}, số liệu tính đến vị trí ${rates.position}.\n` }
}

/** All pages, as of the position of the first. */
async function wholeRegister(session: Session, options: Options): Promise<Accountability> {
  const { asOf, agency, at } = options
  const tasks = asksForTasks(options)
    ? await session.ask(late, {
        ...(asOf !== undefined && { asOf }),
        ...(agency !== undefined && { agency }),
        ...(at !== undefined && { at }),
      })
    : null
  const first = await session.ask(findUnaccounted, { ...options, limit: pageSize })
  const items: RegisterLine[] = [...first.items]
  for (let cursor = first.next; cursor !== null;) {
    const page = await session.ask(findUnaccounted, { ...options, limit: pageSize, cursor })
    items.push(...page.items)
    cursor = page.next
  }
  return accountability({ ...first, items, next: null }, tasks, options['missing'])
}

function formatUnknown(file: string): Error {
  return invalid(
    'format-unknown',
    {
      vi: `Không biết ghi “${file}” theo định dạng nào. Đặt tên tệp có đuôi .xlsx hoặc .docx.`,
      en: `There is no format for ${file}. Name the file .xlsx or .docx.`,
    },
    { file },
  )
}
