import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { localDateOf } from '#calendar'
import { people, startApi, type TestApi } from './api.test-support.js'

let api: TestApi
beforeAll(async () => void (api = await startApi()), 120_000)
afterAll(() => api.close())

const sourced = { source: 'Nghị quyết 12/NQ-HĐND', confidence: 'document' }
const agency = `/api/v1/agencies/${crypto.randomUUID()}`

describe('agencies over HTTP', () => {
  it('are entered once, found by their name, and renamed at the revision that was seen', async () => {
    expect((await api.ask('clerk', `${agency}/history`)).body.code).toBe('agency-unknown')
    const key = { 'idempotency-key': crypto.randomUUID() }
    const data = { province: 'son-la', kind: 'department', name: 'Sở Công nghiệp Vũ trụ', ...sourced }
    const created = await api.send('clerk', `${agency}/transitions/CreateAgency`, { data }, key)
    expect([created.status, created.body.status]).toEqual([200, 'accepted'])
    expect((await api.send('clerk', `${agency}/transitions/CreateAgency`, { data }, key)).body.status).toBe(
      'repeated',
    )
    const found = await api.ask(
      'lead',
      `/api/v1/agencies/resolve?names=${encodeURIComponent('SỞ CÔNG NGHIỆP VŨ TRỤ')}`,
      { headers: { 'roviec-at-least': created.headers.get('roviec-position')! } },
    )
    expect(found.body).toMatchObject([{ status: 'found', id: agency.split('/').at(-1) }])
    const renamed = { data: { name: 'Sở Vũ trụ', from: '2026-01-01', ...sourced } }
    const stale = await api.send('clerk', `${agency}/transitions/RenameAgency`, renamed, {
      'if-match': '"7"',
    })
    expect([stale.status, stale.body.code]).toEqual([412, 'stream-revision-mismatch'])
    const seen = { 'if-match': created.headers.get('etag')! }
    expect((await api.send('clerk', `${agency}/transitions/RenameAgency`, renamed, seen)).status).toBe(200)
    const { body: history } = await api.ask('stranger', `${agency}/history`)
    expect(history).toMatchObject([
      { type: 'registry.AgencyCreated', actor: people.clerk, revision: '0' },
      { type: 'registry.AgencyRenamed', occurredAt: expect.any(String), backdatedDays: 0 },
    ])
    const asOf = async (day: string) => (await api.ask('stranger', `${agency}?asOf=${day}`)).body
    const now = (await api.ask('stranger', agency)).body
    expect(now).toMatchObject({ names: [{ name: 'Sở Công nghiệp Vũ trụ' }, { name: 'Sở Vũ trụ' }] })
    expect(await asOf(localDateOf(new Date(history[1].recordedAt)))).toEqual(now)
    expect(await asOf('2024-12-31')).toMatchObject({ code: 'agency-unknown' })
  })

  it('tell each reader what may be done and why not the rest', async () => {
    const { body: clerk } = await api.ask('clerk', `${agency}/transitions`)
    expect(clerk).toContainEqual(expect.objectContaining({ name: 'EndAgency', allowed: true }))
    const { body: stranger } = await api.ask('stranger', `${agency}/transitions`)
    expect((stranger as { refusal: { code: string } }[]).map(({ refusal }) => refusal.code)).toEqual(
      Array.from({ length: 6 }, () => 'not-permitted'),
    )
  })
})

describe('plans over HTTP', () => {
  it('are shown as they were on record at the end of a day', async () => {
    const plan = '/api/v1/plans/CCHC2025'
    const { body: history } = await api.ask('clerk', `${plan}/history`)
    const recorded = localDateOf(new Date(history[0].recordedAt))
    const now = (await api.ask('clerk', plan)).body
    expect(now).toMatchObject({ code: 'CCHC2025', tasks: 71 })
    expect((await api.ask('clerk', `${plan}?asOf=${recorded}`)).body).toEqual(now)
    const before = await api.ask('clerk', `${plan}?asOf=2024-12-31`)
    expect([before.status, before.body.code]).toEqual([404, 'plan-unknown'])
  })

  it('are corrected by naming what was wrong, and the reason is kept from those without the right', async () => {
    const plan = '/api/v1/plans/CCHC2025'
    const { body: before } = await api.ask('clerk', `${plan}/history`)
    const data = { eventId: before[0].id, reason: 'Bổ sung số', changes: { number: '9/QĐ-UBND' } }
    const corrected = await api.send('clerk', `${plan}/transitions/CorrectPlan`, { data })
    expect([corrected.status, corrected.body.events]).toMatchObject([200, [{ type: 'plan.Corrected' }]])
    const last = async (person: 'clerk' | 'lead'): Promise<unknown> =>
      (await api.ask(person, `${plan}/history`)).body.at(-1)
    expect(await last('clerk')).toMatchObject({
      reason: 'Bổ sung số',
      changes: [{ field: 'details.number', before: null, after: '9/QĐ-UBND' }],
    })
    expect(await last('lead')).toMatchObject({ reason: { sealed: true } })
    const byHand = await api.send('clerk', `${plan}/transitions/RecordImport`, {})
    expect([byHand.status, byHand.body.code]).toEqual([404, 'transition-unknown'])
    expect(byHand.body.detail).toContain('/api/v1/plans/import')
  })
})

describe('actors over HTTP', () => {
  it('are registered, have keys revoked and are disabled by an operator, whose reasons inspectors read', async () => {
    const path = '/api/v1/actors/cong-chuc-moi'
    const data = { title: 'Công chức', agency: null, roles: ['lead-officer'], scope: 'own' }
    expect((await api.send('operator', `${path}/transitions/Register`, { data })).status).toBe(200)
    const stranger = `/api/v1/actors/${people.stranger}`
    const { body: shown, headers } = await api.ask('operator', stranger)
    expect(shown).toMatchObject({ id: people.stranger, status: 'active', roles: ['lead-officer'] })
    expect(headers.get('etag')).toBe(`"${shown.revision}"`)
    const revoke = { data: { keyId: shown.keys[0], reason: 'Mất máy' } }
    expect((await api.send('operator', `${stranger}/transitions/RevokeKey`, revoke)).status).toBe(200)
    expect((await api.ask('operator', stranger)).body.keys).toEqual([])
    const disabled = await api.send('operator', `${path}/transitions/Disable`, {
      data: { reason: 'Thôi việc' },
    })
    expect(disabled.body.state.status).toBe('disabled')
    const reasons = async (person: 'operator' | 'inspectorate'): Promise<unknown[]> =>
      ((await api.ask(person, `${path}/history`)).body as { reason: unknown }[]).map(({ reason }) => reason)
    expect(await reasons('inspectorate')).toEqual([null, 'Thôi việc'])
    expect(await reasons('operator')).toEqual([null, { sealed: true }])
    expect((await api.ask('clerk', path)).status).toBe(403)
    const keyed = await api.send('operator', `${path}/transitions/IssueKey`, {})
    expect([keyed.status, keyed.body.detail]).toEqual([404, expect.stringContaining('roviec key')])
  })
})
