import type { Command } from 'commander'
import {
  parseMoment,
  parseOfficeHours,
  usualOfficeHours,
  type BusinessCalendar,
  type Moment,
} from '#calendar'
import {
  boundedLines,
  CollectedLines,
  currentLaw,
  evaluateDossiers,
  type EvaluationCut,
  type Rulebook,
} from '#dossiers'
import { CalendarReader } from '#calendar/record'
import { invalid, systemClock } from '#kernel'
import { agenciesOnRecord, agenciesToBeSeeded } from '#platform'
import { write } from '../output/write.js'
import { onRecord, shippedCalendar } from './calendar.commands.js'
import { addDossierRecordCommands } from './dossiers-record.commands.js'
import { addProcedureCommands } from './procedures.commands.js'
import { addRejectedCommands } from './rejected.commands.js'

interface EvaluateOptions {
  readonly asOf?: string
  readonly knownAt?: string
  readonly period?: string
  readonly hours?: string
}

/** Dossiers (hồ sơ thủ tục hành chính) and the procedures they follow. */
export function addDossierCommands(program: Command): void {
  const dossiers = program
    .command('dossiers')
    .description('hồ sơ thủ tục hành chính / administrative dossiers')
  addEvaluate(dossiers)
  addDossierRecordCommands(program, dossiers)
  addRejectedCommands(dossiers)
  addProcedureCommands(program)
}

/** Looks at lines alone: nothing here changes the record; its calendar and agencies are read. */
function addEvaluate(dossiers: Command): void {
  dossiers
    .command('evaluate <tệp>')
    .description(
      'tính thử các dòng NDJSON, không ghi gì; "-" đọc đầu vào chuẩn / evaluate lines, writing nothing',
    )
    .option(
      '--as-of <lúc>',
      'chỉ tính việc đã xảy ra đến lúc này; mặc định: cuối kỳ, --known-at, hoặc bây giờ',
    )
    .option('--known-at <lúc>', 'chỉ tính thông tin đã nhận được đến lúc này')
    .option('--period <từ..đến>', 'kỳ báo cáo, ví dụ 2026-01-01..2026-03-31, gồm cả hai ngày')
    .option('--hours <giờ>', 'giờ làm việc, ví dụ 07:30-11:30,13:30-17:00')
    .option('--json', 'luôn là JSON')
    .action((file: string, options: EvaluateOptions) => evaluate(file, options))
}

async function evaluate(file: string, options: EvaluateOptions): Promise<void> {
  if (file !== '-') throw onlyStandardInput()
  const { calendar, resolveAgency } = await references()
  const cut = cutOf(options, calendar)
  const lines = new CollectedLines(calendar, resolveAgency)
  for await (const line of boundedLines(process.stdin)) lines.take(line)
  const hours = options.hours === undefined ? usualOfficeHours : parseOfficeHours(options.hours)
  await writeEvaluation({ calendar, hours, law: currentLaw, procedures: lines.procedures }, lines, cut)
}

/** Calendar and agencies as the intake would take them; before there is a record, those that come with the program. */
async function references() {
  const found = await onRecord(async (store) => ({
    calendar: await new CalendarReader(store).find(),
    resolveAgency: await agenciesOnRecord(store),
  }))
  if (found !== null && found.calendar !== null) return { ...found, calendar: found.calendar }
  return { calendar: shippedCalendar(), resolveAgency: await agenciesToBeSeeded() }
}

/** One document, written piece by piece: that of a province's year is longer than a string may be. */
async function writeEvaluation(rulebook: Rulebook, lines: CollectedLines, cut: EvaluationCut): Promise<void> {
  const evaluation = evaluateDossiers(rulebook, lines, cut)
  let opening = '{"dossiers":['
  for (;;) {
    const { done, value } = evaluation.next()
    if (done === true) {
      await write(`${opening === ',' ? '' : opening}],${JSON.stringify(value).slice(1)}\n`)
      return
    }
    await write(`${opening}${JSON.stringify(value)}`)
    opening = ','
  }
}

function cutOf({ asOf, knownAt, period }: EvaluateOptions, calendar: BusinessCalendar): EvaluationCut {
  const [, from, to] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(period ?? '') ?? []
  if (period !== undefined && (from === undefined || to === undefined || from > to)) throw notAPeriod()
  const known = knownAt === undefined ? null : parseMoment(knownAt)
  const now = (): Moment => parseMoment(systemClock.now().toISOString())
  const end = to === undefined ? null : parseMoment(to)
  const moment = asOf === undefined ? (end ?? known ?? now()) : parseMoment(asOf)
  // A day that the calendar does not know is the question's mistake, not that of every line.
  for (const { date } of [moment, end ?? moment]) calendar.isWorkingDay(date)
  return {
    asOf: moment,
    knownAt: known,
    period: { from: from === undefined ? '0001-01-01' : parseMoment(from).date, to: (end ?? moment).date },
  }
}

function onlyStandardInput(): Error {
  return invalid('standard-input-only', {
    vi: 'Đưa các dòng NDJSON qua đầu vào chuẩn: roviec dossiers evaluate - < tệp.ndjson',
    en: 'Give the NDJSON lines on standard input: roviec dossiers evaluate - < file.ndjson',
  })
}

function notAPeriod(): Error {
  return invalid('period-invalid', {
    vi: 'Kỳ báo cáo viết là từ..đến, ngày đầu không sau ngày cuối, ví dụ 2026-01-01..2026-03-31.',
    en: 'Write the period as from..to, the first day not after the last, such as 2026-01-01..2026-03-31.',
  })
}
