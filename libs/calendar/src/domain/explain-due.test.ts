import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { vn } from '../record/seeded-calendar.fixture.js'
import { dueOf } from './due.js'
import { explainDue } from './explain-due.js'
import { parseMoment } from './moment.js'
import { next } from './naive-calendar.fixture.js'
import { parsePeriod, type Period } from './period.js'
import { receiptRules, type ReceiptRule } from './receipt.js'

function lines(from: string, within: string, ...rules: ReceiptRule[]): string[] {
  const { explanation } = explainDue(vn, { from: parseMoment(from), within: parsePeriod(within), rules })
  return explanation.map(({ date, counted, why }) => `${date} ${counted ? '+' : '-'} ${why}`)
}

describe('the explanation', () => {
  it('of working days says what each day is', () => {
    expect(lines('2026-04-23', '4 ngày làm việc')).toEqual([
      '2026-04-23 - ngày tiếp nhận, không tính',
      '2026-04-24 + ngày làm việc thứ 1',
      '2026-04-25 - thứ Bảy',
      '2026-04-26 - Chủ nhật',
      '2026-04-27 - nghỉ bù Giỗ Tổ Hùng Vương',
      '2026-04-28 + ngày làm việc thứ 2',
      '2026-04-29 + ngày làm việc thứ 3',
      '2026-04-30 - Ngày Chiến thắng 30/4',
      '2026-05-01 - Ngày Quốc tế lao động 01/5',
      '2026-05-02 - thứ Bảy',
      '2026-05-03 - Chủ nhật',
      '2026-05-04 + ngày làm việc thứ 4',
    ])
  })

  it('names the Saturday that is worked', () => {
    expect(lines('2025-04-25', '1 ngày làm việc').at(-1)).toBe(
      '2025-04-26 + ngày làm việc thứ 1, làm bù thứ Bảy cho ngày 02/05/2025',
    )
  })

  it('of calendar days says how the end moves on', () => {
    expect(lines('2026-04-23', '3 ngày')).toEqual([
      '2026-04-23 - ngày tiếp nhận, không tính',
      '2026-04-24 + ngày thứ 1',
      '2026-04-25 + ngày thứ 2',
      '2026-04-26 + ngày thứ 3, Chủ nhật: chuyển hạn',
      '2026-04-27 - nghỉ bù Giỗ Tổ Hùng Vương',
      '2026-04-28 - ngày làm việc tiếp theo, là ngày hết hạn',
    ])
  })

  it('of months leaves out the days that decide nothing', () => {
    expect(lines('2025-01-31', '1 tháng')).toEqual([
      '2025-01-31 - ngày tiếp nhận, không tính',
      '2025-02-01 + ngày bắt đầu tính',
      '2025-02-28 + tròn 1 tháng',
    ])
  })

  it('of hours says how much of each day was counted', () => {
    expect(lines('2026-04-24T16:00', '8 giờ làm việc')).toEqual([
      '2026-04-24 + tính 1 giờ, tiếp nhận lúc 16:00',
      '2026-04-25 - thứ Bảy',
      '2026-04-26 - Chủ nhật',
      '2026-04-27 - nghỉ bù Giỗ Tổ Hùng Vương',
      '2026-04-28 + tính 7 giờ',
    ])
    expect(lines('2026-04-15T17:10', '1 giờ làm việc')[0]).toBe(
      '2026-04-15 - hết giờ làm việc, tiếp nhận lúc 17:10',
    )
  })

  it('of half days says which sessions were counted', () => {
    expect(lines('2026-04-15T09:00', '0,5 ngày làm việc')).toEqual([
      '2026-04-15 + buổi sáng tiếp nhận, không tính; tính buổi chiều',
    ])
    expect(lines('2026-04-15T14:00', '1,5 ngày làm việc')).toEqual([
      '2026-04-15 - buổi chiều tiếp nhận, không tính',
      '2026-04-16 + tính buổi sáng và buổi chiều',
      '2026-04-17 + tính buổi sáng',
    ])
  })

  it('of the last hour tells the day of receipt that is taken instead', () => {
    expect(lines('2026-04-24T16:20', '1 ngày làm việc', 'last-hour/1')).toEqual([
      '2026-04-24 - tiếp nhận từ 16:00 trở đi, tính như tiếp nhận ngày 28/04/2026',
      '2026-04-25 - thứ Bảy',
      '2026-04-26 - Chủ nhật',
      '2026-04-27 - nghỉ bù Giỗ Tổ Hùng Vương',
      '2026-04-28 - ngày tiếp nhận, không tính',
      '2026-04-29 + ngày làm việc thứ 1',
    ])
  })

  it('of a same-day procedure', () => {
    expect(lines('2026-04-15T09:00', 'trong ngày')).toEqual([
      '2026-04-15 + ngày tiếp nhận, giải quyết trong ngày',
    ])
    expect(lines('2026-04-26T09:00', 'trong ngày')).toEqual([
      '2026-04-26 - Chủ nhật',
      '2026-04-27 - nghỉ bù Giỗ Tổ Hùng Vương',
      '2026-04-28 + ngày làm việc tiếp theo',
    ])
    expect(lines('2026-04-15T15:30', 'trong ngày', 'same-day/1')).toEqual([
      '2026-04-15 - tiếp nhận sau 15:00, trả kết quả vào ngày làm việc tiếp theo',
      '2026-04-16 + ngày làm việc tiếp theo',
    ])
  })

  it('agrees with the due date it explains, whatever is asked', () => {
    const periods = fc.oneof(
      fc.record({ unit: fc.constant('working-days' as const), amount: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ unit: fc.constant('calendar-days' as const), amount: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ unit: fc.constant('months' as const), amount: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ unit: fc.constant('half-days' as const), amount: fc.integer({ min: 1, max: 9 }) }),
      fc.record({
        unit: fc.constant('working-hours' as const),
        milliseconds: fc.integer({ min: 1, max: 3e8 }),
      }),
      fc.constant<Period>({ unit: 'same-day' }),
    )
    const days = fc.integer({ min: 0, max: 2_300 })
    const times = fc.integer({ min: 0, max: 86_399_999 })
    fc.assert(
      fc.property(days, times, periods, fc.subarray([...receiptRules]), (day, time, within, rules) => {
        const request = { from: { date: next('2021-01-01', day), time }, within, rules }
        const { explanation, ...due } = explainDue(vn, request)
        expect(due).toEqual(dueOf(vn, request))
        const dates = explanation.map(({ date }) => date)
        expect([dates[0], dates.at(-1)]).toEqual([request.from.date, due.dueDate])
        expect(dates).toEqual([...new Set(dates)].sort())
        const counted = explanation.filter((each) => each.counted).map(({ date }) => date)
        const inDays = within.unit === 'working-days' || within.unit === 'calendar-days'
        expect(counted).toHaveLength(inDays ? within.amount : counted.length)
        const countsDaysOff = within.unit === 'calendar-days' || within.unit === 'months'
        expect(counted.every((date) => countsDaysOff || vn.isWorkingDay(date))).toBe(true)
      }),
      { numRuns: 1_500 },
    )
  })
})
