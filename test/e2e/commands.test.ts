import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startApi, type Asked, type TestApi } from './api.test-support.js'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
}, 120_000)
afterAll(() => api.close())

const transition = (code: string, name: string): string => `/api/v1/tasks/${code}/transitions/${name}`
const report = (summary: string): object => ({ data: { period: 'Quý I/2025', summary } })

async function revisionOf(code: string): Promise<string> {
  return (await api.ask('clerk', `/api/v1/tasks/${code}`)).headers.get('etag')!
}

describe('a command over HTTP', () => {
  it('answers what it recorded, with the revision as ETag and its place in the log', async () => {
    const before = await revisionOf('CCHC2025-II-1')
    const accepted = await api.send('lead', transition('CCHC2025-II-1', 'Accept'), {})
    expect(accepted.status).toBe(200)
    expect(accepted.body).toMatchObject({
      status: 'accepted',
      events: [{ type: 'task.Accepted' }],
      state: { status: 'accepted' },
    })
    expect(accepted.headers.get('etag')).toBe(`"${accepted.body.revision}"`)
    expect(Number(accepted.body.revision)).toBe(Number(before.slice(1, -1)) + 1)
    const shown = await api.ask('lead', '/api/v1/tasks?section=II&plan=CCHC2025', {
      headers: { 'roviec-at-least': accepted.headers.get('roviec-position')! },
    })
    expect(shown.body.find((task: { code: string }) => task.code === 'CCHC2025-II-1').status).toBe('accepted')
  })

  it('has one effect however often and however concurrently it is sent', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const before = await revisionOf('CCHC2025-II-2')
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        api.send('lead', transition('CCHC2025-II-2', 'Report'), report('Đang soạn thảo'), key),
      ),
    )
    const again = await api.send('lead', transition('CCHC2025-II-2', 'Report'), report('Đang soạn thảo'), key)
    const statuses = answers.map(({ body }) => body.status as string).sort()
    expect(statuses).toEqual(['accepted', ...Array.from({ length: 7 }, () => 'repeated')])
    expect(again.body.status).toBe('repeated')
    const [first] = answers.filter(({ body }) => body.status === 'accepted') as [Asked]
    expect(again.body).toEqual({ ...first.body, status: 'repeated' })
    expect(await revisionOf('CCHC2025-II-2')).toBe(`"${Number(before.slice(1, -1)) + 1}"`)
  })

  it('refuses a key that was used for other content, another transition or another task', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const send = (code: string, name: string, body: object): Promise<Asked> =>
      api.send('clerk', transition(code, name), body, key)
    expect((await send('CCHC2025-II-3', 'Report', report('một'))).status).toBe(200)
    for (const other of [
      await send('CCHC2025-II-3', 'Report', report('hai')),
      await send('CCHC2025-II-3', 'Accept', {}),
    ]) {
      expect([other.status, other.body.code]).toEqual([409, 'command-id-taken'])
      expect(other.body.detail).toContain('Dùng mã mới')
    }
    expect((await send('CCHC2025-II-4', 'Report', report('một'))).status).toBe(409)
  })

  it('is refused when the task has moved on since the revision in If-Match', async () => {
    const seen = await revisionOf('CCHC2025-II-6')
    expect(
      (await api.send('lead', transition('CCHC2025-II-6', 'Report'), report('a'), { 'if-match': seen }))
        .status,
    ).toBe(200)
    const stale = await api.send('lead', transition('CCHC2025-II-6', 'Report'), report('b'), {
      'if-match': seen,
    })
    expect([stale.status, stale.body.code]).toEqual([412, 'stream-revision-mismatch'])
    for (const wrong of ['3', 'abc', '"-1"']) {
      const invalid = await api.send('lead', transition('CCHC2025-II-6', 'Report'), report('c'), {
        'if-match': wrong,
      })
      expect([invalid.status, invalid.body.code]).toEqual([400, 'if-match-invalid'])
    }
  })

  it('shows and records nothing as a dry run, and takes no unclear wish for one', async () => {
    const before = await revisionOf('CCHC2025-I-1')
    const planned = await api.send('clerk', `${transition('CCHC2025-I-1', 'Accept')}?dryRun=true`, {})
    expect(planned.body).toMatchObject({
      status: 'planned',
      position: null,
      events: [{ type: 'task.Accepted' }],
    })
    const unclear = await api.send('clerk', `${transition('CCHC2025-I-1', 'Accept')}?dryRun=yes`, {})
    expect([unclear.status, unclear.body.code]).toEqual([400, 'dry-run-invalid'])
    expect(await revisionOf('CCHC2025-I-1')).toBe(before)
  })

  it('is refused with its reason: 409 out of place, 422 against a rule, 404 unknown, 400 malformed', async () => {
    const outOfPlace = await api.send('clerk', transition('CCHC2025-II-1', 'Accept'), {})
    expect([outOfPlace.status, outOfPlace.body.code]).toEqual([409, 'transition-not-allowed'])
    const againstRule = await api.send('clerk', transition('CCHC2025-II-5', 'Issue'), {
      data: { deliverableId: '1', document: { kind: 'Kế hoạch', number: '71/KH-UBND', date: '2025-03-14' } },
    })
    expect([againstRule.status, againstRule.body.code]).toEqual([422, 'document-already-recorded'])
    const nowhere = await api.send('clerk', transition('NOPE', 'Accept'), {})
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'task-unknown'])
    const malformed = await api.send('clerk', transition('CCHC2025-II-5', 'Issue'), {
      data: { deliverableId: 0 },
    })
    expect(malformed.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'deliverableId',
      'document',
    ])
    for (const [headers, code] of [
      [{ 'idempotency-key': '' }, 'idempotency-key-missing'],
      [{ 'idempotency-key': 'mot-hai-ba' }, 'command-id-invalid'],
    ] as const) {
      const answer = await api.send('clerk', transition('CCHC2025-I-2', 'Accept'), {}, headers)
      expect([answer.status, answer.body.code]).toEqual([400, code])
    }
    const future = await api.send('clerk', transition('CCHC2025-I-2', 'Accept'), {
      occurredAt: '2999-01-01T00:00:00Z',
    })
    expect(future.body.code).toBe('occurred-at-in-future')
  })

  it('keeps a text with control characters from stopping the board', async () => {
    const { body: history } = await api.ask('clerk', '/api/v1/tasks/CCHC2025-I-3/history')
    const corrected = await api.send('clerk', transition('CCHC2025-I-3', 'Correct'), {
      data: {
        eventId: history[0].id,
        reason: 'Gõ nhầm',
        changes: [{ field: 'title', after: 'a\u0000b' }],
      },
    })
    expect([corrected.status, corrected.body]).toEqual([200, expect.anything()])
    const shown = await api.ask('clerk', '/api/v1/tasks?plan=CCHC2025&section=I', {
      headers: { 'roviec-at-least': corrected.headers.get('roviec-position')! },
    })
    expect(shown.status).toBe(200)
  })
})
