import type { Command } from 'commander'
import { BusinessCalendar } from '#calendar'
import { readCalendarSeed, seededCalendar } from '#calendar/record'
import { simulateDossiers, simulatedProcedureLines } from '#dossiers'
import { invalid } from '#kernel'
import { write } from '../output/write.js'

interface SimulateOptions {
  readonly count: string
  readonly seed: string
  readonly year: string
  readonly withProcedures?: boolean
}

/** A province has some 700,000 dossiers a year: more than this is no load test of one. */
const mostDossiers = 100_000_000

/** Characters written at a time: a line each would be a system call each. */
const chunk = 65_536

/** Data that never was, for load tests. By the calendar that comes with the program, so that a seed is always the same. */
export function addSimulateCommands(program: Command): void {
  program
    .command('simulate')
    .description(
      'tạo dữ liệu mô phỏng để thử tải, không ghi gì / synthetic data for load tests, writing nothing',
    )
    .command('dossiers')
    .description(
      'hồ sơ của một năm, mỗi dòng một sự việc, theo dạng của POST /api/v1/dossiers/events / a year of dossiers as NDJSON',
    )
    .option('--count <số>', 'số hồ sơ', '1000')
    .option('--seed <số>', 'cùng một số thì cùng một dữ liệu', '1')
    .option('--year <năm>', 'năm tiếp nhận; năm sau đó cũng phải có trong lịch', '2025')
    .option('--with-procedures', 'thêm các thủ tục ở đầu, cho "dossiers evaluate -"')
    .action((options: SimulateOptions) => simulate(options))
}

async function simulate({ count, seed, year, withProcedures = false }: SimulateOptions): Promise<void> {
  const calendar = new BusinessCalendar(seededCalendar(readCalendarSeed()))
  const simulation = {
    count: wholeNumber('count', count, [0, mostDossiers]),
    seed: wholeNumber('seed', seed, [0, 2 ** 31 - 1]),
    year: wholeNumber('year', year, [calendar.firstYear, calendar.lastYear - 1]),
  }
  let text = withProcedures
    ? simulatedProcedureLines()
        .map((line) => `${line}\n`)
        .join('')
    : ''
  for (const line of simulateDossiers(calendar, simulation)) {
    text += `${line}\n`
    if (text.length < chunk) continue
    await write(text)
    text = ''
  }
  await write(text)
}

function wholeNumber(name: string, text: string, [least, most]: readonly [number, number]): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN
  if (value >= least && value <= most) return value
  throw invalid('option-invalid', {
    vi: `--${name} là số nguyên từ ${least} đến ${most}.`,
    en: `--${name} is a whole number from ${least} to ${most}.`,
  })
}
