import { describe, expect, it } from '@jest/globals'
import { vn } from '../record/seeded-calendar.fixture.js'
import { dueOf, type Due } from './due.js'
import { parseMoment } from './moment.js'
import { parseOfficeHours } from './office-hours.js'
import { parsePeriod } from './period.js'
import type { ReceiptRule } from './receipt.js'

function due(from: string, within: string, ...rules: ReceiptRule[]): Due {
  return dueOf(vn, { from: parseMoment(from), within: parsePeriod(within), rules })
}

describe('working days', () => {
  it.each([
    // Received 15/4, counted from 16/4; 27/4 is off for Giỗ Tổ, then 30/4 and 01/5.
    ['2026-04-15', '10 ngày làm việc', '2026-05-04'],
    ['2026-04-15', '1 ngày làm việc', '2026-04-16'],
    ['2026-04-24', '1 ngày làm việc', '2026-04-28'],
    // The day of receipt is not counted on a day off either.
    ['2026-04-18', '1 ngày làm việc', '2026-04-20'],
    ['2026-04-19', '1 ngày làm việc', '2026-04-20'],
    // A working Saturday counts.
    ['2025-04-25', '1 ngày làm việc', '2025-04-26'],
    ['2026-01-09', '2 ngày làm việc', '2026-01-12'],
    ['2024-04-26', '3 ngày làm việc', '2024-05-04'],
    ['2024-12-31', '1 ngày làm việc', '2025-01-02'],
  ])('%s + %s is %s', (from, within, expected) => {
    expect(due(from, within)).toMatchObject({ due: expected, dueDate: expected, unrolled: expected })
  })
})

describe('calendar days, months and years', () => {
  it.each([
    ['2026-04-12', '15 ngày', '2026-04-27', '2026-04-28'],
    ['2026-04-15', '15 ngày', '2026-04-30', '2026-05-04'],
    ['2026-04-15', '1 ngày', '2026-04-16', '2026-04-16'],
    ['2025-04-11', '15 ngày', '2025-04-26', '2025-04-26'],
    ['2025-03-31', '1 tháng', '2025-04-30', '2025-05-05'],
    ['2025-08-31', '1 tháng', '2025-09-30', '2025-09-30'],
    ['2025-01-31', '1 tháng', '2025-02-28', '2025-02-28'],
    ['2024-01-31', '1 tháng', '2024-02-29', '2024-02-29'],
    ['2024-02-29', '1 năm', '2025-02-28', '2025-02-28'],
    ['2024-02-29', '2 năm', '2026-02-28', '2026-03-02'],
    ['2025-11-30', '3 tháng', '2026-02-28', '2026-03-02'],
    ['2025-02-28', '1 tháng', '2025-03-28', '2025-03-28'],
    ['2025-12-15', '1 tháng', '2026-01-15', '2026-01-15'],
  ])('%s + %s ends on %s, due %s', (from, within, unrolled, dueDate) => {
    expect(due(from, within)).toMatchObject({ due: dueDate, dueDate, unrolled })
  })
})

describe('working hours', () => {
  it.each([
    // A day of 7.5 hours: 8 hours are more than one.
    ['2026-04-15T07:30', '8 giờ làm việc', '2026-04-16T08:00:00+07:00'],
    ['2026-04-15T07:30', '7,5 giờ làm việc', '2026-04-15T17:00:00+07:00'],
    ['2026-04-15T07:30', '4 giờ làm việc', '2026-04-15T11:30:00+07:00'],
    ['2026-04-15T11:00', '1 giờ làm việc', '2026-04-15T14:00:00+07:00'],
    ['2026-04-15T12:00', '1 giờ làm việc', '2026-04-15T14:30:00+07:00'],
    ['2026-04-15T16:00', '1 giờ làm việc', '2026-04-15T17:00:00+07:00'],
    ['2026-04-15T17:00', '1 giờ làm việc', '2026-04-16T08:30:00+07:00'],
    ['2026-04-15T03:00', '1 giờ làm việc', '2026-04-15T08:30:00+07:00'],
    ['2026-04-24T16:30', '1 giờ làm việc', '2026-04-28T08:00:00+07:00'],
    ['2026-04-25T10:00', '8 giờ làm việc', '2026-04-29T08:00:00+07:00'],
    ['2026-04-15T16:30:30', '0,5 giờ làm việc', '2026-04-16T07:30:30+07:00'],
    // 02:00 UTC is 09:00 in Vietnam; 18:00 UTC is the next day there.
    ['2026-04-15T02:00:00Z', '1 giờ làm việc', '2026-04-15T10:00:00+07:00'],
    ['2026-04-15T18:00:00.000Z', '1 giờ làm việc', '2026-04-16T08:30:00+07:00'],
  ])('%s + %s is %s', (from, within, expected) => {
    expect(due(from, within)).toMatchObject({ due: expected, dueDate: expected.slice(0, 10) })
  })

  it('run over the hours of the office', () => {
    const hours = parseOfficeHours('08:00-12:00,13:00-17:00')
    const request = { from: parseMoment('2026-04-15T08:00'), within: parsePeriod('8 giờ làm việc'), hours }
    expect(dueOf(vn, request).due).toBe('2026-04-15T17:00:00+07:00')
  })

  it('are the same in every time zone of the machine', () => {
    const zones = ['UTC', 'America/New_York', 'Pacific/Auckland']
    const before = process.env['TZ']
    const answers = zones.map((zone) => {
      process.env['TZ'] = zone
      return JSON.stringify([due('2026-04-15T23:30:00Z', '8 giờ làm việc'), due('2026-03-29', '1 tháng')])
    })
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
    expect(new Set(answers).size).toBe(1)
  })
})

describe('half days', () => {
  it.each([
    ['2026-04-15T09:00', '0,5 ngày làm việc', '2026-04-15T17:00:00+07:00'],
    ['2026-04-15T06:00', '0,5 ngày làm việc', '2026-04-15T17:00:00+07:00'],
    ['2026-04-15T12:00', '0,5 ngày làm việc', '2026-04-15T17:00:00+07:00'],
    ['2026-04-15T13:30', '0,5 ngày làm việc', '2026-04-16T11:30:00+07:00'],
    ['2026-04-15T20:00', '0,5 ngày làm việc', '2026-04-16T11:30:00+07:00'],
    ['2026-04-24T14:00', '0,5 ngày làm việc', '2026-04-28T11:30:00+07:00'],
    ['2026-04-25T08:00', '0,5 ngày làm việc', '2026-04-28T11:30:00+07:00'],
    ['2026-04-15T09:00', '1,5 ngày làm việc', '2026-04-16T17:00:00+07:00'],
    ['2026-04-15T14:00', '1,5 ngày làm việc', '2026-04-17T11:30:00+07:00'],
  ])('%s + %s is %s', (from, within, expected) => {
    expect(due(from, within).due).toBe(expected)
  })

  it('need two sessions', () => {
    const hours = parseOfficeHours('08:00-16:00')
    const request = { from: parseMoment('2026-04-15T08:00'), within: parsePeriod('0,5 ngày làm việc'), hours }
    expect(() => dueOf(vn, request)).toThrow(expect.objectContaining({ code: 'sessions-not-two' }))
  })
})

describe('the rules of receipt', () => {
  it.each([
    ['2026-04-15T15:59', '1 ngày làm việc', '2026-04-16'],
    ['2026-04-15T16:00', '1 ngày làm việc', '2026-04-17'],
    ['2026-04-15T21:00', '1 ngày làm việc', '2026-04-17'],
    ['2026-04-24T16:30', '1 ngày làm việc', '2026-04-29'],
    // A day off has no last hour; it is the uncounted day itself.
    ['2026-04-25T16:30', '1 ngày làm việc', '2026-04-28'],
    ['2026-04-15T16:00', '15 ngày', '2026-05-04'],
    ['2026-04-15T16:00', '8 giờ làm việc', '2026-04-17T08:00:00+07:00'],
    ['2026-04-15T16:00', '0,5 ngày làm việc', '2026-04-16T17:00:00+07:00'],
  ])('in the last hour: %s + %s is %s', (from, within, expected) => {
    expect(due(from, within, 'last-hour/1').due).toBe(expected)
  })

  it('are off unless asked for', () => {
    expect(due('2026-04-15T16:30', '1 ngày làm việc').due).toBe('2026-04-16')
    expect(due('2026-04-15T16:30', 'trong ngày').due).toBe('2026-04-15')
  })

  it('take the last hour before the closing of the office', () => {
    const hours = parseOfficeHours('08:00-12:00,13:30-16:30')
    const request = { from: parseMoment('2026-04-15T15:30'), within: parsePeriod('1 ngày làm việc'), hours }
    expect(dueOf(vn, { ...request, rules: ['last-hour/1'] }).due).toBe('2026-04-17')
  })

  it.each([
    ['2026-04-15T15:00', '2026-04-15'],
    ['2026-04-15T15:01', '2026-04-16'],
    ['2026-04-24T16:00', '2026-04-28'],
    ['2026-04-25T16:00', '2026-04-28'],
  ])('same-day: %s is due %s', (from, expected) => {
    expect(due(from, 'trong ngày', 'same-day/1').due).toBe(expected)
  })

  it.each([
    ['8 giờ làm việc', []],
    ['0,5 ngày làm việc', []],
    ['1 ngày làm việc', ['last-hour/1']],
    ['trong ngày', ['same-day/1']],
  ] as [string, ReceiptRule[]][])('%s %s needs the time of receipt', (within, rules) => {
    expect(() => due('2026-04-15', within, ...rules)).toThrow(
      expect.objectContaining({ code: 'time-needed' }),
    )
  })
})

describe('a provisional year', () => {
  it.each([
    ['2026-12-30', '1 ngày làm việc', false],
    ['2026-12-30', '2 ngày làm việc', true],
    ['2023-12-31', '1 ngày làm việc', false],
    ['2022-06-01', '2 năm', false],
    ['2025-06-01', '2 năm', true],
    ['2027-01-04T08:00', '1 giờ làm việc', true],
    ['2026-12-31T16:30', '1 giờ làm việc', true],
    ['2027-03-01', 'trong ngày', true],
  ])('%s + %s: %s', (from, within, provisional) => {
    expect(due(from, within)).toMatchObject({ provisional, calendarVersion: 'vn/7' })
  })
})

it('a start outside the known years is refused even where the end is known', () => {
  expect(() => due('2020-12-31', '1 tháng')).toThrow(
    expect.objectContaining({ code: 'calendar-year-unknown' }),
  )
})
