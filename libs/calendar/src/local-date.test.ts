import { describe, expect, it } from '@jest/globals'
import { addDays, addMonths, daysBetween, localDateOf, parseLocalDate } from './local-date.js'

describe('local dates', () => {
  it.each(['2025-02-29', '2025-2-1', '2025-13-01', '0000-01-01', '2025-01-01T00:00'])(
    '%s is none',
    (text) => {
      expect(parseLocalDate(text)).toBeNull()
    },
  )

  it.each([
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2025-12-31', 2, '2026-02-28'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-01-15', -13, '2023-12-15'],
    ['2025-04-30', 1, '2025-05-30'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it('are those of Vietnam', () => {
    expect(localDateOf('2026-04-15T16:59:59.999Z')).toBe('2026-04-15')
    expect(localDateOf(new Date('2026-04-15T17:00:00Z'))).toBe('2026-04-16')
  })

  it('lie as many days apart as are added', () => {
    expect(daysBetween('2024-02-28', addDays('2024-02-28', 2))).toBe(2)
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  })
})
