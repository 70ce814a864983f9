import { describe, expect, it } from '@jest/globals'
import { vn } from '../record/seeded-calendar.fixture.js'
import { BusinessCalendar } from './business-calendar.js'
import { dayReason } from './day-reason.js'
import { daysOf, isWorked, next, provisionalYears } from './naive-calendar.fixture.js'

describe('the days of the table', () => {
  it.each(daysOf('off'))('%s is a day off on a weekday', (date) => {
    expect(vn.isWorkingDay(date)).toBe(false)
    expect([1, 2, 3, 4, 5]).toContain(new Date(date).getUTCDay())
    expect(vn.specialDay(date)?.kind).not.toBe('working-saturday')
  })

  it.each(daysOf('worked'))('%s is a working Saturday', (date) => {
    expect(vn.isWorkingDay(date)).toBe(true)
    expect(new Date(date).getUTCDay()).toBe(6)
    const pair = vn.specialDay(date)?.pairedWith ?? ''
    expect(vn.specialDay(pair)).toMatchObject({ kind: 'swap', pairedWith: date })
  })

  it('are all that differs from the weekdays, on each day of the seven years', () => {
    const differing: string[] = []
    for (let date = '2021-01-01'; date <= '2027-12-31'; date = next(date)) {
      if (vn.isWorkingDay(date) !== isWorked(date)) differing.push(date)
      if (vn.isProvisional(date) !== provisionalYears.has(date.slice(0, 4))) differing.push(date)
    }
    expect(differing).toEqual([])
    expect(vn.years.flatMap(({ days }) => days)).toHaveLength(daysOf('off').length + daysOf('worked').length)
  })

  it.each([
    ['2026-04-27', 'nghỉ bù Giỗ Tổ Hùng Vương'],
    ['2025-04-07', 'Giỗ Tổ Hùng Vương'],
    ['2025-05-02', 'nghỉ hoán đổi, làm bù ngày 26/04/2025'],
    ['2025-04-26', 'làm bù thứ Bảy cho ngày 02/05/2025'],
    ['2026-11-24', 'Ngày Văn hóa Việt Nam'],
    ['2025-04-19', 'thứ Bảy'],
    ['2025-04-20', 'Chủ nhật'],
    ['2025-04-21', 'ngày làm việc'],
  ])('%s is told as "%s"', (date, why) => {
    expect(dayReason(vn, date)).toBe(why)
  })
})

describe('counting working days', () => {
  it('leaves out the first day and takes in the last', () => {
    expect(vn.workingDaysBetween('2026-04-15', '2026-04-15')).toBe(0)
    expect(vn.workingDaysBetween('2026-04-15', '2026-04-16')).toBe(1)
    expect(vn.workingDaysBetween('2026-04-18', '2026-04-20')).toBe(1)
  })

  it('is 0 working days for 1 calendar day of a weekend', () => {
    expect(vn.workingDaysBetween('2026-04-17', '2026-04-18')).toBe(0)
  })

  it('is negative backwards', () => {
    expect(vn.workingDaysBetween('2026-04-20', '2026-04-15')).toBe(-3)
  })
})

describe('outside of what is known', () => {
  const outside = { code: 'calendar-year-unknown', kind: 'invalid' }

  it.each([
    ['a day before', () => vn.isWorkingDay('2020-12-31'), 2020],
    ['a day after', () => vn.isWorkingDay('2028-01-01'), 2028],
    ['working days beyond the end', () => vn.addWorkingDays('2027-12-31', 1), 2028],
    ['working days before the start', () => vn.workingDayAt(-1), 2020],
    ['calendar days beyond the end', () => vn.addDays('2027-06-30', 600), 2029],
    ['months beyond the end', () => vn.addMonths('2027-06-30', 7), 2028],
    [
      'rolling beyond the end',
      () =>
        new BusinessCalendar({ name: 'x', number: 1, years: vn.years.slice(0, 2) }).rollForward('2022-12-31'),
      2023,
    ],
    [
      'a calendar without years',
      () => new BusinessCalendar({ name: 'x', number: 0, years: [] }).isWorkingDay('2025-01-01'),
      2025,
    ],
  ])('%s names the year and the years known', (_what, ask, year) => {
    expect(ask).toThrow(expect.objectContaining({ ...outside, details: expect.objectContaining({ year }) }))
  })

  it('says which years the calendar has', () => {
    expect(() => vn.isWorkingDay('2019-05-05')).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('2021 to 2027'),
        text: expect.objectContaining({ vi: expect.stringContaining('2021 đến 2027') }),
        details: {
          year: 2019,
          known: [2021, 2022, 2023, 2024, 2025, 2026, 2027],
          calendarVersion: 'vn/7',
        },
      }),
    )
  })

  it.each([
    '2025-02-29',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '2025-1-1',
    '',
    '15/04/2025',
    '2025-01-011',
  ])('"%s" is no day', (date) => {
    expect(() => vn.isWorkingDay(date)).toThrow(expect.objectContaining({ code: 'date-invalid' }))
  })
})
