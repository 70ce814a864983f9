import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
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

  it('are added to as Temporal does, from the first year to beyond the last', () => {
    const date = fc
      .tuple(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
      )
      .map(
        ([year, month, day]) =>
          `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      )
      .filter((text) => parseLocalDate(text) !== null)
    const edge = fc.constantFrom(
      '0001-01-01',
      '0099-12-31',
      '0100-01-01',
      '0999-12-31',
      '1969-12-31',
      '9999-12-31',
    )
    const days = fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40_000, max: 40_000 }))
    fc.assert(
      fc.property(fc.oneof(date, edge), days, (from, count) => {
        expect(addDays(from, count)).toBe(Temporal.PlainDate.from(from).add({ days: count }).toString())
      }),
      { numRuns: 2_000 },
    )
  })
})
