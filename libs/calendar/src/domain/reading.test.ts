import { describe, expect, it } from '@jest/globals'
import { parseMoment } from './moment.js'
import { parseOfficeHours } from './office-hours.js'
import { formatDuration, formatPeriod, parsePeriod } from './period.js'

const hour = 3_600_000

describe('a period', () => {
  it.each([
    ['10 ngày làm việc', { unit: 'working-days', amount: 10 }],
    ['05 ngày làm việc', { unit: 'working-days', amount: 5 }],
    ['2,0 ngày làm việc', { unit: 'working-days', amount: 2 }],
    ['0,5 ngày làm việc', { unit: 'half-days', amount: 1 }],
    ['1.5 ngày làm việc', { unit: 'half-days', amount: 3 }],
    ['8 giờ làm việc', { unit: 'working-hours', milliseconds: 8 * hour }],
    ['0,5 giờ làm việc', { unit: 'working-hours', milliseconds: hour / 2 }],
    ['15 ngày', { unit: 'calendar-days', amount: 15 }],
    ['1 tháng', { unit: 'months', amount: 1 }],
    ['2 năm', { unit: 'months', amount: 24 }],
    ['trong ngày', { unit: 'same-day' }],
    ['  15   NGÀY ', { unit: 'calendar-days', amount: 15 }],
    ['10 ngay lam viec', { unit: 'working-days', amount: 10 }],
    ['10 ngày làm việc'.normalize('NFD'), { unit: 'working-days', amount: 10 }],
  ])('"%s"', (text, period) => {
    expect(parsePeriod(text)).toEqual(period)
  })

  it.each([
    '',
    '10',
    'ngày',
    '0 ngày',
    '-3 ngày',
    '1,5 ngày',
    '0,3 ngày làm việc',
    '1,5 tháng',
    '10 ngày nghỉ',
    '24 giờ',
    '99999 ngày',
    '11 năm',
    '1e3 ngày',
    '15 ngày.',
  ])('"%s" is refused', (text) => {
    expect(() => parsePeriod(text)).toThrow(expect.objectContaining({ code: 'period-invalid' }))
  })

  it.each([
    '10 ngày làm việc',
    '0,5 ngày làm việc',
    '8 giờ làm việc',
    '7,5 giờ làm việc',
    '15 ngày',
    '1 tháng',
    '2 năm',
    'trong ngày',
  ])('"%s" is written as it is read', (text) => {
    expect(formatPeriod(parsePeriod(text))).toBe(text)
  })

  it('is told in hours, minutes and seconds', () => {
    expect([hour * 2.5, hour, 90_000, 0].map(formatDuration)).toEqual([
      '2 giờ 30 phút',
      '1 giờ',
      '1 phút 30 giây',
      '0 phút',
    ])
  })
})

describe('a moment', () => {
  it.each([
    ['2026-04-15', '2026-04-15', null],
    ['2026-04-15T09:30', '2026-04-15', 9.5 * hour],
    ['2026-04-15 09:30', '2026-04-15', 9.5 * hour],
    ['2026-04-15T09:30:00+07:00', '2026-04-15', 9.5 * hour],
    ['2026-04-15T09:30:15.250+0700', '2026-04-15', 9.5 * hour + 15_250],
    ['2026-04-15T02:30:00Z', '2026-04-15', 9.5 * hour],
    ['2026-12-31T23:59:59Z', '2027-01-01', 7 * hour - 1000],
    ['2026-01-01T00:30:00+09:00', '2025-12-31', 22.5 * hour],
    ['2026-01-01T20:00:00-05:00', '2026-01-02', 8 * hour],
  ])('%s is %s at Vietnam’s clock', (text, date, time) => {
    expect(parseMoment(text)).toEqual({ date, time })
  })

  it.each([
    '',
    'hôm nay',
    '2026-02-30',
    '2026-02-30T09:00',
    '2026-04-15T24:00',
    '2026-04-15T09:60',
    '2026-04-15T09',
    '15/04/2026',
    '2026-04-15T09:00+25:00',
    '2026-04-15T09:00 Z',
  ])('"%s" is refused', (text) => {
    expect(() => parseMoment(text)).toThrow(expect.objectContaining({ code: 'moment-invalid' }))
  })
})

describe('office hours', () => {
  it('are read in order', () => {
    const { sessions, perDay } = parseOfficeHours('7:30-11:30, 13:30–17:00')
    expect(sessions).toEqual([
      { from: 7.5 * hour, to: 11.5 * hour },
      { from: 13.5 * hour, to: 17 * hour },
    ])
    expect(perDay).toBe(7.5 * hour)
  })

  it.each([
    '',
    '07:30',
    '11:30-07:30',
    '13:30-17:00,07:30-11:30',
    '07:30-11:30,11:30-17:00',
    '07:30-25:00',
    '07:60-11:30',
    '8-12',
    '1:00-2:00,3:00-4:00,5:00-6:00,7:00-8:00,9:00-10:00',
  ])('"%s" are refused', (text) => {
    expect(() => parseOfficeHours(text)).toThrow(expect.objectContaining({ code: 'office-hours-invalid' }))
  })
})
