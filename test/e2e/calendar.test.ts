import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startApi, type TestApi } from './api.test-support.js'

let api: TestApi
beforeAll(async () => void (api = await startApi()), 60_000)
afterAll(() => api.close())

const path = '/api/v1/calendar'
const asked = (what: string, params: Record<string, string>): string =>
  `${path}/${what}?${new URLSearchParams(params).toString()}`

const swapped = {
  year: 2027,
  document: 'Công văn 99/BNV-CVL',
  announcedOn: '2027-03-01',
  set: [
    { date: '2027-05-04', kind: 'swap', name: 'hoán đổi', pairedWith: '2027-05-08' },
    { date: '2027-05-08', kind: 'working-saturday', name: 'làm bù', pairedWith: '2027-05-04' },
  ],
}

describe('the calendar over HTTP', () => {
  it('counts working days and says why a day is off, with the version that says so', async () => {
    const range = { from: '2026-04-24', to: '2026-04-29' }
    expect((await api.ask('lead', asked('working-days', range))).body).toEqual({
      count: 2,
      days: ['2026-04-28', '2026-04-29'],
      calendarVersion: 'vn/7',
      provisional: false,
    })
    const whole = await api.ask('lead', asked('working-days', { ...range, includeFrom: 'true' }))
    expect(whole.body).toMatchObject({ count: 3 })
    expect((await api.ask('lead', asked('is-working-day', { date: '2025-05-02' }))).body).toMatchObject({
      working: false,
      why: 'nghỉ hoán đổi, làm bù ngày 26/04/2025',
    })
  })

  it('explains a due date day by day, by the hours and rules asked for', async () => {
    const due = await api.ask('lead', asked('due', { from: '2026-04-15', within: '10 ngày làm việc' }))
    expect(due.body).toMatchObject({
      dueDate: '2026-05-04',
      explanation: expect.arrayContaining([
        { date: '2026-04-27', counted: false, why: 'nghỉ bù Giỗ Tổ Hùng Vương' },
      ]),
    })
    const hours = { hours: '08:00-12:00,13:00-17:00', lastHourRule: 'true' }
    const params = { from: '2026-04-15T16:00', within: '8 giờ làm việc', ...hours }
    expect((await api.ask('lead', asked('due', params))).body).toMatchObject({
      due: '2026-04-16T17:00:00+07:00',
    })
  })

  it.each([
    [asked('working-days', { from: '2026-04-24', to: '2026-04-23' }), 'range-reversed'],
    [asked('is-working-day', { date: '2026-02-30' }), 'date-invalid'],
    [asked('due', { from: '2026-04-15', within: 'một lúc' }), 'period-invalid'],
    [asked('due', { from: '2026-04-15', within: '1 tháng', lastHourRule: 'maybe' }), 'invalid-input'],
    [`${path}?version=vn/99`, 'calendar-version-unknown'],
  ])('%s is refused: %s', async (target, code) => {
    const { status, body } = await api.ask('lead', target)
    expect([status < 500, body.code]).toEqual([true, code])
  })

  it('changes by a document alone, shows it as a version, and keeps what was said before', async () => {
    const change = `${path}/transitions/ChangeDays`
    const { document: _document, ...undocumented } = swapped
    expect((await api.send('clerk', change, { data: undocumented })).status).toBe(400)
    expect((await api.send('lead', change, { data: swapped })).status).toBe(403)
    expect((await api.send('clerk', `${change}?dryRun=perhaps`, { data: swapped })).status).toBe(400)
    const planned = await api.send('clerk', `${change}?dryRun=true`, { data: swapped })
    expect(planned.body).toMatchObject({ status: 'planned' })
    expect((await api.ask('lead', `${path}/versions`)).body).toHaveLength(7)

    const done = await api.send('clerk', change, { data: swapped })
    expect([done.status, done.body.state]).toMatchObject([200, { number: 8 }])
    const versions = await api.ask('lead', `${path}/versions`)
    expect(versions.headers.get('total-count')).toBe('8')
    expect(versions.body.at(-1)).toMatchObject({
      version: 'vn/8',
      change: 'DaysChanged',
      year: 2027,
      document: 'Công văn 99/BNV-CVL',
      announcedOn: '2027-03-01',
      position: done.headers.get('roviec-position'),
    })
    const day = asked('is-working-day', { date: '2027-05-08' })
    expect((await api.ask('lead', day)).body).toMatchObject({ working: true, calendarVersion: 'vn/8' })
    const before = await api.ask('lead', `${path}?version=vn/7`)
    expect(before.text).not.toContain('2027-05-08')
    expect((await api.ask('lead', path)).text).toContain('2027-05-08')
  })

  it('says what may be done with it, and why not the rest', async () => {
    const allowed = async (person: 'clerk' | 'lead'): Promise<unknown> => {
      const { body } = await api.ask(person, `${path}/transitions`)
      return (body as { name: string; allowed: boolean }[]).map((one) => [one.name, one.allowed])
    }
    expect(await allowed('clerk')).toEqual([
      ['AnnounceYear', true],
      ['ChangeDays', true],
      ['ConfirmYear', true],
    ])
    expect(await allowed('lead')).toEqual([
      ['AnnounceYear', false],
      ['ChangeDays', false],
      ['ConfirmYear', false],
    ])
  })
})
