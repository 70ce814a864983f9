import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createDatabase, type Database } from '#database'
import type { Trace } from '#engine'
import { deriveId, newId } from '#kernel'
import { eventually } from '#testing'
import { people, startApi, type Asked, type TestApi } from './api.test-support.js'
import { json, run } from './cli.test-support.js'

const token = 'a-token-for-prometheus'
const task = '/api/v1/tasks/CCHC2025-II-5'
const report = {
  data: { deliverableId: '2', period: 'Quý I/2025', summary: 'Nguyễn Văn An', percentage: 40 },
}

let api: TestApi
let database: Database
beforeAll(async () => {
  api = await startApi({ ROVIEC_READY_MAX_LAG_SECONDS: '1', ROVIEC_METRICS_TOKEN: token })
  database = createDatabase({ connection: api.databaseUrl })
}, 120_000)
afterAll(async () => {
  await api.close()
  await database.close()
})

const sendReport = (headers: Record<string, string> = {}): Promise<Asked> =>
  api.send('lead', `${task}/transitions/Report`, report, headers)

const metrics = (): Promise<Asked> =>
  api.ask(null, '/metrics', {
    headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' },
  })

describe('metrics', () => {
  it('tell how far views are, what commands came to and how long it took', async () => {
    await sendReport()
    await api.send('stranger', `${task}/transitions/Report`, report)
    await api.ask('clerk', `${task}/history`)
    const { text, headers } = await metrics()
    expect(headers.get('content-type')).toContain('text/plain')
    for (const line of [
      /^roviec_up 1$/m,
      /^roviec_projection_lag_events\{projection="task_board",version="\d+",build="1",standing="live"\} \d+$/m,
      /^roviec_projection_lag_seconds\{projection="event_trace",.*\} [\d.]+$/m,
      /^roviec_projection_parked_streams\{projection="task_board",.*\} 0$/m,
      /^roviec_projection_state\{projection="task_board",.*,state="active"\} 1$/m,
      /^roviec_commands_total\{workflow="task",transition="Report",outcome="accepted"\} \d+$/m,
      /^roviec_commands_total\{workflow="task",transition="Report",outcome="refused"\} 1$/m,
      /^roviec_append_duration_seconds_count\{outcome="written"\} \d+$/m,
      /^roviec_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/tasks\/:code\/history",status="200"\} 1$/m,
      /^roviec_pg_pool_connections\{state="idle"\} \d+$/m,
      /^roviec_process_lag_seconds\{process="task-deadlines"\} [\d.]+$/m,
      /^roviec_process_lag_events\{process="task-deadlines"\} \d+$/m,
      /^roviec_process_instances_held\{process="task-deadlines"\} 0$/m,
      /^roviec_process_incidents\{process="task-deadlines"\} \d+$/m,
      /^roviec_process_led\{process="task-deadlines"\} [01]$/m,
      /^roviec_timers_due \d+$/m,
      /^roviec_timers_late_seconds [\d.]+$/m,
      /^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m,
    ])
      expect(text).toMatch(line)
    expect(text).not.toContain('CCHC2025')
  })

  it('are for whoever has the token, and for operators and auditors; this machine alone does not do then', async () => {
    expect((await api.ask(null, '/metrics')).status).toBe(401)
    expect((await api.ask('clerk', '/metrics')).status).toBe(403)
    expect((await api.ask('operator', '/metrics')).status).toBe(200)
    expect((await api.ask('auditor', '/metrics')).status).toBe(200)
  })
})

describe('being behind', () => {
  it('is said: not ready, and a reader of its own write is told to come back', async () => {
    await eventually(async () => (await api.ask(null, '/health/ready')).status === 200)
    const connection = await database.pool.connect()
    await connection.query('BEGIN')
    // The view's worker cannot move its checkpoint from here on.
    await connection.query(`SELECT * FROM roviec.projection WHERE name = 'task_board' FOR UPDATE`)
    const written = await sendReport()
    const late = await eventually(async () => {
      const asked = await api.ask(null, '/health/ready')
      return asked.status === 503 ? asked : false
    })
    expect(late.body).toMatchObject({ status: 'behind', views: [{ name: 'task_board' }] })
    expect(late.body.views[0].secondsBehind).toBeGreaterThan(1)
    expect((await api.ask(null, '/health/live')).status).toBe(200)
    const headers = { 'roviec-at-least': written.headers.get('roviec-position')! }
    const refused = await api.ask('lead', '/api/v1/tasks', { headers })
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'view-behind',
      '1',
    ])
    const { text } = await metrics()
    const lag = /^roviec_projection_lag_seconds\{projection="task_board",.*\} ([\d.]+)$/m.exec(text)
    expect(Number(lag?.[1])).toBeGreaterThan(1)
    await connection.query('ROLLBACK')
    connection.release()
    await eventually(async () => (await api.ask(null, '/health/ready')).status === 200)
    expect((await api.ask('lead', '/api/v1/tasks', { headers })).status).toBe(200)
  })

  it('can be seen on every list: each answer says which place of the log it reflects, and when that was', async () => {
    const { body } = await api.ask(null, '/api/docs-json')
    interface Route {
      readonly 'x-roviec-access'?: { readonly kind: string }
      readonly parameters?: readonly { readonly in: string; readonly required?: boolean }[]
    }
    const paths = body.paths as Record<string, { get?: Route }>
    // What needs a parameter to be asked at all answers one question and lists nothing.
    const isList = (path: string, { parameters = [], ...route }: Route): boolean =>
      route['x-roviec-access']?.kind === 'query' &&
      !/\{|stream|resolve/.test(path) &&
      !parameters.some((parameter) => parameter.in === 'query' && parameter.required === true)
    const lists = Object.entries(paths).flatMap(([path, { get }]) => (get && isList(path, get) ? [path] : []))
    expect(lists.length).toBeGreaterThan(5)
    for (const path of lists) {
      const asked = [await api.ask('inspectorate', path), await api.ask('operator', path)]
      const answer = asked.find(({ status }) => status === 200)
      expect([path, answer?.headers.get('roviec-position')]).toEqual([path, expect.stringMatching(/^\d+$/)])
      expect([path, answer?.headers.has('roviec-reflects')]).toEqual([path, true])
    }
  })
})

describe('attempts', () => {
  it('are on record with actor, act, reason and time, for those who inspect', async () => {
    const id = newId()
    await api.send('stranger', `${task}/transitions/Accept`, {}, { 'idempotency-key': id })
    await api.ask('stranger', '/api/v1/attempts')
    await api.ask('operator', '/api/v1/tasks')
    const unknown = `rv_${newId()}_${'x'.repeat(43)}`
    const headers = { authorization: `Bearer ${unknown}` }
    await api.ask(null, '/api/v1/me', { headers })
    await api.ask(null, `${task}/transitions/Accept`, { method: 'POST', headers })
    const ask = async (query: string): Promise<Asked> => api.ask('inspectorate', `/api/v1/attempts?${query}`)
    await eventually(async () => (await ask('actor=unknown')).body.length === 2)
    const [command] = (await ask(`actor=${people.stranger}&code=not-permitted`)).body.filter(
      (one: { commandId: string }) => one.commandId === id,
    )
    expect(command).toMatchObject({
      kind: 'command',
      target: 'task',
      transition: 'Accept',
      aggregate: 'CCHC2025-II-5',
      at: expect.stringMatching(/^20/),
    })
    expect((await ask(`actor=${people.stranger}`)).body).toContainEqual(
      expect.objectContaining({ kind: 'query', target: 'engine.attempts' }),
    )
    expect((await ask(`actor=${people.operator}`)).body).toContainEqual(
      expect.objectContaining({ kind: 'query', target: 'tasks.board' }),
    )
    const signIns = await ask('actor=unknown')
    expect(signIns.body[0]).toMatchObject({ kind: 'sign-in', aggregate: unknown.slice(3, 21) })
    expect(signIns.text).not.toContain('xxxx')
    const page = await ask('limit=1')
    expect(page.headers.get('link')).toContain('cursor=')
    expect(Number(page.headers.get('total-count'))).toBeGreaterThan(3)
    expect((await api.ask('clerk', '/api/v1/attempts')).status).toBe(403)
  })
})

describe('attempts that never become a command', () => {
  const attempted = async (actor: string, code: string): Promise<readonly object[]> =>
    eventually(async () => {
      const { body } = await api.ask('inspectorate', `/api/v1/attempts?actor=${actor}&code=${code}`)
      return body.length > 0 ? (body as object[]) : false
    })

  it('over HTTP are on record as commands', async () => {
    const send = (headers: Record<string, string>, body: unknown = {}, query = ''): Promise<Asked> =>
      api.ask('head', `${task}/transitions/Accept${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    const key = { 'idempotency-key': newId() }
    const sent: [Promise<Asked>, string][] = [
      [send({}), 'idempotency-key-missing'],
      [send(key, { name: 'Nguyễn Văn An' }), 'body-invalid'],
      [send({ ...key, 'if-match': 'An' }), 'if-match-invalid'],
      [send(key, {}, '?dryRun=An'), 'dry-run-invalid'],
    ]
    for (const [asked, code] of sent) {
      expect((await asked).body.code).toBe(code)
      const [attempt] = await attempted(people.head, code)
      expect(attempt).toMatchObject({
        kind: 'command',
        target: 'task',
        transition: 'Accept',
        aggregate: null,
      })
    }
  })

  it('of a dossier are on record once, with the act that was denied', async () => {
    const path = '/api/v1/dossiers/Nguyen-Van-An/transitions'
    expect((await api.send('operator', `${path}/Explain`, {})).status).toBe(403)
    expect((await api.send('lead', `${path}/TakeMessages`, {})).status).toBeGreaterThanOrEqual(404)
    const all = await eventually(async () => {
      const asked = await api.ask('inspectorate', '/api/v1/attempts?limit=20')
      const found = asked.body.filter(({ target }: { target: string }) =>
        ['dossier', 'dossiers.locate'].includes(target),
      )
      expect(asked.text).not.toContain('Nguyen')
      return found.length >= 2 ? found : false
    })
    expect(all).toHaveLength(2)
    expect(all).toContainEqual(
      expect.objectContaining({ actor: people.operator, transition: 'Explain', code: 'not-permitted' }),
    )
    expect(all).toContainEqual(
      expect.objectContaining({ actor: people.lead, transition: 'TakeMessages', aggregate: null }),
    )
  })

  it('at the terminal are on record as well', async () => {
    const importing = ['import', 'seeds/phu-luc-2025.csv', '--code', 'X', '--issuer', 'X', '--year', '2025']
    expect((await run([...importing, '--as', people.homeAffairs], api.env)).code).toBe(1)
    const lines = ['dossiers', 'import', 'seeds/dossiers.demo.ndjson', '--as', people.homeAffairs]
    expect((await run(lines, api.env)).code).toBe(1)
    expect((await run(['tasks', '--as', 'nguyen-van-an'], api.env)).code).toBe(1)
    const denied = await attempted(people.homeAffairs, 'not-permitted')
    expect(denied).toContainEqual(expect.objectContaining({ target: 'plan', transition: 'RecordImport' }))
    expect(denied).toContainEqual(expect.objectContaining({ target: 'dossier', transition: 'TakeMessages' }))
    expect(await attempted('unknown', 'actor-unknown')).toMatchObject([{ kind: 'sign-in', aggregate: null }])
  }, 60_000)

  it.each(['2025-03', '2025', '2025-W11', '0000-01-01', '2025-03-14T08:00'])(
    'are not asked for since %s',
    async (since) => {
      const { status, body } = await api.ask('inspectorate', `/api/v1/attempts?since=${since}`)
      expect([status, body.code]).toEqual([400, 'invalid-input'])
    },
  )
})

describe('why', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const correlationId = '0af76519-16cd-43dd-8448-eb211c80319c'

  it('leads from a request and its trace over the log to what it caused, over HTTP and at the terminal', async () => {
    const [first, second] = [newId(), newId()]
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`
    const sent = await sendReport({ 'idempotency-key': first, traceparent })
    expect([sent.status, sent.headers.get('roviec-correlation')]).toEqual([200, correlationId])
    const cause = deriveId(first, 0)
    const caused = await api.send(
      'lead',
      `${task}/transitions/Report`,
      { ...report, causationId: cause, correlationId },
      { 'idempotency-key': second },
    )
    const position = caused.headers.get('roviec-position')!
    const headers = { 'roviec-at-least': position }
    const asked = await api.ask('auditor', `/api/v1/events/${deriveId(second, 0)}/trace`, { headers })
    const { roots, correlationId: whole } = asked.body as Trace
    expect(whole).toBe(correlationId)
    expect(roots).toMatchObject([
      {
        id: cause,
        type: 'task.Reported',
        actor: people.lead,
        transition: 'Report',
        commandId: first,
        caused: [{ id: deriveId(second, 0), asked: true, position, causationId: cause }],
      },
    ])
    expect(asked.text).not.toContain('Nguyễn')
    expect((await api.ask('lead', `/api/v1/events/${cause}/trace`)).status).toBe(403)
    expect((await api.ask('auditor', `/api/v1/events/${newId()}/trace`)).body.code).toBe('event-unknown')

    const told = await run(['why', cause], api.env)
    expect(told.out).toContain('◀ sự kiện được hỏi')
    expect(told.out).toMatch(/└─ task\.Reported/)
    expect(told.out).toContain(`do ${people.lead}`)
    expect(told.out).toContain(`Thuộc chuỗi: ${correlationId}`)
    const attempts = await json(['attempts', '--code', 'not-permitted', '--since', '2020-01-01'], api.env)
    expect(attempts.items.length).toBeGreaterThan(0)
    expect((await run(['attempts'], api.env)).out).toContain('lần bị từ chối')
    expect((await run(['why', cause, '--as', people.lead], api.env)).code).toBe(1)
  }, 60_000)

  it('takes no correlation or cause that is no id', async () => {
    for (const member of ['correlationId', 'causationId']) {
      const refused = await api.send('lead', `${task}/transitions/Report`, { ...report, [member]: 'An' })
      expect([refused.status, refused.body.code]).toEqual([400, 'tracing-id-invalid'])
    }
    const odd = await sendReport({ traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` })
    expect([odd.status, odd.headers.get('roviec-correlation') === correlationId]).toEqual([200, false])
  })
})
