import type { Command } from 'commander'
import { dayReason, formatVietnameseDate, weekdayName, type BusinessCalendar } from '#calendar'
import { calendarWorkflow, type CalendarState } from '#calendar/record'
import { invalid, newId, notFound, type JsonValue } from '#kernel'
import { answering, print, type Answer, type Options } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import type { Session } from '../session.js'
import { outcomeWords } from './sending.js'

/** The calendar's own name; others may stand beside it. */
const calendarName = 'vn'

/** Looks at the calendar itself, and changes it. */
export function addCalendarRecordCommands(
  program: Command,
  calendarInForce: () => Promise<BusinessCalendar>,
): void {
  program
    .command('calendar <năm>')
    .description('ngày nghỉ và ngày làm bù của một năm, kèm căn cứ / days off of a year with their sources')
    .action(async (year: string, _options, command: Command) => {
      const { json } = command.optsWithGlobals<Options>()
      print(yearAnswer(await calendarInForce(), Number(year)), json === true)
    })

  program
    .command('calendar-change <thao-tác>')
    .description(
      'ghi lịch theo văn bản: AnnounceYear, ChangeDays, ConfirmYear / change the calendar by a document',
    )
    .requiredOption('--data <json>', 'ví dụ \'{"year":2027,"document":"Thông báo 1/TB-BNV"}\'')
    .option('--id <uuid>', 'mã lệnh; gửi lại cùng mã thì không ghi trùng')
    .option('--dry-run', 'chỉ xem sẽ ghi gì')
    .action((transition: string, _options, command: Command) =>
      answering(command, (session, options) => change(session, transition, options)),
    )
}

function yearAnswer(calendar: BusinessCalendar, asked: number): Answer {
  const found = calendar.years.find(({ year }) => year === asked)
  if (found === undefined) throw yearMissing(calendar, asked)
  const status = found.status === 'confirmed' ? 'chính thức' : 'chưa chính thức'
  const table = formatTable(
    found.days,
    [
      { heading: 'Ngày', value: ({ date }) => formatVietnameseDate(date) },
      { heading: 'Thứ', value: ({ date }) => weekdayName(date) },
      { heading: 'Nội dung', width: 50, value: ({ date }) => dayReason(calendar, date) },
      { heading: 'Căn cứ', width: 60, value: ({ source }) => source.document },
    ],
    terminal.colour,
  )
  const head = `Lịch nghỉ năm ${found.year} (${status}), phiên bản ${calendar.version}\n\n`
  return { json: { calendarVersion: calendar.version, ...found }, text: `${head}${table}` }
}

async function change(session: Session, transition: string, options: Options): Promise<Answer> {
  const { data, id, dryRun } = options
  const { status, events, state } = await session.platform.commands.handleOrThrow<CalendarState>({
    id: typeof id === 'string' ? id : newId(),
    workflow: calendarWorkflow.name,
    aggregate: calendarName,
    transition,
    data: parseData(String(data)),
    actor: session.actor,
    dryRun: dryRun === true,
  })
  const calendarVersion = `${calendarName}/${state.number}`
  return {
    json: { status, calendarVersion, events },
    text: `${outcomeWords[status]}: lịch làm việc phiên bản ${calendarVersion}. Các hạn đã tính giữ nguyên phiên bản cũ.\n`,
  }
}

function parseData(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    throw invalid('data-not-json', {
      vi: 'Giá trị của --data phải là JSON, ví dụ \'{"year":2027,"document":"Thông báo 1/TB-BNV"}\'.',
      en: 'The value of --data must be JSON, such as \'{"year":2027,"document":"Thông báo 1/TB-BNV"}\'.',
    })
  }
}

function yearMissing({ version, firstYear, lastYear }: BusinessCalendar, year: number): Error {
  return notFound(
    'calendar-year-unknown',
    {
      vi: `Lịch làm việc ${version} chỉ có các năm từ ${firstYear} đến ${lastYear}.`,
      en: `Calendar ${version} knows the years ${firstYear} to ${lastYear} only.`,
    },
    { calendarVersion: version, year },
  )
}
