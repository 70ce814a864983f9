import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  cutOffText,
  formatInteger,
  formatLongDate,
  formatLongMoment,
  formatPercent,
} from './vietnamese-figures.js'

describe('figures as Vietnamese texts write them', () => {
  it('percentages have a decimal comma, two decimals, half up', () => {
    const shown = [
      [20, 21],
      [1, 800],
      [1, 3],
      [0, 5],
      [5, 5],
      [1_234_500, 1000],
    ].map(([numerator, denominator]) => formatPercent({ numerator: numerator!, denominator: denominator! }))
    expect(shown).toEqual(['95,24 %', '0,13 %', '33,33 %', '0,00 %', '100,00 %', '123.450,00 %'])
    expect(formatPercent({ numerator: 0, denominator: 0 })).toBe('không có')
  })

  it('percentages are those of exact arithmetic', () => {
    const counts = fc.tuple(fc.nat({ max: 100_000_000_000 }), fc.integer({ min: 1, max: 100_000_000_000 }))
    fc.assert(
      fc.property(counts, ([numerator, denominator]) => {
        const doubled = (BigInt(numerator) * 20_000n + BigInt(denominator)) / (2n * BigInt(denominator))
        const shown = formatPercent({ numerator, denominator }).replace(/[., %]/g, '')
        expect(BigInt(shown)).toBe(doubled)
      }),
    )
  })

  it('percentages of what is no count are refused', () => {
    for (const numerator of [-1, 0.5, Number.NaN, 100_000_000_001])
      expect(() => formatPercent({ numerator, denominator: 1 })).toThrow(/whole number/)
  })

  it('thousands are parted by dots', () => {
    expect([0, 999, 1000, 1_234_567].map(formatInteger)).toEqual(['0', '999', '1.000', '1.234.567'])
  })

  it('days below 10 and the first two months have a leading zero', () => {
    expect(['2025-02-05', '2019-06-29', '2020-12-10'].map(formatLongDate)).toEqual([
      'ngày 05 tháng 02 năm 2025',
      'ngày 29 tháng 6 năm 2019',
      'ngày 10 tháng 12 năm 2020',
    ])
  })

  it('instants show at the clock of Vietnam', () => {
    expect(formatLongMoment('2025-02-04T17:05:00Z')).toBe('00 giờ 05 phút, ngày 05 tháng 02 năm 2025')
    expect(formatLongMoment('2025-02-05')).toBe('ngày 05 tháng 02 năm 2025')
    expect(cutOffText({ position: '7', at: '2025-12-31T17:00:01Z' })).toMatch(
      /chốt lúc 00:00:01 ngày 01\/01\/2026$/,
    )
    expect(() => formatLongMoment('ngày mai')).toThrow(/neither a day nor an instant/)
  })
})
