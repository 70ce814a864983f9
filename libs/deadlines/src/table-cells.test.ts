import { describe, expect, it } from '@jest/globals'
import { parseDeadline } from './parse-deadline.js'
import { summaryOf, type Summary } from './summary.fixture.js'

type Cell = readonly [cell: string, expected: Summary]

/** Every distinct "Thời gian" cell of the appendix of the plan 2021-2025, verbatim; the plan's year is 2021. */
const cellsOf2021: readonly Cell[] = [
  ['', { type: 'none' }],
  ['2021-2025', { type: 'range', due: '2025-12-31', from: '2021-01-01' }],
  ['Tháng 1 hàng năm', { type: 'recurring', every: 'yearly month 1' }],
  [
    'Sau khi HĐND, UBND tỉnh ban hành các văn bản QPPL',
    { type: 'event', condition: 'Sau khi HĐND, UBND tỉnh ban hành các văn bản QPPL' },
  ],
  ['2021', { type: 'year', due: '2021-12-31' }],
  ['2021-2022', { type: 'range', due: '2022-12-31', from: '2021-01-01' }],
  ['Quý I hàng năm', { type: 'recurring', every: 'yearly quarter 1' }],
  ['2022', { type: 'year', due: '2022-12-31' }],
  ['2024', { type: 'year', due: '2024-12-31' }],
  [
    '- Quý IV hàng năm\n- Báo cáo quý, 6 tháng và năm.',
    {
      type: 'several',
      parts: [
        { type: 'recurring', every: 'yearly quarter 4' },
        { type: 'recurring', every: 'quarterly+half-yearly+yearly' },
      ],
    },
  ],
  ['Quý IV hàng năm', { type: 'recurring', every: 'yearly quarter 4' }],
  ['2025', { type: 'year', due: '2025-12-31' }],
  ['2022-2025', { type: 'range', due: '2025-12-31', from: '2022-01-01' }],
  ['Năm 2022', { type: 'year', due: '2022-12-31' }],
]

const afterIndexPublished = 'sau khi BCĐ CCHC của Chính phủ tổ chức Hội nghị công bố'
const afterVcci = 'sau khi Liên đoàn Thương mại và Công nghiệp Việt Nam (VCCI) tổ chức Hội nghị công bố'
const afterUndp =
  'sau khi Trung tâm Bồi dưỡng cán bộ và nghiên khoa học MTTQ VN; tổ chức UNDP tổ chức Hội nghị công bố'
const afterThriftProgramme =
  'sau khi có chương trình thực hành tiết kiệm, chống lãnh phí của Chính phủ ban hành'
const misprintedCircular = 'theo đúng quy định tại Điều 10 Chương II Thông tư 02/2017/TT-VPCP ngày 31/10/2027'

/** The same of the plan 2025. */
const cellsOf2025: readonly Cell[] = [
  [
    'Sau khi Chính phủ ban hành Nghị quyết',
    { type: 'event', condition: 'Sau khi Chính phủ ban hành Nghị quyết' },
  ],
  ['Báo cáo năm theo quy định.', { type: 'recurring', every: 'yearly', condition: 'theo quy định' }],
  ['Tháng 01/2025', { type: 'month', due: '2025-01-31' }],
  [
    'Báo cáo 6 tháng, Báo cáo năm theo quy định',
    { type: 'recurring', every: 'half-yearly+yearly', condition: 'theo quy định' },
  ],
  ['Tháng 08/2025', { type: 'month', due: '2025-08-31' }],
  ['Báo cáo; Văn bản chấn chỉnh (tháng 11/2025).', { type: 'month', due: '2025-11-30' }],
  [
    'Báo cáo định kỳ quý/6 tháng/năm (lồng ghép với Báo cáo CCHC năm 2025)',
    {
      type: 'recurring',
      every: 'quarterly+half-yearly+yearly',
      condition: 'lồng ghép với Báo cáo CCHC năm 2025',
    },
  ],
  ['Báo cáo kết quả năm (tháng 12/2025)', { type: 'month', due: '2025-12-31', every: 'yearly' }],
  [`Báo cáo (${afterIndexPublished})`, { type: 'event', condition: afterIndexPublished }],
  [`Báo cáo (${afterVcci})`, { type: 'event', condition: afterVcci }],
  [`Báo cáo ${afterUndp}`, { type: 'event', condition: afterUndp }],
  ['Quyết định (tháng 8/2025)', { type: 'month', due: '2025-08-31' }],
  ['Quyết định (tháng 9/2025)', { type: 'month', due: '2025-09-30' }],
  ['Kế hoạch (tháng 8/2025)', { type: 'month', due: '2025-08-31' }],
  ['Công văn hướng dẫn điều tra (Quý IV/2025)', { type: 'quarter', due: '2025-12-31' }],
  ['01 năm 2 lần (06 tháng/ lần)', { type: 'recurring', every: 'half-yearly 2x' }],
  ['Tháng 12/2025', { type: 'month', due: '2025-12-31' }],
  ['Kế hoạch tháng 01/2025', { type: 'month', due: '2025-01-31' }],
  ['Báo cáo lần 1 (tháng 11/2025)', { type: 'month', due: '2025-11-30' }],
  [
    'Sau khi HĐND, UBND tỉnh ban hành các văn bản QPPL',
    { type: 'event', condition: 'Sau khi HĐND, UBND tỉnh ban hành các văn bản QPPL' },
  ],
  ['Kế hoạch (tháng 01/2025)', { type: 'month', due: '2025-01-31' }],
  ['Báo cáo (tháng 12/2025)', { type: 'month', due: '2025-12-31' }],
  ['Kế hoạch (tháng 1/2025)', { type: 'month', due: '2025-01-31' }],
  ['Báo cáo (quí IV/2025)', { type: 'quarter', due: '2025-12-31' }],
  ['Báo cáo định kỳ', { type: 'recurring', every: 'unspecified' }],
  [
    'Thường xuyên (theo chỉ đạo của Chính phủ Bộ, ngành Trung ương)',
    { type: 'continuous', condition: 'theo chỉ đạo của Chính phủ Bộ, ngành Trung ương' },
  ],
  [
    'Kế hoạch của UBND tỉnh; Các sở, ban, ngành liên quan đến sát nhập, chia tách (từ 01/4/2025); ' +
      'UBND các xã, phường mới thành lập (từ 01/7/2025) ban hành Kế hoạch trước 30/7/2025',
    { type: 'date', due: '2025-07-30', strict: true },
  ],
  [
    'Báo cáo kết quả định kỳ quý/năm theo quy định.',
    { type: 'recurring', every: 'quarterly+yearly', condition: 'theo quy định' },
  ],
  [
    'Báo cáo kết quả thực hiện theo theo giai đoạn tại Kế hoạch',
    { type: 'rule', condition: 'theo theo giai đoạn tại Kế hoạch' },
  ],
  ['Kế hoạch (Quý III/2025)', { type: 'quarter', due: '2025-09-30' }],
  [
    'Báo cáo kết quả định kỳ/năm theo quy định.',
    { type: 'recurring', every: 'yearly', condition: 'theo quy định' },
  ],
  [
    'Khi có Quyết định công bố TTHC của bộ, ngành, Trung ương',
    { type: 'event', condition: 'Khi có Quyết định công bố TTHC của bộ, ngành, Trung ương' },
  ],
  [
    `Đảm bảo ${misprintedCircular}`,
    { type: 'rule', condition: misprintedCircular, warnings: ['implausible-citation-date'] },
  ],
  [
    'Báo cáo theo định kỳ theo quy định',
    { type: 'recurring', every: 'unspecified', condition: 'theo quy định' },
  ],
  [
    'Các sở, ban, ngành liên quan đến sát nhập, chia tách từ 01/4/2025; ' +
      'UBND các xã, phường mới thành lập từ 01/7/2025 ban hành Kế hoạch Trước 30/7/2025',
    { type: 'date', due: '2025-07-30', strict: true },
  ],
  ['Báo cáo định kỳ năm.', { type: 'recurring', every: 'yearly' }],
  ['Báo cáo định kỳ theo quy định', { type: 'recurring', every: 'unspecified', condition: 'theo quy định' }],
  ['Năm 2025', { type: 'year', due: '2025-12-31' }],
  [
    'Sau khi có kết luận của cấp có thẩm quyền',
    { type: 'event', condition: 'Sau khi có kết luận của cấp có thẩm quyền' },
  ],
  ['Tháng 8/2025', { type: 'month', due: '2025-08-31' }],
  ['Quý IV/2025', { type: 'quarter', due: '2025-12-31' }],
  ['Hàng tháng', { type: 'recurring', every: 'monthly' }],
  [
    'Năm 2025 (sau khi Bộ Y tế ban hành hướng dẫn)',
    { type: 'year', due: '2025-12-31', condition: 'sau khi Bộ Y tế ban hành hướng dẫn' },
  ],
  ['Thường xuyên (nếu có)', { type: 'continuous', condition: 'nếu có' }],
  ['Quý I/2025', { type: 'quarter', due: '2025-03-31' }],
  ['Quý III/2025', { type: 'quarter', due: '2025-09-30' }],
  ['Thường xuyên', { type: 'continuous' }],
  [
    `Quý I/2025 (${afterThriftProgramme})`,
    { type: 'quarter', due: '2025-03-31', condition: afterThriftProgramme },
  ],
  ['Báo cáo kết quả theo quy định', { type: 'rule', condition: 'theo quy định' }],
  [
    'Năm 2025 (sau khi có Hướng dẫn của Bộ Khoa học và Công nghệ)',
    { type: 'year', due: '2025-12-31', condition: 'sau khi có Hướng dẫn của Bộ Khoa học và Công nghệ' },
  ],
  ['Báo cáo theo quy định', { type: 'rule', condition: 'theo quy định' }],
  ['Quyết định tháng 12/2025', { type: 'month', due: '2025-12-31' }],
  ['Báo cáo năm theo yêu cầu', { type: 'recurring', every: 'yearly', condition: 'theo yêu cầu' }],
]

describe('the cells of the real tables', () => {
  it.each(cellsOf2021)('2021-2025: %j', (cell, expected) => {
    expect(summaryOf(parseDeadline(cell, { year: 2021 }))).toEqual(expected)
  })

  it.each(cellsOf2025)('2025: %j', (cell, expected) => {
    expect(summaryOf(parseDeadline(cell, { year: 2025 }))).toEqual(expected)
  })

  it('keeps the cell as written, and in each part its own words', () => {
    const raw = '- Quý IV hàng năm\n- Báo cáo quý, 6 tháng và năm.'
    const deadline = parseDeadline(raw)
    expect(deadline.raw).toBe(raw)
    expect(deadline.parts.map((part) => part.raw)).toEqual(['Quý IV hàng năm', 'Báo cáo quý, 6 tháng và năm'])
  })
})
