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
      'tiếp nhận 15/04/2026, tính từ 16/04/2026',
      'thời hạn 12 ngày làm việc: 06/05/2026',
      '27/04/2026 ngày nghỉ, không tính',
      '30/04/2026 ngày nghỉ, không tính',
      '01/05/2026 ngày nghỉ, không tính',
      'bổ sung 21/04/2026–23/04/2026 không tính (2 ngày làm việc)',
      'hạn 08/05/2026',
      'có kết quả 12/05/2026: chậm 2 ngày làm việc (4 ngày)',
      'có thông tin ghi nhận sau khi phát sinh 2 ngày',
    ])
  })

  it('names a Saturday that is worked', () => {
    const lines = told([message('Accepted', '2025-04-24')], '2025-04-25', procedure({ within: within(3) }))
    expect(lines).toContain('26/04/2025 làm bù thứ Bảy, tính')
  })

  it('names the last hour, the appointment, the new appointment and the day off at the end', () => {
    const late = message('Accepted', '2026-04-15T16:30', { data: { appointment: '2026-05-07' } })
    const version = procedure({ within: within(15, 'calendar-day'), lastHourRule: true })
    const apology = message('ApologyIssued', '2026-05-06', { data: { newDate: '2026-05-20' } })
    expect(told([late, apology], '2026-05-07', version)).toEqual([
      'tiếp nhận 15/04/2026, tính từ 17/04/2026',
      '15/04/2026: tiếp nhận từ 16:00 trở đi, tính như tiếp nhận ngày 16/04/2026',
      'thời hạn 15 ngày: 04/05/2026',
      'ngày cuối 01/05/2026 là ngày nghỉ, chuyển sang ngày làm việc tiếp theo',
      'hẹn trả 07/05/2026',
      'hạn 07/05/2026',
      'hẹn lại 20/05/2026, không đổi hạn',
      'đến 07/05/2026: còn trong hạn',
    ])
  })

  it('is silent about the rule of the last hour where it changed nothing', () => {
    const version = procedure({ lastHourRule: true })
    expect(told([message('Accepted', '2026-04-15T15:00')], '2026-04-16', version).slice(0, 2)).toEqual([
      'tiếp nhận 15/04/2026, tính từ 16/04/2026',
      'thời hạn 10 ngày làm việc: 04/05/2026',
    ])
  })

  it('says that a stopped clock has no due date, and that a restarted one began anew', () => {
    const waiting = [accepted, message('SupplementRequested', '2026-04-21')]
    expect(told(waiting, '2026-04-22').slice(-2)).toEqual([
      'bổ sung từ 21/04/2026: đang tạm dừng, chưa có hạn',
      'đến 22/04/2026: đang tạm dừng',
    ])
    const restarted = [...waiting, message('Supplemented', '2026-04-23')]
    const version = procedure({ supplement: 'restart' })
    expect(told(restarted, '2026-04-24', version)).toContain(
      'bổ sung 21/04/2026–23/04/2026: tính lại toàn bộ thời hạn từ sau 23/04/2026',
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
