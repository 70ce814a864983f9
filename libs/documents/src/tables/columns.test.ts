import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { recogniseColumns, type TableRow } from '#documents'
import { roleOf } from './headings.js'

const table = (...rows: string[][]): TableRow[] =>
  rows.map((cells, index) => ({ number: index + 1, cells, covered: new Map() }))

describe('headings', () => {
  it.each([
    ['stt', ['STT', 'TT', 'Số TT', 'Số thứ tự', 'S.T.T', 'stt']],
    ['title', ['Nội dung', 'Nhiệm vụ/Hoạt động cụ thể', 'Nhiệm vụ', 'Tên nhiệm vụ', 'NỘI DUNG CÔNG VIỆC']],
    ['product', ['Sản phẩm', 'Kết quả/ Sản phẩm', 'Sản phẩm dự kiến hoàn thành', 'Kết quả']],
    ['lead', ['Cơ quan chủ trì', 'Chủ trì', 'Đơn vị chủ trì', 'Cơ quan, đơn vị chủ trì thực hiện']],
    ['coordinate', ['Cơ quan phối hợp', 'Phối hợp', 'Cơ quan/đơn vị phối hợp']],
    ['deadline', ['Thời gian', 'Thời gian hoàn thành', 'Thời hạn', 'Thời gian\nthực hiện', 'Thoi gian']],
    ['note', ['Ghi chú', 'Kết quả thực hiện', 'GHI CHU', 'Ghi chú'.normalize('NFD')]],
    ['budget', ['Kinh phí', 'Kinh phí (triệu đồng)', 'Nguồn kinh phí']],
  ])('name %s', (role, headings) => {
    expect(headings.map(roleOf)).toEqual(headings.map(() => role))
  })

  it.each(['', 'Người phụ trách', 'Cơ quan chủ trì, phối hợp', 'Sơn La', '1', 'Nội dung '.repeat(20)])(
    '"%s" names none',
    (heading) => {
      expect(roleOf(heading)).toBeNull()
    },
  )
})

describe('recogniseColumns', () => {
  it('finds them in any order, under title lines, and tells what it did not know', () => {
    const rows = table(
      ['PHỤ LỤC'],
      ['Nhiệm vụ trọng tâm năm 2025 (kèm theo Kế hoạch số 5/KH-UBND)'],
      ['Ghi chú', 'Đơn vị chủ trì', 'Lãnh đạo', 'Nhiệm vụ', 'Chủ trì', 'TT'],
      ['x', 'Sở', '', 'Việc', '', '1'],
    )
    expect(recogniseColumns(rows)).toEqual({
      headerRow: 3,
      columns: new Map([
        ['note', 0],
        ['lead', 1],
        ['title', 3],
        ['stt', 5],
      ]),
      unknown: [
        { index: 2, heading: 'Lãnh đạo' },
        { index: 4, heading: 'Chủ trì' },
      ],
      missing: ['product', 'coordinate', 'deadline'],
    })
  })

  it('reads headings of two lines and the numbers of columns below', () => {
    const rows = table(
      ['TT', 'Nhiệm vụ', 'Cơ quan thực hiện', '', 'Thời gian'],
      ['', '', 'Chủ trì', 'Phối hợp', 'hoàn thành'],
      ['(1)', '(2)', '(3)', '(4)', '(5)'],
      ['1', 'Việc', 'Sở A', 'Sở B', 'Quý I'],
    )
    const recognised = recogniseColumns(rows)
    expect(recognised?.headerRow).toBe(3)
    expect([...recognised!.columns]).toEqual([
      ['stt', 0],
      ['title', 1],
      ['lead', 2],
      ['coordinate', 3],
      ['deadline', 4],
    ])
    expect(recognised?.unknown).toEqual([])
  })

  it('does not take a row of data for a second line', () => {
    const rows = table(['TT', 'Nhiệm vụ', 'Sản phẩm', 'Chủ trì'], ['1', 'Kế hoạch', 'Kết quả', 'Sở Tư pháp'])
    expect(recogniseColumns(rows)?.headerRow).toBe(1)
  })

  it('finds none in text, numbers or one known word', () => {
    expect(recogniseColumns(table(['Nội dung'], ['a', 'b', 'c'], ['1', '2', '3']))).toBeNull()
    expect(recogniseColumns([])).toBeNull()
  })

  it('fails on no cells', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Nội dung', 'TT', 'Chủ trì'))),
        ),
        (cells) => {
          const recognised = recogniseColumns(table(...cells))
          expect(recognised === null || recognised.columns.has('title')).toBe(true)
        },
      ),
    )
  })
})
