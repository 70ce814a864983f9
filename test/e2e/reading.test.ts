import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { people, startApi, type TestApi } from './api.test-support.js'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
}, 120_000)
afterAll(() => api.close())

describe('lists', () => {
  it('come a page at a time, each task once, in every order, with Total-Count and Link', async () => {
    for (const sort of ['code', 'due', 'title', 'lead', 'updated'])
      for (const order of ['asc', 'desc']) {
        const seen: string[] = []
        let path: string | undefined = `/api/v1/tasks?plan=CCHC2025&limit=20&sort=${sort}&order=${order}`
        while (path !== undefined) {
          const page = await api.ask('clerk', path)
          expect([page.status, page.headers.get('total-count')]).toEqual([200, '71'])
          seen.push(...(page.body as { code: string }[]).map(({ code }) => code))
          path = /<(.*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
        }
        expect(seen).toHaveLength(71)
        expect(new Set(seen).size).toBe(71)
      }
  })

  it('are filtered, with or without diacritics', async () => {
    const count = async (query: string): Promise<number> =>
      Number(
        (await api.ask('clerk', `/api/v1/tasks?plan=CCHC2025&asOf=2025-09-30&${query}`)).headers.get(
          'total-count',
        ),
      )
    expect(await count('section=II')).toBeGreaterThan(3)
    expect(await count('verdict=late')).toBe(2)
    expect(await count(`text=${encodeURIComponent('biên chế')}`)).toBe(await count('text=BIEN+CHE'))
    expect(await count('text=71/kh-ubnd')).toBe(1)
    expect(await count('text=71_kh')).toBe(0)
    expect(await count('dueFrom=2025-01-31&dueTo=2025-01-31')).toBeGreaterThan(0)
    expect(await count('status=withdrawn')).toBe(0)
  })

  it('agree with the on-time table and with the list of what is late', async () => {
    const { body: table } = await api.ask('clerk', '/api/v1/plans/on-time?plan=CCHC2025&asOf=2025-09-30')
    expect(table.totals).toEqual({
      tasks: 71,
      deliverables: 100,
      completed: 39,
      onTime: 19,
      late: 2,
      undeterminable: 18,
      open: 61,
      overdue: 5,
    })
    const { body: late } = await api.ask('clerk', '/api/v1/tasks/late?plan=CCHC2025&asOf=2025-09-30')
    const items = late as { code: string; daysLate: number; verdict: string }[]
    expect(items.filter(({ verdict }) => verdict === 'open')).toHaveLength(5)
    expect(
      Object.fromEntries(
        items.filter(({ verdict }) => verdict === 'late').map((one) => [one.code, one.daysLate]),
      ),
    ).toEqual({ 'CCHC2025-II-5.1': 42, 'CCHC2025-IV-4.1': 28 })
  })

  it('refuse what they do not understand and say so', async () => {
    const first = await api.ask('clerk', '/api/v1/tasks?sort=due&limit=1')
    const next = /cursor=([\w-]+)/.exec(first.headers.get('link')!)![1]!
    for (const [query, status, code] of [
      ['limit=0', 400, 'invalid-input'],
      ['limit=501', 400, 'invalid-input'],
      ['asOf=2025-02-30', 400, 'invalid-input'],
      ['unknown=1', 400, 'invalid-input'],
      ['plan=CCHC2025&plan=X', 400, 'invalid-input'],
      ['cursor=abc', 400, 'cursor-invalid'],
      [`sort=title&cursor=${next}`, 400, 'cursor-of-other-order'],
      [`sort=due&order=desc&cursor=${next}`, 400, 'cursor-of-other-order'],
      ['text=%00', 400, 'text-invalid'],
      ['plan=NOPE', 404, 'plan-unknown'],
    ] as const) {
      const answer = await api.ask('clerk', `/api/v1/tasks?${query}`)
      expect([query, answer.status, answer.body.code]).toEqual([query, status, code])
    }
  })
})

describe('one task', () => {
  it('is shown with the cells of the document, its history and what may be done', async () => {
    const { body: task } = await api.ask('lead', '/api/v1/tasks/CCHC2025-II-5')
    expect(task).toMatchObject({ code: 'CCHC2025-II-5', lead: ['Sở Tư pháp'], cells: [{ STT: '5' }, {}] })
    expect(task.deliverables[0]).toMatchObject({ verdict: 'late', daysLate: 42 })
    const { body: history } = await api.ask('lead', '/api/v1/tasks/CCHC2025-II-5/history')
    // The system adds by itself, a moment after, what was overdue when it was entered.
    const entered = (history as { type: string; actor: string }[]).filter(({ actor }) => actor !== 'system')
    expect(entered.map(({ type }) => type)).toEqual(['task.Assigned', 'task.Issued', 'task.Completed'])
    expect(history[1]).toMatchObject({ actor: people.clerk, backdatedDays: expect.any(Number) })
    const { body: transitions } = await api.ask('lead', '/api/v1/tasks/CCHC2025-II-5/transitions')
    const byName = Object.fromEntries(
      (transitions as { name: string; allowed: boolean; refusal: { code: string } | null }[]).map((one) => [
        one.name,
        one.allowed ? 'allowed' : one.refusal?.code,
      ]),
    )
    expect(byName).toMatchObject({ Accept: 'allowed', Withdraw: 'not-permitted' })
  })

  it('was not there before it was recorded', async () => {
    expect((await api.ask('lead', '/api/v1/tasks/CCHC2025-II-5?asOf=2020-01-01')).status).toBe(404)
    expect((await api.ask('lead', '/api/v1/tasks/CCHC2025-II-5?asOf=2099-01-01')).status).toBe(200)
  })
})

describe('errors', () => {
  it('are problem details in the language asked for, also where the router answers', async () => {
    for (const [path, status] of [
      ['/api/v1/tasks/NOPE', 404],
      ['/api/v1/nope', 404],
      ['/api/v1/tasks/%ff', 400],
      ['/api/v1/tasks?limit=x', 400],
    ] as const)
      for (const [accept, language] of [
        ['', 'vi'],
        ['en-GB,vi;q=0.5', 'en'],
        ['fr', 'vi'],
      ] as const) {
        const answer = await api.ask('clerk', path, { headers: { 'accept-language': accept } })
        expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
        expect([path, answer.status, answer.headers.get('content-language')]).toEqual([
          path,
          status,
          language,
        ])
        expect(answer.body).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) })
      }
  })

  it('tell sizes, types and syntax apart', async () => {
    const post = async (
      body: string,
      type: string,
      path = '/api/v1/tasks/CCHC2025-II-5/transitions/Accept',
    ) => {
      const headers = { 'content-type': type, 'idempotency-key': crypto.randomUUID() }
      const answer = await api.ask('lead', path, { method: 'POST', body, headers })
      return [answer.status, answer.body.code]
    }
    expect(await post('{', 'application/json')).toEqual([400, 'malformed-request'])
    expect(await post('{"data":{"__proto__":{}}}', 'application/json')).toEqual([400, 'malformed-request'])
    expect(await post('[]', 'application/json')).toEqual([400, 'body-invalid'])
    expect(await post('x', 'application/pdf')).toEqual([415, 'media-type-unsupported'])
    expect(await post(JSON.stringify({ data: { x: 'x'.repeat(1_100_000) } }), 'application/json')).toEqual([
      413,
      'body-too-large',
    ])
  })

  it('say 503 when a view has not come far enough, and when to come back', async () => {
    const behind = await api.ask('clerk', '/api/v1/tasks', { headers: { 'roviec-at-least': '999999999' } })
    expect([behind.status, behind.body.code, behind.headers.get('retry-after')]).toEqual([
      503,
      'view-behind',
      '1',
    ])
    const wrong = await api.ask('clerk', '/api/v1/tasks', { headers: { 'roviec-at-least': '-1' } })
    expect([wrong.status, wrong.body.code]).toEqual([400, 'at-least-invalid'])
  })
})

describe('the stream of changes', () => {
  it('goes on after Last-Event-ID and tells only what concerns the reader', async () => {
    const gone = new AbortController()
    const head = (await api.ask('clerk', '/api/v1/tasks?limit=1')).headers.get('roviec-position')!
    const posted = await api.send('lead', '/api/v1/tasks/CCHC2025-II-5/transitions/Report', {
      data: { period: 'Quý I/2025', summary: 'Đang làm' },
    })
    expect(posted.status).toBe(200)
    const response = await fetch(new URL('/api/v1/stream', api.url), {
      headers: { authorization: `Bearer ${api.keys[people.lead]}`, 'last-event-id': head },
      signal: gone.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (text.includes('task.Reported')) break
    }
    gone.abort()
    expect(text).toContain(`id: ${posted.body.position}\nevent: task.Reported\n`)
    expect(text).not.toContain('Đang làm')
  })

  it.each(['abc', '-1', '1.5', '99999999999999999999', '999999999999999999'])(
    'refuses a Last-Event-ID that is no place in the log: %s',
    async (id) => {
      const { status, body } = await api.ask('lead', '/api/v1/stream', { headers: { 'last-event-id': id } })
      expect([status, body.code]).toEqual([400, 'last-event-id-invalid'])
    },
  )
})

describe('an import over HTTP', () => {
  const importing = async (body: string | Uint8Array, query: string, type = 'text/csv') => {
    const path = `/api/v1/plans/import?code=HTTP1&issuer=UBND&year=2025${query}`
    return api.ask('clerk', path, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
  }
  const table = [
    'STT,Nội dung,Sản phẩm,Cơ quan chủ trì,Cơ quan phối hợp,Thời gian,Ghi chú',
    'I,CHỈ ĐẠO,,,,,',
    '1,Ban hành kế hoạch,Kế hoạch,Sở Tư pháp,,Tháng 3/2025,',
  ].join('\n')

  it('records once, shows differences as asked, and is the clerk’s', async () => {
    const planned = await importing(table, '&dryRun=true')
    expect(planned.body).toMatchObject({ status: 'planned', tasks: 1 })
    const first = await importing(table, '')
    expect(first.body).toMatchObject({
      status: 'imported',
      plan: 'HTTP1',
      sections: 1,
      tasks: 1,
      deliverables: 1,
    })
    expect((await importing(table, '')).body.status).toBe('unchanged')
    const changed = await importing(table.replace('Tháng 3', 'Tháng 4'), '')
    expect(changed.body).toMatchObject({ status: 'changed' })
    expect(changed.body.differences).not.toHaveLength(0)
    expect((await api.ask('lead', '/api/v1/plans/import?code=A', { method: 'POST' })).status).toBe(403)
  })

  it('says what is wrong with a file that is none, and records nothing', async () => {
    for (const [body, status, code] of [
      ['', 400, 'file-empty'],
      ['a,b\n1,2\n', 400, 'file-not-a-table'],
      [new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), 400, 'file-damaged'],
    ] as const) {
      const answer = await importing(body, '', 'application/octet-stream')
      expect([answer.status, answer.body.code]).toEqual([status, code])
    }
    const none = await importing('{}', '', 'application/json')
    expect([none.status, none.body.code]).toEqual([400, 'file-missing'])
  })
})
