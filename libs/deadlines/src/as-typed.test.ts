import { describe, expect, it } from '@jest/globals'
import { parseDeadline } from './parse-deadline.js'
import { summaryOf, type Summary } from './summary.fixture.js'

type Example = readonly [text: string, expected: Summary]

const quarter = { type: 'quarter', due: '2025-03-31' } as const
const third = { type: 'quarter', due: '2025-09-30' } as const
const half = { type: 'range', due: '2025-06-30', from: '2025-01-01' } as const
const nine = { type: 'range', due: '2025-09-30', from: '2025-01-01' } as const
const year = { type: 'year', due: '2025-12-31' } as const

/** Deadlines as they are typed: slips, short forms, lists and spans. Each was once read as another day, or lost. */
const groups: Readonly<Record<string, readonly Example[]>> = {
  'the tone on the wrong vowel': [
    ['truớc ngày 15/02/2025', { type: 'date', due: '2025-02-15', strict: true }],
    ['trứơc 15/02/2025', { type: 'date', due: '2025-02-15', strict: true }],
    ['Qúy IV/2025', { type: 'quarter', due: '2025-12-31' }],
    ['Qúy I hàng năm', { type: 'recurring', every: 'yearly quarter 1' }],
    ['Thuờng xuyên', { type: 'continuous' }],
  ],
  'limits before other words': [
    [
      'trước các ngày 10/6, 10/12/2025',
      { type: 'dates', due: '2025-12-10', strict: true, dates: ['2025-06-10', '2025-12-10'] },
    ],
    ['trước ngày:15/02/2025', { type: 'date', due: '2025-02-15', strict: true }],
    ['trước ngày thứ Sáu 14/3/2025', { type: 'date', due: '2025-03-14', strict: true }],
    ['trước 17h ngày 15/3', { type: 'date', due: '2025-03-15' }],
    ['trước 12 tháng 9', { type: 'date', due: '2025-09-12', strict: true }],
    ['sau ngày 15/3/2025', { type: 'none', warnings: ['start-without-end'] }],
    ['trước 05 ngày khi kết thúc quý', { type: 'event', condition: 'trước 05 ngày khi kết thúc quý' }],
  ],
  'days of a month': [
    ['trước ngày 25 của tháng', { type: 'recurring', strict: true, every: 'monthly day 25' }],
    ['ngày 15/tháng 2/năm 2025', { type: 'date', due: '2025-02-15' }],
    ['30/6', { type: 'date', due: '2025-06-30' }],
    ['24/7', { type: 'none' }],
    ['15/6, 15/12/2025', { type: 'dates', due: '2025-12-15', dates: ['2025-06-15', '2025-12-15'] }],
    [
      'Ngày 15 tháng 3, 6 và 9',
      { type: 'dates', due: '2025-09-15', dates: ['2025-03-15', '2025-06-15', '2025-09-15'] },
    ],
    [
      'trước ngày 15 các tháng 6, 12',
      { type: 'dates', due: '2025-12-15', strict: true, dates: ['2025-06-15', '2025-12-15'] },
    ],
    [
      'ngày 10 tháng 6 và 20/12/2025',
      { type: 'dates', due: '2025-12-20', dates: ['2025-06-10', '2025-12-20'] },
    ],
  ],
  spans: [
    ['15-30/6/2025', { type: 'range', due: '2025-06-30', from: '2025-06-15' }],
    ['ngày 15 - 20 tháng 6 năm 2025', { type: 'range', due: '2025-06-20', from: '2025-06-15' }],
    ['từ 15 đến 30 tháng 6 năm 2025', { type: 'range', due: '2025-06-30', from: '2025-06-15' }],
    ['9 tháng đầu năm 2025', { type: 'range', due: '2025-09-30', from: '2025-01-01' }],
    ['03 tháng cuối năm', { type: 'range', due: '2025-12-31', from: '2025-10-01' }],
  ],
  'parts of a month': [
    ['tuần 2 tháng 9/2025', { type: 'month', due: '2025-09-30', warnings: ['vague-part'] }],
    ['trung tuần tháng 9/2025', { type: 'month', due: '2025-09-30', warnings: ['vague-part'] }],
    ['hạ tuần tháng 9/2025', { type: 'month', due: '2025-09-30' }],
  ],
  'short forms': [
    ['QIV/2025', { type: 'quarter', due: '2025-12-31' }],
    ['Q.III/2025', { type: 'quarter', due: '2025-09-30' }],
    ['T.9/2025', { type: 'month', due: '2025-09-30' }],
    ['Thời gian thực', { type: 'continuous' }],
  ],
  'other years': [
    [
      'Tháng 12 các năm 2021, 2022',
      {
        type: 'several',
        parts: [
          { type: 'month', due: '2021-12-31' },
          { type: 'month', due: '2022-12-31' },
        ],
      },
    ],
    ['Quý I các năm', { type: 'recurring', every: 'yearly quarter 1' }],
    ['quý I mỗi năm', { type: 'recurring', every: 'yearly quarter 1' }],
    ['hai năm một lần', { type: 'recurring', every: 'unspecified', warnings: ['frequency-not-modelled'] }],
    ['Báo cáo 6 tháng đầu năm, báo cáo năm', { type: 'several', parts: [half, year] }],
  ],
  'reports of one year': [
    ['Báo cáo quý I, 6 tháng, 9 tháng và năm 2025', { type: 'several', parts: [quarter, half, nine, year] }],
    ['bao cao quy I, 6 thang, 9 thang va nam 2025', { type: 'several', parts: [quarter, half, nine, year] }],
    ['Quý I/6 tháng/9 tháng/năm 2025', { type: 'several', parts: [quarter, half, nine, year] }],
    ['Quý I, 6 tháng, quý III, năm 2025', { type: 'several', parts: [quarter, half, third, year] }],
    ['Quý I, 6 tháng', { type: 'several', parts: [quarter, half] }],
    ['quý I và cả năm 2025', { type: 'several', parts: [quarter, year] }],
    ['quý I, năm 2025', quarter],
    ['6 tháng và năm 2025', { type: 'several', parts: [half, year] }],
    ['Báo cáo 6 tháng, báo cáo năm 2025', { type: 'several', parts: [half, year] }],
    ['6 tháng đầu năm, năm 2025', { type: 'several', parts: [half, year] }],
    ['9 tháng năm 2025', nine],
    ['6 tháng/2025', half],
    ['sáu tháng đầu năm 2025', half],
    ['Báo cáo 6 tháng, năm', { type: 'recurring', every: 'half-yearly+yearly' }],
    ['Quý I, 6 tháng/lần', { ...quarter, every: 'half-yearly' }],
    ['trước 6 tháng 9', { type: 'date', due: '2025-09-06', strict: true }],
  ],
  'a time beside a name or a condition': [
    ['Kế hoạch năm 2026 (tháng 12/2025)', { type: 'month', due: '2025-12-31' }],
    ['Báo cáo tổng kết giai đoạn 2021-2025 (Quý III/2025)', { type: 'quarter', due: '2025-09-30' }],
    [
      'Sau khi có hướng dẫn (dự kiến tháng 9/2025)',
      { type: 'month', due: '2025-09-30', condition: 'Sau khi có hướng dẫn' },
    ],
    [
      'Sau khi có hướng dẫn, quý III/2025',
      { type: 'quarter', due: '2025-09-30', condition: 'Sau khi có hướng dẫn' },
    ],
    [
      'sau khi HĐND tỉnh thông qua (kỳ họp tháng 7/2025)',
      { type: 'event', condition: 'sau khi HĐND tỉnh thông qua (kỳ họp tháng 7/2025)' },
    ],
    [
      'tháng 6/2025 (lần 1), tháng 12/2025 (lần 2)',
      {
        type: 'several',
        parts: [
          { type: 'month', due: '2025-06-30', condition: 'lần 1' },
          { type: 'month', due: '2025-12-31', condition: 'lần 2' },
        ],
      },
    ],
  ],
}

describe.each(Object.entries(groups))('as typed: %s', (_, examples) => {
  it.each(examples)('%s', (text, expected) => {
    expect(summaryOf(parseDeadline(text, { year: 2025 }))).toEqual(expected)
  })
})
