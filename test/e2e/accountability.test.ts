import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { accountabilityWorkflow } from '#accountability/record'
import { openPlatform, readConfig } from '#platform'
import { eventually } from '#testing'
import { startApi, type Asked, type Person, type TestApi } from './api.test-support.js'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
}, 120_000)
afterAll(() => api.close())

/** Long late by the database's clock, so that its timers are due at once. */
const code = 'H52-late-1'
const accepted = {
  source: 'mcdt',
  id: 'a',
  dossier: code,
  type: 'Accepted',
  occurredAt: '2026-04-15T09:00:00+07:00',
  procedure: 'DEMO-TT-10',
  agency: 'Sở Tư pháp',
}

const tell = (...lines: readonly object[]): Promise<Asked> =>
  api.ask('clerk', '/api/v1/dossiers/events', {
    method: 'POST',
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  })
const act = (person: Person, name: string, data: object): Promise<Asked> =>
  api.send(person, `/api/v1/dossiers/${code}/transitions/${name}`, { data })
const historyOf = async (): Promise<readonly string[]> => {
  const { body } = await api.ask('clerk', `/api/v1/dossiers/${code}/history`)
  return Array.isArray(body) ? (body as { type: string }[]).map(({ type }) => type) : []
}
const owed = async (): Promise<readonly string[] | null> => {
  const { body } = await api.ask('clerk', `/api/v1/dossiers/${code}`)
  return (body.register as { missing: readonly string[] } | null)?.missing ?? null
}

describe('a dossier that is late', () => {
  it('is raised as overdue once, with what is owed by whom', async () => {
    expect((await tell(accepted)).status).toBe(200)
    await eventually(async () => expect(await historyOf()).toContain('dossier.Overdue'), { timeout: 60_000 })
    await tell({ ...accepted, id: 'h', type: 'HandedOver', occurredAt: '2026-04-16', step: '1' })
    expect((await historyOf()).filter((type) => type === 'dossier.Overdue')).toHaveLength(1)
    const { body } = await api.ask('clerk', `/api/v1/dossiers/${code}`)
    expect(body.register.missing).toEqual(['explanation', 'acceptance', 'apology', 'delivery'])
    expect(body.register.owedBy.delivery).toBe('Sở Tư pháp')
  })

  it('stands among the duties of the agency that owes, and of no other', async () => {
    const duties = async (person: Person, query = '') =>
      (await api.ask(person, `/api/v1/accountability/duties${query}`)).body
    const own = await eventually(async () => {
      const body = await duties('lead')
      const found = body.dossiers.items.find(({ dossier }: { dossier: string }) => dossier === code)
      // Before the hand-over was looked at, the office that accepted it owed everything.
      expect(found?.duties).toEqual([{ duty: 'delivery', owedBy: 'Sở Tư pháp' }])
      return found
    })
    expect(own).toMatchObject({ since: '2026-05-05', reminders: [], escalatedTo: null })
    // The delay arose in the office's own step.
    const office = (await duties('clerk')).dossiers.items.find(
      ({ dossier }: { dossier: string }) => dossier === code,
    )
    expect(office.duties).toEqual(
      ['explanation', 'acceptance', 'apology'].map((duty) => ({ duty, owedBy: 'Văn phòng UBND tỉnh' })),
    )
    const others = await duties('stranger')
    expect(others.of).toHaveLength(1)
    expect(JSON.stringify(others.dossiers)).not.toContain(code)
    const named = await duties('stranger', `?agency=${(await duties('lead')).of[0]}`)
    expect(named).toMatchObject({ of: [], dossiers: { items: [] }, tasks: [] })
    expect((await duties('lead')).tasks.length).toBeGreaterThan(0)
  })

  it('is not closed before it is accounted for: the refusal names what is missing', async () => {
    await tell({ ...accepted, id: 'r', type: 'Resolved', occurredAt: '2026-05-06' })
    const refused = await act('head', 'Close', {})
    expect([refused.status, refused.body.code]).toEqual([422, 'closing-refused'])
    expect(refused.body.missing).toEqual(['explanation', 'acceptance', 'apology'])
  })

  it('is closed once explained, accepted, apologised, delivered; the register is empty of it', async () => {
    const letter = {
      reason: 'Chờ ý kiến thẩm định',
      newDate: '2026-05-20',
      signer: { agency: 'Sở Tư pháp', position: 'Giám đốc', name: 'Người Ký' },
    }
    expect((await act('lead', 'Explain', { text: 'Chờ ý kiến thẩm định' })).status).toBe(200)
    // The delay arose in the office's step: the head of another agency does not decide, whatever he says of it.
    const forged = { assessed: { messages: 5, decidedBy: null } }
    const refused = await act('head', 'AcceptExplanation', forged)
    expect([refused.status, refused.body.code, refused.body.agency]).toEqual([
      422,
      'head-of-other-agency',
      'Văn phòng UBND tỉnh',
    ])
    await tell({ ...accepted, id: 'ea', type: 'ExplanationAccepted', occurredAt: '2026-05-08' })
    for (const [person, name, data] of [
      ['lead', 'IssueApology', letter],
      ['lead', 'DeliverApology', { how: 'Gửi qua bưu chính' }],
    ] as const)
      expect([name, (await act(person, name, data)).status]).toEqual([name, 200])
    expect(await owed()).toBeNull()
    expect((await act('head', 'Close', {})).status).toBe(200)
    expect((await historyOf()).filter((type) => type === 'dossier.Overdue')).toHaveLength(1)
  })

  it('has its apology as a document: the same bytes each time, names by right', async () => {
    const read = async (person: Person): Promise<{ status: number; digest: string; type: string | null }> => {
      const { status, headers, text } = await api.ask(person, `/api/v1/dossiers/${code}/apology`)
      const digest = createHash('sha256').update(text).digest('hex')
      return { status, digest, type: headers.get('content-type') }
    }
    const [first, again] = [await read('clerk'), await read('clerk')]
    expect(first).toEqual(again)
    expect([first.status, first.type]).toEqual([200, expect.stringContaining('wordprocessingml')])
    expect((await read('stranger')).status).toBe(403)
    const none = await api.ask('clerk', '/api/v1/dossiers/DEMO-2025-0001/apology')
    expect([none.status, none.body.code]).toEqual([404, 'apology-missing'])
  })
})

describe('late tasks', () => {
  it('are as of an older position what they were, whatever came since', async () => {
    const late = async (query = '') =>
      (await api.ask('clerk', `/api/v1/tasks/late?asOf=2026-11-01${query}`)).body as { code: string }[]
    const register = async (query = '') =>
      (await api.ask('clerk', `/api/v1/accountability?asOf=2026-11-01${query}`)).body
    const before = await late()
    const owed = await register()
    const at = owed.dossiers.position as string
    expect(before.length).toBeGreaterThan(0)
    expect(await late(`&at=${at}`)).toEqual(before)
    const own = '/api/v1/tasks/CCHC2025-II-5/transitions/Issue'
    const document = { kind: 'Báo cáo', number: '9/BC-STP', date: '2026-03-02', issuer: 'Sở Tư pháp' }
    const issued = await api.send('lead', own, { data: { deliverableId: '2', document } })
    expect(issued.status).toBe(200)
    const position = issued.headers.get('roviec-position')!
    await api.ask('clerk', '/api/v1/tasks/late', { headers: { 'roviec-at-least': position } })
    const found = (await late()).find((item) => item.code === 'CCHC2025-II-5.2')
    expect(found).toMatchObject({ evidence: { number: '9/BC-STP', date: '2026-03-02' } })
    expect(await late(`&at=${at}`)).toEqual(before)
    expect(await register(`&at=${at}`)).toEqual(owed)
    expect((await register()).tasks).not.toEqual(owed.tasks)
    const ahead = await api.ask('clerk', `/api/v1/tasks/late?at=${BigInt(position) + 1_000n}`)
    expect([ahead.status, ahead.body.code]).toEqual([503, 'view-behind'])
  })

  it('stand among the duties of their lead until an explanation is accepted', async () => {
    const duty = async () => {
      const { body } = await api.ask('lead', '/api/v1/accountability/duties')
      const tasks = body.tasks as { code: string; rule: string | null }[]
      return tasks.find(({ code: found }) => found === 'CCHC2025-II-5.1')
    }
    const owed = await eventually(async () => {
      const found = await duty()
      expect(found?.rule).toBe('accountability/1')
      return found
    })
    expect(owed).toMatchObject({
      since: '2025-02-01',
      missing: ['explanation', 'acceptance'],
      owedBy: { explanation: 'Sở Tư pháp', acceptance: 'Sở Tư pháp' },
      reminders: [],
      escalatedTo: null,
    })
    const path = '/api/v1/tasks/CCHC2025-II-5/transitions'
    const data = { deliverableId: '1', text: 'Chờ ý kiến của Bộ Tư pháp' }
    expect((await api.send('lead', `${path}/Explain`, { data })).status).toBe(200)
    const accepted = await api.send('head', `${path}/AcceptExplanation`, { data: { deliverableId: '1' } })
    expect(accepted.status).toBe(200)
    const position = accepted.headers.get('roviec-position')!
    await api.ask('clerk', '/api/v1/tasks/late', { headers: { 'roviec-at-least': position } })
    expect(await duty()).toBeUndefined()
    const platform = await openPlatform(readConfig(api.env))
    try {
      await eventually(async () => {
        const { state } = await platform.commands.load(accountabilityWorkflow, 't::CCHC2025-II-5.1')
        expect(state).toMatchObject({ status: 'closed', closed: 'fulfilled' })
      })
    } finally {
      await platform.close()
    }
  })
})
