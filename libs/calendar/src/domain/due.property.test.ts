import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { daysBetween } from '../local-date.js'
import { vn } from '../record/seeded-calendar.fixture.js'
import { dueOf } from './due.js'
import { formatInstant } from './moment.js'
import {
  afterMonths,
  afterSessions,
  afterWorkingDays,
  afterWorkingMinutes,
  isWorked,
  next,
  provisionalYears,
  rolled,
  workingDaysIn,
} from './naive-calendar.fixture.js'
import { usualOfficeHours } from './office-hours.js'
import { workingTimeBetween } from './working-time.js'

/** Cases of each property: some in every build, a million in `npm run test:lives`. */
const { ROVIEC_TEST_CASES: cases = 4_000, ROVIEC_SEED: seed } = process.env
const runs = { numRuns: Number(cases), ...(seed !== undefined && { seed: Number(seed) }) }
/** Of one property in the long run, on a machine that has other work. */
const longRunMs = 4 * 3_600_000
const minute = 60_000

/** Far enough from the end of the calendar for what is added. */
const aDay = fc.integer({ min: 0, max: 2_300 }).map((days) => next('2021-01-01', days))
const aMinute = fc.integer({ min: 0, max: 1_439 })

describe('against counting day by day', () => {
  it(
    'working days forward',
    () => {
      fc.assert(
        fc.property(aDay, fc.integer({ min: 1, max: 120 }), (date, amount) => {
          const due = dueOf(vn, { from: { date, time: null }, within: { unit: 'working-days', amount } })
          const expected = afterWorkingDays(date, amount)
          expect(due.due).toBe(expected)
          expect(due.provisional).toBe(touchesProvisional(next(date), expected))
          expect(vn.workingDaysBetween(date, due.due)).toBe(amount)
        }),
        runs,
      )
    },
    longRunMs,
  )

  it('working days between', () => {
    fc.assert(
      fc.property(aDay, aDay, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        expect(vn.workingDaysBetween(from, to)).toBe(workingDaysIn(from, to))
        expect(vn.workingDaysBetween(to, from)).toBe(-workingDaysIn(from, to) + 0)
      }),
      { numRuns: 1_000 },
    )
  })

  it(
    'calendar days',
    () => {
      fc.assert(
        fc.property(aDay, fc.integer({ min: 1, max: 200 }), (date, amount) => {
          const due = dueOf(vn, { from: { date, time: null }, within: { unit: 'calendar-days', amount } })
          expect([due.unrolled, due.dueDate]).toEqual([next(date, amount), rolled(next(date, amount))])
          expect(due.provisional).toBe(touchesProvisional(due.unrolled, due.dueDate))
        }),
        runs,
      )
    },
    longRunMs,
  )

  it(
    'months',
    () => {
      fc.assert(
        fc.property(aDay, fc.integer({ min: 1, max: 7 }), (date, amount) => {
          const due = dueOf(vn, { from: { date, time: null }, within: { unit: 'months', amount } })
          expect([due.unrolled, due.dueDate]).toEqual([
            afterMonths(date, amount),
            rolled(afterMonths(date, amount)),
          ])
        }),
        runs,
      )
    },
    longRunMs,
  )

  it(
    'working hours',
    () => {
      fc.assert(
        fc.property(aDay, aMinute, fc.integer({ min: 1, max: 1_200 }), (date, at, minutes) => {
          const from = { date, time: at * minute }
          const within = { unit: 'working-hours', milliseconds: minutes * minute } as const
          const due = dueOf(vn, { from, within })
          const [day, end] = afterWorkingMinutes(date, at, minutes)
          expect(due.due).toBe(formatInstant(day, end * minute))
          const to = { date: day, time: end * minute }
          expect(workingTimeBetween(vn, usualOfficeHours, from, to)).toBe(minutes * minute)
        }),
        runs,
      )
    },
    longRunMs,
  )

  it(
    'half days',
    () => {
      fc.assert(
        fc.property(aDay, aMinute, fc.integer({ min: 0, max: 20 }), (date, at, days) => {
          const amount = days * 2 + 1
          const within = { unit: 'half-days', amount } as const
          const [day, end] = afterSessions(date, at, amount)
          expect(dueOf(vn, { from: { date, time: at * minute }, within }).due).toBe(
            formatInstant(day, end * minute),
          )
        }),
        runs,
      )
    },
    longRunMs,
  )

  it(
    'the last hour',
    () => {
      fc.assert(
        fc.property(aDay, aMinute, fc.integer({ min: 1, max: 40 }), (date, at, amount) => {
          const within = { unit: 'working-days', amount } as const
          const due = dueOf(vn, { from: { date, time: at * minute }, within, rules: ['last-hour/1'] })
          const receipt = at >= 960 && isWorked(date) ? afterWorkingDays(date, 1) : date
          expect(due.due).toBe(afterWorkingDays(receipt, amount))
        }),
        runs,
      )
    },
    longRunMs,
  )
})

describe('laws', () => {
  it('a later receipt is never due earlier, and a due day is worked', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 60 }), (date, amount) => {
        for (const unit of ['working-days', 'calendar-days'] as const) {
          const due = (from: string): string =>
            dueOf(vn, { from: { date: from, time: null }, within: { unit, amount } }).dueDate
          expect(daysBetween(due(date), due(next(date)))).toBeGreaterThanOrEqual(0)
          expect(vn.isWorkingDay(due(date))).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

function touchesProvisional(from: string, to: string): boolean {
  for (let date = from; date <= to; date = next(date)) if (provisionalYears.has(date.slice(0, 4))) return true
  return false
}
