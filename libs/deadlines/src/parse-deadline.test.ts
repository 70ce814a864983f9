import { describe, expect, it } from '@jest/globals'
import { longestText, parseDeadline } from './parse-deadline.js'
import { summaryOf, type Summary } from './summary.fixture.js'

type Example = readonly [text: string, expected: Summary]

/** The examples of the field's rules, and the same thing written otherwise. The plan's year is 2025. */
const groups: Readonly<Record<string, readonly Example[]>> = {
  'a day': [
    ['trước ngày 15/02/2025', { type: 'date', due: '2025-02-15', strict: true }],
    ['TRƯỚC NGÀY 15/02/2025', { type: 'date', due: '2025-02-15', strict: true }],
    ['Truoc ngay 15/02/2025', { type: 'date', due: '2025-02-15', strict: true }],
    ['Trước 30-7-2025', { type: 'date', due: '2025-07-30', strict: true }],
    ['trước ngày 30.7.2025', { type: 'date', due: '2025-07-30', strict: true }],
    ['trước 15 tháng 12 năm 2025', { type: 'date', due: '2025-12-15', strict: true }],
    ['Tháng 11/2025 (trước ngày 15)', { type: 'date', due: '2025-11-15', strict: true }],
    ['trước 30/7', { type: 'date', due: '2025-07-30', strict: true }],
    ['Trước ngày 31/01 năm sau', { type: 'date', due: '2026-01-31', strict: true }],
    ['chậm nhất trước ngày 15/3/2025', { type: 'date', due: '2025-03-15', strict: true }],
    ['chậm nhất là ngày 20/7/2025', { type: 'date', due: '2025-07-20' }],
    ['Không muộn hơn ngày 15/3/2025', { type: 'date', due: '2025-03-15' }],
    ['trước hoặc trong ngày 15/3/2025', { type: 'date', due: '2025-03-15' }],
    ['trong ngày 15/3/2025', { type: 'date', due: '2025-03-15' }],
    ['đến hết ngày 30 tháng 6 năm 2025', { type: 'date', due: '2025-06-30' }],
    ['ngày 15/02/2025', { type: 'date', due: '2025-02-15' }],
    ['2025-02-15', { type: 'date', due: '2025-02-15' }],
    ['trước 17 giờ ngày 15/3/2025', { type: 'date', due: '2025-03-15' }],
    ['trước ngày 12 của tháng cuối quý III/2025', { type: 'date', due: '2025-09-12', strict: true }],
    [
      'Sau khi có kết luận, chậm nhất 30/6/2025',
      { type: 'date', due: '2025-06-30', condition: 'Sau khi có kết luận' },
    ],
    ['Báo cáo quý III trước ngày 12/9/2025', { type: 'date', due: '2025-09-12', strict: true }],
  ],
  'several days': [
    [
      'trước ngày 10 tháng 6 và ngày 10 tháng 12 năm 2025',
      { type: 'dates', due: '2025-12-10', strict: true, dates: ['2025-06-10', '2025-12-10'] },
    ],
    ['ngày 10, 20/6/2025', { type: 'dates', due: '2025-06-20', dates: ['2025-06-10', '2025-06-20'] }],
    [
      'trước ngày 10/6 và trước ngày 10/12/2025',
      { type: 'dates', due: '2025-12-10', strict: true, dates: ['2025-06-10', '2025-12-10'] },
    ],
  ],
  'a month, quarter or year': [
    ['Tháng 8', { type: 'month', due: '2025-08-31' }],
    ['thang 01/2025', { type: 'month', due: '2025-01-31' }],
    ['Báo cáo (thang 01/2025)', { type: 'month', due: '2025-01-31' }],
    ['Tháng 02 năm 2024', { type: 'month', due: '2024-02-29' }],
    ['tháng mười hai năm 2025', { type: 'month', due: '2025-12-31' }],
    ['Tháng12/2025', { type: 'month', due: '2025-12-31' }],
    ['T12/2025', { type: 'month', due: '2025-12-31' }],
    ['01/2025', { type: 'month', due: '2025-01-31' }],
    ['Tháng 12 năm trước', { type: 'month', due: '2024-12-31' }],
    ['Cả năm', { type: 'year', due: '2025-12-31' }],
    ['Thường xuyên trong năm 2025', { type: 'year', due: '2025-12-31', condition: 'Thường xuyên' }],
    ['Quí  IV / 2025', { type: 'quarter', due: '2025-12-31' }],
    ['quý 4', { type: 'quarter', due: '2025-12-31' }],
    ['QUÝ IV NĂM 2025', { type: 'quarter', due: '2025-12-31' }],
    ['quy IV nam 2025', { type: 'quarter', due: '2025-12-31' }],
    ['Trong năm', { type: 'year', due: '2025-12-31' }],
    ['hoàn thành trong năm 2025', { type: 'year', due: '2025-12-31' }],
    ['Cuối năm', { type: 'year', due: '2025-12-31' }],
    ['giữa tháng 5/2025', { type: 'month', due: '2025-05-31', warnings: ['vague-part'] }],
  ],
  'a range': [
    ['Giai đoạn 2021 – 2025', { type: 'range', due: '2025-12-31', from: '2021-01-01' }],
    ['từ năm 2021 đến năm 2025', { type: 'range', due: '2025-12-31', from: '2021-01-01' }],
    ['15/02 - 20/02/2025', { type: 'range', due: '2025-02-20', from: '2025-02-15' }],
    ['Tháng 1 → tháng 3/2025', { type: 'range', due: '2025-03-31', from: '2025-01-01' }],
    ['Hằng năm (2021-2025)', { type: 'range', due: '2025-12-31', from: '2021-01-01', every: 'yearly' }],
    ['Quý I-II/2025', { type: 'range', due: '2025-06-30', from: '2025-01-01' }],
    ['từ tháng 3 đến tháng 5/2025', { type: 'range', due: '2025-05-31', from: '2025-03-01' }],
    ['từ ngày 15/12 đến 15/01/2026', { type: 'range', due: '2026-01-15', from: '2025-12-15' }],
    ['ngày 10-15/6/2025', { type: 'range', due: '2025-06-15', from: '2025-06-10' }],
    ['6 tháng đầu năm 2025', { type: 'range', due: '2025-06-30', from: '2025-01-01' }],
  ],
  'a bound by a period': [
    ['đến năm 2025', { type: 'until', due: '2025-12-31' }],
    ['vào năm 2025', { type: 'until', due: '2025-12-31' }],
    ['đến hết quý II/2025', { type: 'until', due: '2025-06-30' }],
    ['chậm nhất trong tháng 6/2025', { type: 'until', due: '2025-06-30' }],
    ['trước tháng 6/2025', { type: 'until', due: '2025-06-01', strict: true }],
    ['trước quý II/2025', { type: 'until', due: '2025-04-01', strict: true }],
    ['trước năm 2026', { type: 'until', due: '2026-01-01', strict: true }],
  ],
  'what comes back': [
    ['hang nam', { type: 'recurring', every: 'yearly' }],
    ['6 tháng một lần', { type: 'recurring', every: 'half-yearly' }],
    ['02 lần/năm', { type: 'recurring', every: 'half-yearly 2x' }],
    ['mỗi năm 04 lần', { type: 'recurring', every: 'quarterly 4x' }],
    ['3 tháng/lần', { type: 'recurring', every: 'quarterly' }],
    ['đột xuất', { type: 'recurring', every: 'ad-hoc' }],
    ['Định kỳ hoặc đột xuất', { type: 'recurring', every: 'ad-hoc+unspecified' }],
    ['Báo cáo đột xuất khi có yêu cầu', { type: 'recurring', every: 'ad-hoc', condition: 'khi có yêu cầu' }],
    ['trước ngày 10 của tháng cuối quý', { type: 'recurring', every: 'quarterly day 10', strict: true }],
    ['Hằng tháng, trước ngày 25', { type: 'recurring', every: 'monthly day 25', strict: true }],
    ['chậm nhất là ngày 5 hàng tháng', { type: 'recurring', every: 'monthly day 5' }],
    ['Trước ngày 15/12 hàng năm', { type: 'recurring', every: 'yearly month 12 day 15', strict: true }],
    [
      'Tháng 11 hằng năm (trước ngày 15)',
      { type: 'recurring', every: 'yearly month 11 day 15', strict: true },
    ],
    ['Quý, năm', { type: 'recurring', every: 'quarterly+yearly' }],
    ['Hàng năm (tháng 12)', { type: 'recurring', every: 'yearly month 12' }],
    ['hằng tuần', { type: 'recurring', every: 'unspecified', warnings: ['frequency-not-modelled'] }],
    [
      'trước ngày 10 của tháng đầu quý sau',
      { type: 'recurring', every: 'quarterly', warnings: ['day-not-modelled'] },
    ],
    [
      'Tháng 6 và tháng 12 hàng năm',
      {
        type: 'several',
        parts: [
          { type: 'recurring', every: 'yearly month 6' },
          { type: 'recurring', every: 'yearly month 12' },
        ],
      },
    ],
  ],
  'no clock': [
    ['Thường xuyên, liên tục', { type: 'continuous' }],
    ['theo thời gian thực', { type: 'continuous' }],
    ['Ngay sau khi có hướng dẫn', { type: 'event', condition: 'Ngay sau khi có hướng dẫn' }],
    [
      'Trong vòng 15 ngày kể từ ngày nhận được văn bản',
      { type: 'event', condition: 'Trong vòng 15 ngày kể từ ngày nhận được văn bản' },
    ],
    ['theo kế hoạch', { type: 'rule', condition: 'theo kế hoạch' }],
    ['từ 01/7/2025', { type: 'none', warnings: ['start-without-end'] }],
  ],
  'several deadlines': [
    [
      '- Kế hoạch (tháng 8/2025) - Công văn hướng dẫn (Quý IV/2025)',
      {
        type: 'several',
        parts: [
          { type: 'month', due: '2025-08-31' },
          { type: 'quarter', due: '2025-12-31' },
        ],
      },
    ],
    [
      'Quý I, II/2025',
      {
        type: 'several',
        parts: [
          { type: 'quarter', due: '2025-03-31' },
          { type: 'quarter', due: '2025-06-30' },
        ],
      },
    ],
    [
      'Ban hành trước ngày 20/7/2025, báo cáo trước ngày 15/12/2025',
      {
        type: 'several',
        parts: [
          { type: 'date', due: '2025-07-20', strict: true },
          { type: 'date', due: '2025-12-15', strict: true },
        ],
      },
    ],
  ],
  'no deadline': [
    ['', { type: 'none' }],
    ['so với năm 2020', { type: 'none' }],
    ['tầm nhìn đến năm 2050', { type: 'none' }],
    ['mức độ 3, 4', { type: 'none' }],
    ['chi thường xuyên', { type: 'none' }],
    ['Năm học 2024-2025', { type: 'none' }],
    ['Đầu năm học 2025-2026', { type: 'none' }],
    ['2025 hồ sơ', { type: 'none' }],
    ['Đã hoàn thành tháng 3/2025', { type: 'none' }],
    ['Ngân hàng năm 2025', { type: 'none' }],
    ['Tỉnh Quảng Nam 2025', { type: 'none' }],
    ['Quyết định số 766/QĐ-TTg ngày 23/6/2022', { type: 'none' }],
    ['2025-01-20T16:46:07+0700', { type: 'none' }],
    ['xem https://vnptioffice.vn/chi-tiet?id=4010694', { type: 'none' }],
  ],
  'what is implausible is reported, never repaired': [
    ['31/02/2025', { type: 'date', warnings: ['impossible-date'] }],
    ['trước ngày 29/02/2025', { type: 'date', warnings: ['impossible-date'] }],
    ['tháng 13/2025', { type: 'month', warnings: ['impossible-month'] }],
    ['quý V/2025', { type: 'quarter', warnings: ['impossible-quarter'] }],
    ['năm 217', { type: 'year', warnings: ['implausible-year'] }],
    ['03/10/217', { type: 'date', warnings: ['implausible-year'] }],
    ['04/4/20252', { type: 'date', warnings: ['implausible-year'] }],
    ['30/7/25', { type: 'date', due: '2025-07-30', warnings: ['two-digit-year'] }],
    ['ngày    /01/2025', { type: 'month', due: '2025-01-31', warnings: ['incomplete-date'] }],
    ['ngày 15', { type: 'date', warnings: ['incomplete-date'] }],
    ['2025-2021', { type: 'range', warnings: ['range-reversed'] }],
  ],
}

describe.each(Object.entries(groups))('%s', (_, examples) => {
  it.each(examples)('%j', (text, expected) => {
    expect(summaryOf(parseDeadline(text, { year: 2025 }))).toEqual(expected)
  })
})

describe('parseDeadline', () => {
  it('names every key, with null for what is absent', () => {
    expect(parseDeadline('trước ngày 15/02/2025')).toEqual({
      raw: 'trước ngày 15/02/2025',
      type: 'date',
      due: '2025-02-15',
      inclusive: false,
      lastCompliantDay: '2025-02-14',
      from: null,
      to: null,
      recurrence: null,
      condition: null,
      parts: [],
      dates: [],
      warnings: [],
    })
  })

  it('keeps the type and says so where no year is known', () => {
    const deadline = parseDeadline('Tháng 8')
    expect(summaryOf(deadline)).toEqual({ type: 'month', warnings: ['year-missing'] })
    expect(deadline.inclusive).toBeNull()
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 20.5, -1, 99_999])(
    'ignores %p as year of the plan',
    (year) => {
      expect(parseDeadline('Quý I', { year }).due).toBeNull()
    },
  )

  it('gives each part its own words', () => {
    const texts = (raw: string): string[] => parseDeadline(raw, { year: 2025 }).parts.map((part) => part.raw)
    expect(texts('- Kế hoạch (tháng 8/2025) - Công văn hướng dẫn (Quý IV/2025)')).toEqual([
      'Kế hoạch (tháng 8/2025)',
      'Công văn hướng dẫn (Quý IV/2025)',
    ])
    expect(texts('Kế hoạch tháng 01/2025, Báo cáo tháng 12/2025')).toEqual([
      'Kế hoạch tháng 01/2025',
      'Báo cáo tháng 12/2025',
    ])
    expect(texts('Báo cáo; Tờ trình (tháng 6/2025); Quyết định (tháng 8/2025)')).toEqual([
      'Báo cáo; Tờ trình (tháng 6/2025)',
      'Quyết định (tháng 8/2025)',
    ])
  })

  it('splits numbered and bulleted lines', () => {
    for (const raw of [
      '1. Tháng 3/2025\n2. Tháng 9/2025',
      'a) Tháng 3/2025\nb) Tháng 9/2025',
      '• Tháng 3/2025 • Tháng 9/2025',
    ]) {
      expect(parseDeadline(raw).parts.map((part) => [part.raw, part.due])).toEqual([
        ['Tháng 3/2025', '2025-03-31'],
        ['Tháng 9/2025', '2025-09-30'],
      ])
    }
  })

  it('keeps a warning with the part it is about', () => {
    const deadline = parseDeadline('Tháng 13/2025, Quý IV/2025')
    expect(deadline.warnings.map(({ code }) => code)).toEqual(['impossible-month'])
    expect(deadline.parts.map(({ warnings }) => warnings.length)).toEqual([1, 0])
  })

  it('quotes in Vietnamese and English what a warning is about', () => {
    const [warning] = parseDeadline('Báo cáo trước ngày 31/02/2025').warnings
    expect(warning?.message.vi).toContain('“trước ngày 31/02/2025”: không có ngày này')
    expect(warning?.message.en).toContain('no such day')
  })

  it('reads the beginning of a text that is too long, and says so', () => {
    const raw = `Tháng 8/2025 ${'x '.repeat(500_000)} trước ngày 15/9/2025`
    const deadline = parseDeadline(raw)
    expect(deadline.raw).toBe(raw)
    expect(summaryOf(deadline)).toEqual({ type: 'month', due: '2025-08-31', warnings: ['input-truncated'] })
    expect(parseDeadline(raw.slice(0, longestText)).warnings).toEqual([])
  })
})
