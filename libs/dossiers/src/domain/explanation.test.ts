import { describe, expect, it } from '@jest/globals'
import { assessed, message, procedure, rulebook, within } from './dossier.test-support.js'
import { explain } from './explanation.js'

const told = (
  messages: readonly ReturnType<typeof message>[],
  asOf: string,
  version = procedure({ within: within(12) }),
) => explain(rulebook(version), assessed(messages, asOf, version))

const accepted = message('Accepted', '2026-04-15')

describe('the explanation of a due date', () => {
  it('tells acceptance, first day, days off, stops, due date and verdict', () => {
    const life = [
      accepted,
      message('SupplementRequested', '2026-04-21'),
      message('Supplemented', '2026-04-23'),
      message('Resolved', '2026-05-12', { received: '2026-05-14' }),
    ]
    expect(told(life, '2026-06-01')).toEqual([
      'tiếp nhận 15/4, tính từ 16/4',
      'thời hạn 12 ngày làm việc: 06/05/2026',
      '27/4 ngày nghỉ, không tính',
      '30/4 ngày nghỉ, không tính',
      '01/5 ngày nghỉ, không tính',
      'bổ sung 21/4–23/4 không tính (2 ngày làm việc)',
      'hạn 08/5',
      'có kết quả 12/5: chậm 2 ngày làm việc (4 ngày)',
      'có thông tin ghi nhận sau khi phát sinh 2 ngày',
    ])
  })

  it('tells the year of a day beside that of acceptance', () => {
    const lines = told([message('Accepted', '2025-12-25')], '2026-01-20', procedure({ within: within(8) }))
    expect(lines).toEqual([
      'tiếp nhận 25/12, tính từ 26/12',
      'thời hạn 8 ngày làm việc: 08/01/2026',
      '01/01/2026 ngày nghỉ, không tính',
      '02/01/2026 ngày nghỉ, không tính',
      'hạn 08/01/2026',
      'đến 20/01/2026: chậm 9 ngày làm việc (12 ngày)',
    ])
    expect(told([message('Accepted', '2026-01-05')], '2026-01-06')[0]).toBe('tiếp nhận 05/01, tính từ 06/01')
  })

  it('names a Saturday that is worked', () => {
    const lines = told([message('Accepted', '2025-04-24')], '2025-04-25', procedure({ within: within(3) }))
    expect(lines).toContain('26/4 làm bù thứ Bảy, tính')
  })

  it('names the last hour, the appointment, the new appointment and the day off at the end', () => {
    const late = message('Accepted', '2026-04-15T16:30', { data: { appointment: '2026-05-07' } })
    const version = procedure({ within: within(15, 'calendar-day'), lastHourRule: true })
    const apology = message('ApologyIssued', '2026-05-06', { data: { newDate: '2026-05-20' } })
    expect(told([late, apology], '2026-05-07', version)).toEqual([
      'tiếp nhận 15/4, tính từ 17/4',
      '15/4: tiếp nhận từ 16:00 trở đi, tính như tiếp nhận ngày 16/04/2026',
      'thời hạn 15 ngày: 04/05/2026',
      'ngày cuối 01/5 là ngày nghỉ, chuyển sang ngày làm việc tiếp theo',
      'hẹn trả 07/5',
      'hạn 07/5',
      'hẹn lại 20/5, không đổi hạn',
      'đến 07/5: còn trong hạn',
    ])
  })

  it('says that an appointment from before the acceptance does not count', () => {
    const typo = message('Accepted', '2026-04-15', { data: { appointment: '2025-05-07' } })
    expect(told([typo], '2026-04-16', procedure())).toEqual(
      expect.arrayContaining(['hẹn trả 07/05/2025, trước ngày tiếp nhận: không tính', 'hạn 04/5']),
    )
  })

  it('says that a due date on days off that are not final is provisional', () => {
    const accept = message('Accepted', '2026-12-28')
    const { provisional } = assessed([accept], '2026-12-29')
    expect([provisional, assessed([accepted], '2026-04-16').provisional]).toEqual([true, false])
    expect(told([accept], '2026-12-29', procedure())).toContain(
      'tạm tính: lịch nghỉ của năm liên quan chưa được công bố chính thức',
    )
  })

  it('is silent about the rule of the last hour where it changed nothing', () => {
    const version = procedure({ lastHourRule: true })
    expect(told([message('Accepted', '2026-04-15T15:00')], '2026-04-16', version).slice(0, 2)).toEqual([
      'tiếp nhận 15/4, tính từ 16/4',
      'thời hạn 10 ngày làm việc: 04/05/2026',
    ])
  })

  it('says that a stopped clock has no due date, and that a restarted one began anew', () => {
    const waiting = [accepted, message('SupplementRequested', '2026-04-21')]
    expect(told(waiting, '2026-04-22').slice(-2)).toEqual([
      'bổ sung từ 21/4: đang tạm dừng, chưa có hạn',
      'đến 22/4: đang tạm dừng',
    ])
    const restarted = [...waiting, message('Supplemented', '2026-04-23')]
    const version = procedure({ supplement: 'restart' })
    expect(told(restarted, '2026-04-24', version)).toContain(
      'bổ sung 21/4–23/4: tính lại toàn bộ thời hạn từ sau 23/4',
    )
  })

  it('says that nothing runs before acceptance', () => {
    expect(told([message('Submitted', '2026-04-15')], '2026-04-16')).toEqual([
      'chưa tiếp nhận, chưa tính thời hạn',
    ])
    expect(told([message('Refused', '2026-04-15')], '2026-04-16')).toEqual([
      'chưa tiếp nhận, chưa tính thời hạn',
      'kết thúc 15/04/2026, chưa được tiếp nhận',
    ])
  })
})
