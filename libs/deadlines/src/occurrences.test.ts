import { describe, expect, it } from '@jest/globals'
import { occurrences } from './occurrences.js'
import { parseDeadline } from './parse-deadline.js'

function duesOf(text: string, year = 2025): string[] {
  return occurrences(parseDeadline(text), year).map(({ due }) => due)
}

describe('occurrences', () => {
  it('ends each period on its last day', () => {
    expect(duesOf('Hằng quý')).toEqual(['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31'])
    expect(duesOf('01 năm 2 lần (06 tháng/ lần)')).toEqual(['2025-06-30', '2025-12-31'])
    expect(duesOf('Hàng năm')).toEqual(['2025-12-31'])
    expect(duesOf('Tháng 1 hàng năm')).toEqual(['2025-01-31'])
    expect(duesOf('Quý I hàng năm')).toEqual(['2025-03-31'])
    expect(duesOf('Hàng tháng', 2024)).toHaveLength(12)
    expect(duesOf('Hàng tháng', 2024)[1]).toBe('2024-02-29')
  })

  it('takes the written day, strictly where it says "trước"', () => {
    const text = 'Định kỳ hằng quý, hằng năm (trước ngày 10 của tháng cuối quý và trước ngày 10 tháng 12)'
    expect(occurrences(parseDeadline(text), 2021)).toEqual([
      { due: '2021-03-10', inclusive: false, lastCompliantDay: '2021-03-09', label: 'Quý I/2021' },
      { due: '2021-06-10', inclusive: false, lastCompliantDay: '2021-06-09', label: 'Quý II/2021' },
      { due: '2021-09-10', inclusive: false, lastCompliantDay: '2021-09-09', label: 'Quý III/2021' },
      { due: '2021-12-10', inclusive: false, lastCompliantDay: '2021-12-09', label: 'Quý IV/2021' },
      { due: '2021-12-10', inclusive: false, lastCompliantDay: '2021-12-09', label: 'Tháng 12/2021' },
    ])
    const [first] = occurrences(parseDeadline('trước tháng 6 hàng năm'), 2025)
    expect(first).toMatchObject({ due: '2025-06-01', lastCompliantDay: '2025-05-31' })
  })

  it('moves a day beyond the end of a short month to its last day', () => {
    expect(duesOf('ngày 30 hằng tháng').slice(0, 3)).toEqual(['2025-01-30', '2025-02-28', '2025-03-30'])
  })

  it('joins the recurring parts of several by day', () => {
    expect(duesOf('- Quý IV hàng năm\n- Báo cáo quý, 6 tháng và năm.')).toEqual([
      '2025-03-31',
      '2025-06-30',
      '2025-06-30',
      '2025-09-30',
      '2025-12-31',
      '2025-12-31',
      '2025-12-31',
      '2025-12-31',
    ])
  })

  it.each([
    'Báo cáo định kỳ',
    'đột xuất',
    'Thường xuyên',
    'Tháng 12/2025',
    'trước ngày 10 của tháng đầu quý sau',
  ])('has none for %j', (text) => {
    expect(duesOf(text)).toEqual([])
  })

  it.each([Number.NaN, 0, 10_000, 2025.5])('has none in year %p', (year) => {
    expect(duesOf('Hằng quý', year)).toEqual([])
  })
})
