import { addDays, daysInMonth, lastDayOfMonth, localDate } from '#calendar'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Deadline } from './deadline.js'
import { formatDeadline } from './format-deadline.js'
import { occurrences } from './occurrences.js'
import { parseDeadline } from './parse-deadline.js'
import { summaryOf } from './summary.fixture.js'

const fragments = [
  'trước',
  'ngày',
  'tháng',
  'quý',
  'quí',
  'năm',
  'đến',
  'hết',
  'từ',
  'và',
  'hàng',
  'định kỳ',
  'lần',
  'báo cáo',
  'chậm nhất',
  'sau khi',
  'khi có',
  'theo quy định',
  'giai đoạn',
  'cuối',
  'đầu',
  'của',
  'IV',
  'III',
  '6',
  '12',
  '31',
  '2025',
  '2021',
  '217',
  '/',
  '-',
  '–',
  '.',
  ',',
  ';',
  ':',
  '(',
  ')',
  '\n',
  '- ',
  '%',
  'số',
  'QĐ-UBND',
  'thường xuyên',
  'nếu có',
  'Kế hoạch',
  'đột xuất',
  'mỗi',
  'trong',
  'vào',
  'so với',
  '15/02/2025',
  'thang',
] as const

const soup = fc
  .array(fc.tuple(fc.constantFrom(...fragments), fc.constantFrom(' ', '', '  ', '\u00a0')), { maxLength: 30 })
  .map((pairs) => pairs.flat().join(''))
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 200 }), soup)

const day = fc
  .record({ year: fc.integer({ min: 2015, max: 2040 }), month: fc.integer({ min: 1, max: 12 }) })
  .chain(({ year, month }) =>
    fc.integer({ min: 1, max: daysInMonth(year, month) }).map((date) => ({ year, month, day: date })),
  )
const two = (value: number): string => String(value).padStart(2, '0')
const romans = ['I', 'II', 'III', 'IV'] as const

describe('parseDeadline', () => {
  it('gives a consistent value for any text', () => {
    fc.assert(
      fc.property(anyText, fc.option(fc.integer(), { nil: undefined }), (raw, year) => {
        const deadline = parseDeadline(raw, { year })
        expect(deadline.raw).toBe(raw)
        expect(brokenPromises(deadline)).toEqual([])
        expect(formatDeadline(deadline).length).toBeGreaterThan(0)
        for (const occurrence of occurrences(deadline, 2025)) {
          expect(occurrence.lastCompliantDay <= occurrence.due).toBe(true)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('does not care for composition, case of white space or zero-width characters', () => {
    fc.assert(
      fc.property(soup, (raw) => {
        const expected = summaryOf(parseDeadline(raw, { year: 2025 }))
        expect(summaryOf(parseDeadline(raw.normalize('NFD'), { year: 2025 }))).toEqual(expected)
        const spread = raw.replace(/ /g, ' \u00a0\u2003 ')
        expect(summaryOf(parseDeadline(` ${spread} `, { year: 2025 }))).toEqual(expected)
        expect(summaryOf(parseDeadline(`\ufeff${raw}\u200b`, { year: 2025 }))).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('reads every spelling of a day, also in the midst of a sentence', () => {
    const limit = fc.constantFrom(
      { words: 'trước ngày', inclusive: false },
      { words: 'Trước', inclusive: false },
      { words: 'chậm nhất ngày', inclusive: true },
      { words: 'đến hết ngày', inclusive: true },
      { words: 'không muộn hơn ngày', inclusive: true },
    )
    const style = fc.integer({ min: 0, max: 4 })
    const frame = fc.constantFrom(
      ['', ''],
      ['- Báo cáo (', ')'],
      ['Các sở, ban, ngành gửi Sở Nội vụ ', ' để tổng hợp.'],
    )
    fc.assert(
      fc.property(day, limit, style, frame, (date, { words, inclusive }, which, [before, after]) => {
        const text = `${before}${words} ${spelled(date, which)}${after}`
        const due = localDate(date.year, date.month, date.day)!
        const { type, due: read, inclusive: isInclusive, lastCompliantDay } = parseDeadline(text)
        expect({ type, read, isInclusive }).toEqual({ type: 'date', read: due, isInclusive: inclusive })
        expect(lastCompliantDay).toBe(inclusive ? due : addDays(due, -1))
      }),
      // Six months are also half a year: the 6th is no count of months.
      { examples: [[{ year: 2016, month: 7, day: 6 }, { words: 'Trước', inclusive: false }, 1, ['', '']]] },
    )
  })

  it('reads every spelling of a month and a quarter as its last day', () => {
    const word = fc.constantFrom('Tháng', 'tháng', 'THÁNG', 'thang', 'trong tháng')
    const joint = fc.constantFrom('/', ' / ', ' năm ', '-', ', năm ')
    fc.assert(
      fc.property(day, word, joint, fc.boolean(), ({ year, month }, words, between, bracketed) => {
        const text = `${words} ${month}${between}${year}`
        const { type, due } = parseDeadline(bracketed ? `Báo cáo (${text})` : text)
        expect({ type, due }).toEqual({ type: 'month', due: lastDayOfMonth(year, month) })
      }),
    )
    const quarterWord = fc.constantFrom('Quý', 'quý', 'quí', 'Quí ', 'QUÝ')
    fc.assert(
      fc.property(day, quarterWord, joint, fc.boolean(), ({ year, month }, words, between, isRoman) => {
        const quarter = Math.ceil(month / 3)
        const text = `${words} ${isRoman ? romans[quarter - 1] : quarter}${between}${year}`
        const { type, due } = parseDeadline(text)
        expect({ type, due }).toEqual({ type: 'quarter', due: lastDayOfMonth(year, quarter * 3) })
      }),
    )
  })

  it('does not take the date of a cited document for a deadline', () => {
    const kind = fc.constantFrom('Quyết định', 'Kế hoạch', 'Báo cáo', 'Công văn', 'Nghị quyết')
    const code = fc.constantFrom('QĐ-UBND', 'KH- UBND', 'BC-UBND', 'NQ-CP', 'VPUB- KSTTHC')
    fc.assert(
      fc.property(
        day,
        kind,
        code,
        fc.nat(9999),
        fc.integer({ min: 0, max: 1 }),
        (date, name, symbol, number, which) => {
          const cited = `${name} số ${number}/${symbol} ngày ${spelled(date, which)}`
          expect(parseDeadline(`Thực hiện ${cited} của UBND tỉnh`, { year: 2025 }).type).toBe('none')
          expect(parseDeadline(`Thực hiện ${cited}, hoàn thành trước ngày 15/02/2025`).due).toBe('2025-02-15')
        },
      ),
    )
  })
})

function spelled(
  { year, month, day: date }: { year: number; month: number; day: number },
  style: number,
): string {
  switch (style) {
    case 0:
      return `${two(date)}/${two(month)}/${year}`
    case 1:
      return `${date} tháng ${month} năm ${year}`
    case 2:
      return `${date}-${month}-${year}`
    case 3:
      return `${two(date)} / ${month} / ${year}`
    default:
      return `${date}/${month} năm ${year}`
  }
}

/** The promises of the contract that a deadline breaks: none. */
function brokenPromises(deadline: Deadline): string[] {
  const { type, due, inclusive, lastCompliantDay, parts, recurrence, condition, from, to } = deadline
  const hasNoDue = ['recurring', 'continuous', 'event', 'rule', 'several', 'none'].includes(type)
  const lastDay = due === null || inclusive === true ? due : addDays(due, -1)
  const promises: readonly (readonly [string, boolean])[] = [
    ['lastCompliantDay follows from due', lastCompliantDay === lastDay],
    ['no due day without a named day', !hasNoDue || due === null],
    ['inclusive speaks of a day', due !== null || inclusive === null || recurrence?.day != null],
    ['a recurring deadline has a frequency', type !== 'recurring' || recurrence!.frequencies.length > 0],
    ['event and rule quote their condition', (type !== 'event' && type !== 'rule') || !!condition],
    [
      'only a range has ends',
      type === 'range' ? to === due && (from ?? '') <= (to ?? '') : from === null && to === null,
    ],
    ['several and only several has parts', parts.length > 0 === (type === 'several') && parts.length !== 1],
    ['parts are simple', parts.every((part) => part.type !== 'none' && part.type !== 'several')],
  ]
  return [...promises.filter(([, kept]) => !kept).map(([name]) => name), ...parts.flatMap(brokenPromises)]
}
