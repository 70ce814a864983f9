import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { deriveId, newId } from '#kernel'
import {
  eventually,
  testDatabase,
  testMasterKey,
  testProcess,
  type TestDatabase,
  type TestProcess,
} from '#testing'
import { people } from './api.test-support.js'

interface Span {
  readonly name: string
  readonly spanId: string
  readonly parent: string | null
  readonly attributes: Readonly<Record<string, unknown>>
}

let server: TestDatabase
let running: TestProcess
let ready: { readonly url: string; readonly keys: Readonly<Record<string, string>> }

beforeAll(async () => {
  server = await testDatabase()
  const env = { ROVIEC_DATABASE_URL: server.url, ROVIEC_MASTER_KEY: testMasterKey }
  running = testProcess(new URL('tracing.fixture.ts', import.meta.url), [
    JSON.stringify(env),
    JSON.stringify([people.lead]),
  ])
  const line = await eventually(() => running.line('ready'), { timeout: 60_000 })
  ready = JSON.parse(line) as typeof ready
}, 120_000)
afterAll(async () => {
  await running.kill9()
  await server.close()
})

async function spansOf(traceId: string): Promise<readonly Span[]> {
  running.tell(traceId)
  return JSON.parse(await running.line('spans')) as Span[]
}

describe('a request', () => {
  it("is a span under its caller's, with the command, the decision and the append below", async () => {
    const [traceId, caller, commandId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', newId()]
    const answer = await fetch(`${ready.url}/api/v1/tasks/CCHC2025-II-5/transitions/Report`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ready.keys[people.lead]}`,
        'content-type': 'application/json',
        'idempotency-key': commandId,
        traceparent: `00-${traceId}-${caller}-01`,
      },
      body: JSON.stringify({
        data: { deliverableId: '2', period: 'Quý I/2025', summary: 'Nguyễn Văn An', percentage: 40 },
      }),
    })
    expect(answer.status).toBe(200)
    const own = await eventually(async () => {
      const all = await spansOf(traceId)
      return all.some(({ name }) => name.startsWith('POST')) ? all : false
    })
    const [request] = own.filter(({ name }) => name === 'POST /api/v1/tasks/:code/transitions/:name')
    const [command] = own.filter(({ name }) => name === 'roviec.command')
    const parts = own.filter(({ name }) => /^roviec\.(decide|append)$/.test(name))
    expect(request?.parent).toBe(caller)
    expect(command?.parent).toBe(request?.spanId)
    expect(new Map(parts.map(({ name, parent }) => [name, parent]))).toEqual(
      new Map([
        ['roviec.append', command?.spanId],
        ['roviec.decide', command?.spanId],
      ]),
    )
    const ids = {
      'roviec.command_id': commandId,
      'roviec.correlation_id': '0af76519-16cd-43dd-8448-eb211c80319c',
    }
    expect(request?.attributes).toEqual({
      ...ids,
      'http.request.method': 'POST',
      'http.route': '/api/v1/tasks/:code/transitions/:name',
      'http.response.status_code': 200,
    })
    expect(command?.attributes).toMatchObject({ ...ids, 'roviec.outcome': 'accepted' })
    expect(parts.map(({ attributes }) => attributes['roviec.event_id'])).toContain(deriveId(commandId, 0))
    expect(JSON.stringify(own)).not.toMatch(/Nguyễn|CCHC2025-II-5/)
  }, 30_000)
})
