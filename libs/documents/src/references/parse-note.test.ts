import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseNote } from '#documents'

const numbers = (text: string) => parseNote(text).references.map(({ number }) => number)

describe('the statement of a note', () => {
  it.each([
    ['Đã hoàn thành (Quyết định số 78/QĐ-UBND ngày 11/01/2025)', 'Đã hoàn thành'],
    ['Đã hoàn thành Báo cáo 6 tháng (Báo cáo số 364/BC-UBND)', 'Đã hoàn thành Báo cáo 6 tháng'],
    ['Đã ban hành báo cáo quý I, 6 tháng (Báo cáo số 136/BC-UBND)', 'Đã ban hành báo cáo quý I, 6 tháng'],
    ['- Đã ban hành Kế hoạch số 5/KH-UBND', 'Đã ban hành'],
    ['đã được ban hành', 'đã được ban hành'],
    ['Đã hoàn\nthành (Kế\nhoạch số 06/KH-\nUBND)', 'Đã hoàn thành'],
    ['ĐÃ  HOÀN\u00a0THÀNH.', 'ĐÃ HOÀN THÀNH'],
    ['Đã hoàn thành'.normalize('NFD'), 'Đã hoàn thành'],
    ['- Sở Y tế báo cáo\n- Đã ban hành', 'Đã ban hành'],
    ['Hoàn thành', 'Hoàn thành'],
    ['Đã hoàn thành 100%', 'Đã hoàn thành 100%'],
    [
      'Đã hoàn thành báo cáo gửi Đảng ủy, đăng tải trên cổng',
      'Đã hoàn thành báo cáo gửi Đảng ủy, đăng tải trên cổng',
    ],
    // What a cited document is about takes nothing back.
    ['Đã hoàn thành (Quyết định số 5/QĐ-UBND về 50% kinh phí chưa chi)', 'Đã hoàn thành'],
  ])('"%s" completes', (text, statement) => {
    expect(parseNote(text)).toMatchObject({ status: 'completed', statement })
  })

  it.each([
    'Đang thực hiện',
    'Chưa hoàn thành',
    'Ngân sách tỉnh',
    '',
    'Hoàn thành trong tháng 12/2025',
    'Đã hoàn thành 80%',
    'Đã hoàn thành 99,5 % khối lượng',
    'Cơ bản hoàn thành',
    'Đã hoàn thành dự\nthảo',
    'Đã hoàn thành dự thảo, trình UBND tỉnh',
    'Đã ban hành Kế hoạch số 5/KH-UBND ngày 01/3/2025; chưa ban hành báo cáo',
    'Đã hoàn thành một phần (Báo cáo số 5/BC-UBND)',
    'Cập nhật các văn bản đã ban hành',
  ])('"%s" does not', (text) => {
    expect(parseNote(text).status).toBeNull()
  })
})

describe('the evidence of a note', () => {
  it.each([
    [
      'Đã hoàn thành (Kế hoạch số 45/KH-SYT ngày 06/2/2025 của Sở Y tế; Phiếu khảo sát, đánh giá mức độ hài lòng theo quy định; Báo cáo số 307/BC-SYT ngày 11/6/2025)',
      ['45/KH-SYT', '307/BC-SYT'],
    ],
    [
      'Đã hoàn thành (Nghị quyết số 461/NQ-HĐND của HĐND tỉnh về việc thực hiện Nghị quyết số 66/NQ-CP, Nghị quyết số 70/NQ-CP; Báo cáo số 5/BC-UBND)',
      ['461/NQ-HĐND', '5/BC-UBND'],
    ],
    ['Đã ban hành kế hoạch thực hiện Nghị quyết số 66/NQ-CP, Nghị quyết số 70/NQ-CP', []],
    ['Đã hoàn thành theo Kế hoạch số 5/KH-UBND', []],
    [
      'Đã hoàn thành (Quyết định số 1/QĐ-UBND, Quyết định số 2/QĐ-UBND và Báo cáo số 3/BC-UBND)',
      ['1/QĐ-UBND', '2/QĐ-UBND', '3/BC-UBND'],
    ],
    ['- Đã ban hành Kế hoạch số 5/KH-UBND;\n- Đã ban hành Báo cáo số 7/BC-UBND', ['5/KH-UBND', '7/BC-UBND']],
    ['Đã hoàn thành (tại Quyết định số 5/QĐ-UBND)', ['5/QĐ-UBND']],
    ['Ngân sách tỉnh', []],
    ['Đã hoàn thành\nKế hoạch số 1/KH-UBND ngày 1/2/2025\nBáo cáo số 2/BC-UBND', ['1/KH-UBND', '2/BC-UBND']],
    ['Đã hoàn thành: 1. Kế hoạch số 1/KH-UBND; 2. Báo cáo số 2/BC-UBND', ['1/KH-UBND', '2/BC-UBND']],
    ['Đã ban hành kế hoạch thực\nhiện Nghị quyết số 66/NQ-CP', []],
  ])('%s', (text, expected) => {
    expect(numbers(text)).toEqual(expected)
  })

  it('is found in any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseNote(`Đã hoàn thành (${text}`).references).toBeInstanceOf(Array)
      }),
    )
  })

  it('is found in a hostile note without stalling', () => {
    const pieces = [
      '; đã ban hành 1/KH-UBND ',
      '1/QĐ-UBND, ',
      'về 1/QĐ-UBND ',
      '(',
      ' \n-',
      '\n',
      ' ',
      'Đã hoàn thành....',
    ]
    for (const piece of pieces)
      expect(parseNote(piece.repeat(10_000)).references.length).toBeLessThanOrEqual(10_000)
  })
})
