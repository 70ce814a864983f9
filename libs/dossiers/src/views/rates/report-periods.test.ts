import { describe, expect, it } from '@jest/globals'
import { shippedPeriods } from '../../domain/report-period.js'
import { periodNamed, periodOfDays } from './report-periods.js'

const days = (name: string): string => {
  const { from, to, kind } = periodNamed(name, shippedPeriods)
  return `${from}..${to} ${kind}`
}

describe('periods by name', () => {
  it('are those of the plan where it sets them', () => {
    expect(periodNamed('2025-Q3', shippedPeriods)).toMatchObject({
      from: '2025-06-15',
      to: '2025-09-10',
      dueBefore: '2025-09-12',
      kind: 'report',
    })
    expect(days('2025')).toBe('2024-12-15..2025-12-09 report')
  })

  it('are those of the calendar otherwise, or where that is asked for', () => {
    expect(days('2025-Q3-calendar')).toBe('2025-07-01..2025-09-30 calendar')
    expect(days('2025-calendar')).toBe('2025-01-01..2025-12-31 calendar')
    expect(days('2026-Q1')).toBe('2026-01-01..2026-03-31 calendar')
    expect(days('2025-H2')).toBe('2025-07-01..2025-12-31 calendar')
    expect(days('2024-02')).toBe('2024-02-01..2024-02-29 calendar')
  })

  it('are refused where there is none', () => {
    for (const name of [
      '',
      '25',
      '2025-Q5',
      '2025-Q0',
      '2025-H3',
      '2025-13',
      '2025-1',
      '2025-Q03',
      '0000',
      'quý 3',
    ])
      expect(() => periodNamed(name, shippedPeriods)).toThrow(/period|kỳ/)
    expect(() => periodOfDays('2025-02-02', '2025-02-01')).toThrow(/after/)
    expect(periodOfDays('2025-02-01', '2025-02-01').kind).toBe('days')
  })
})
