import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { BusinessCalendar, formatVietnameseDate, weekdayName } from '#calendar'
import {
  answerDay,
  answerDue,
  AskDay,
  AskDue,
  CalendarReader,
  countWorkingDays,
  CountWorkingDays,
  readCalendarSeed,
  seededCalendar,
} from '#calendar/record'
import { validateInput } from '#engine'
import type { EventStore } from '#event-store'
import { invalid, RoviecError } from '#kernel'
import { openPlatform, readConfig } from '#platform'
import { exitCodes, print, type Options } from '../output/answer.js'
import { formatTable, terminal } from '../output/table.js'
import { addCalendarRecordCommands } from './calendar-record.commands.js'

/** A question in JSON, its answer, and the answer as text. */
interface Verb<Request, Answer> {
  readonly input: new () => Request
  answer(calendar: BusinessCalendar, request: Request): Answer
  text(calendar: BusinessCalendar, request: Request, answer: Answer): string
}

/** What the calendar says. `-` reads one JSON request a line and answers one JSON document a line. */
export function addCalendarCommands(program: Command): void {
  addCalendarRecordCommands(program, calendarInForce)
  program
    .command('working-days <từ> [đến]')
    .description('các ngày làm việc sau ngày <từ> đến hết ngày <đến> / working days in (from, to]')
    .option('--include-from', 'tính cả ngày <từ> / count the first day as well')
    .action((from: string, to: string | undefined, _options, command: Command) =>
      asked(command, from, workingDays, ({ includeFrom }) => {
        if (to === undefined) command.error('Cần hai ngày, ví dụ: roviec working-days 2026-04-15 2026-04-30')
        return { from, to, includeFrom }
      }),
    )

  program
    .command('is-working-day <ngày>')
    .description('ngày làm việc hay ngày nghỉ, vì sao / whether a day is worked, and why')
    .action((date: string, _options, command: Command) => asked(command, date, workingDay, () => ({ date })))

  program
    .command('due [yêu-cầu]')
    .description('tính thời hạn, giải thích từng ngày; "-" đọc từng dòng JSON / due date, day by day')
    .option('--from <ngày-giờ>', 'ngày hoặc thời điểm tiếp nhận, ví dụ 2026-04-15 hoặc 2026-04-15T09:30')
    .option('--within <thời-hạn>', '"10 ngày làm việc", "15 ngày", "8 giờ làm việc", "1 tháng", "trong ngày"')
    .option('--hours <các-buổi>', 'giờ làm việc; mặc định 07:30-11:30,13:30-17:00')
    .option('--last-hour-rule', 'tiếp nhận trong giờ làm việc cuối tính sang ngày làm việc tiếp theo')
    .option('--same-day-rule', 'thủ tục trong ngày: tiếp nhận sau 15:00 trả vào ngày làm việc tiếp theo')
    .action((request: string | undefined, _options, command: Command) =>
      asked(command, request, due, ({ from, within, hours, lastHourRule, sameDayRule }) => {
        if (from === undefined || within === undefined)
          command.error(
            'Cần --from và --within, ví dụ: roviec due --from 2026-04-15 --within "10 ngày làm việc"',
          )
        return { from, within, hours, lastHourRule, sameDayRule }
      }),
    )
}

async function asked<Request extends object, Answer>(
  command: Command,
  first: string | undefined,
  verb: Verb<Request, Answer>,
  requestOf: (options: Options) => object,
): Promise<void> {
  const options = command.optsWithGlobals<Options>()
  if (first !== '-') {
    const request = validateInput(verb.input, requestOf(options))
    const calendar = await calendarInForce()
    const answer = verb.answer(calendar, request)
    print({ json: answer, text: verb.text(calendar, request, answer) }, options['json'] === true)
    return
  }
  const calendar = await calendarInForce()
  let exitCode: number = exitCodes.done
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const answer = answerLine(calendar, verb, line)
    if ('error' in answer) exitCode = exitCodes.refused
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
  process.exitCode = exitCode
}

/** A line that cannot be answered is answered with its error, and the next one follows. */
function answerLine<Request extends object, Answer>(
  calendar: BusinessCalendar,
  verb: Verb<Request, Answer>,
  line: string,
): object {
  try {
    return verb.answer(calendar, validateInput(verb.input, parseLine(line))) as object
  } catch (error) {
    if (!(error instanceof RoviecError)) throw error
    return { error: { code: error.code, message: error.text, details: error.details } }
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw invalid('line-not-json', {
      vi: 'Mỗi dòng phải là một đối tượng JSON.',
      en: 'Each line must be one JSON object.',
    })
  }
}

/**
 * The calendar on record, so that every correction counts. Where there is no record yet nothing can have been
 * corrected: the calendar that comes with the program answers at once, and no store is set up for a look at a date.
 */
export async function calendarInForce(): Promise<BusinessCalendar> {
  return (await onRecord((store) => new CalendarReader(store).find())) ?? shippedCalendar()
}

export function shippedCalendar(): BusinessCalendar {
  return new BusinessCalendar(seededCalendar(readCalendarSeed()))
}

/** What a look at the log answers; null where there is no record yet. */
export async function onRecord<Found>(look: (store: EventStore) => Promise<Found>): Promise<Found | null> {
  const config = readConfig(process.env)
  if (config.mode === 'embedded' && !existsSync(join(config.dataDir, 'postgres'))) return null
  const platform = await openPlatform(config)
  try {
    return await look(platform.store)
  } finally {
    await platform.close()
  }
}

const workingDays: Verb<CountWorkingDays, ReturnType<typeof countWorkingDays>> = {
  input: CountWorkingDays,
  answer: countWorkingDays,
  text(calendar, { from, to, includeFrom }, { count, days }) {
    const start = `${includeFrom === true ? 'từ ngày' : 'sau ngày'} ${formatVietnameseDate(from)}`
    const head = `${count} ngày làm việc ${start} đến hết ngày ${formatVietnameseDate(to)}.\n`
    const rows = days.map((day) => `  ${longDate(day)}\n`).join('')
    return `${head}${rows}${footnote(calendar, days.length === 0 ? [to] : days)}`
  },
}

const workingDay: Verb<AskDay, ReturnType<typeof answerDay>> = {
  input: AskDay,
  answer: answerDay,
  text(calendar, { date }, { working, why, source }) {
    const what = working ? 'là ngày làm việc' : 'là ngày nghỉ'
    const reason = source === null && working ? '' : `: ${why}`
    const standsOn = source === null ? '' : `Căn cứ: ${source.document}.\n`
    return `${longDate(date)} ${what}${reason}.\n${standsOn}${footnote(calendar, [date])}`
  },
}

const due: Verb<AskDue, ReturnType<typeof answerDue>> = {
  input: AskDue,
  answer: answerDue,
  text(calendar, { within }, answer) {
    const { dueDate, unrolled, explanation } = answer
    const time = answer.due === dueDate ? 'hết ngày' : `${answer.due.slice(11, 16)} ngày`
    const head = `Thời hạn ${within}: đến ${time} ${longDate(dueDate)}.\n`
    const moved = unrolled === dueDate ? '' : `Ngày cuối ${longDate(unrolled)} là ngày nghỉ nên chuyển hạn.\n`
    const table = formatTable(
      explanation,
      [
        { heading: 'Ngày', value: ({ date }) => formatVietnameseDate(date) },
        { heading: 'Thứ', value: ({ date }) => weekdayName(date) },
        { heading: 'Tính', value: ({ counted }) => (counted ? 'có' : 'không') },
        { heading: 'Lý do', width: 80, value: ({ why }) => why },
      ],
      terminal.colour,
    )
    const dates = answer.provisional ? [...explanation.map(({ date }) => date), unrolled, dueDate] : [dueDate]
    return `${head}${moved}\n${table}\n${footnote(calendar, dates)}`
  },
}

function longDate(date: string): string {
  return `${formatVietnameseDate(date)} (${weekdayName(date)})`
}

/** Which version answered, and what of it is not final. */
function footnote(calendar: BusinessCalendar, dates: readonly string[]): string {
  const open = dates.filter((date) => calendar.isProvisional(date)).map((date) => date.slice(0, 4))
  const years = [...new Set(open)].sort().join(', ')
  const notFinal = `Lịch nghỉ năm ${years} chưa chính thức; kết quả có thể thay đổi khi lịch được xác nhận.\n`
  return `${years === '' ? '' : notFinal}Lịch làm việc phiên bản ${calendar.version}.\n`
}
