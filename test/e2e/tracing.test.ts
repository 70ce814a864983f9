import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { EventMetadata, Trace, TracedEvent } from '#engine'
import { deriveId, newId } from '#kernel'
import {
  eventually,
  openLog,
  testDatabase,
  testMasterKey,
  testProcess,
  type TestDatabase,
  type TestProcess,
} from '#testing'
import { people } from './api.test-support.js'
import { json, run } from './cli.test-support.js'
import { seeded } from './seeded.test-support.js'

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
  server = await testDatabase(seeded)
  const env = { ROVIEC_DATABASE_URL: server.url, ROVIEC_MASTER_KEY: testMasterKey }
  running = testProcess(new URL('tracing.fixture.ts', import.meta.url), [
    JSON.stringify(env),
    JSON.stringify([people.lead, people.auditor]),
  ])
  const line = await eventually(() => running.line('ready'), { timeout: 60_000 })
  ready = JSON.parse(line) as typeof ready
}, 120_000)
afterAll(async () => {
  await running.kill9()
  await server.close()
})

/** All of every trace that carries the id, of a trace or of a correlation. */
async function spansOf(id: string): Promise<readonly Span[]> {
  running.tell(id)
  return JSON.parse(await running.line('spans')) as Span[]
}

function report(traceparent: string, commandId: string): Promise<Response> {
  return fetch(`${ready.url}/api/v1/tasks/CCHC2025-II-5/transitions/Report`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ready.keys[people.lead]}`,
      'content-type': 'application/json',
      'idempotency-key': commandId,
      traceparent,
    },
    body: JSON.stringify({
      data: { deliverableId: '2', period: 'Quý I/2025', summary: 'Nguyễn Văn An', percentage: 40 },
    }),
  })
}

describe('the log of a first start', () => {
  it('says of every event who, by which command and in which correlation', async () => {
    const store = await openLog(server.url)
    const mute: string[] = []
    for await (const page of store.readAll())
      for (const { type, metadata } of page) {
        const { actor, commandId, correlationId } = metadata as Partial<EventMetadata>
        if (!actor || !commandId || !correlationId) mute.push(type)
      }
    await store.close()
    expect(mute).toEqual([])
  })
})

describe('a request', () => {
  it("is a span under its caller's, with the command, the decision and the append below", async () => {
    const [traceId, caller, commandId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', newId()]
    const answer = await report(`00-${traceId}-${caller}-01`, commandId)
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

describe('the chain from a request over an event, a process and a timer to another command', () => {
  const commandId = newId()
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const correlationId = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736'
  const first = deriveId(commandId, 0)
  const pathOf = ([root]: readonly TracedEvent[]): readonly TracedEvent[] =>
    root === undefined ? [] : [root, ...pathOf(root.caused)]

  /** As asked about its last event: the way from the start to it. */
  async function wholeWay(): Promise<{ readonly trace: Trace; readonly way: readonly TracedEvent[] }> {
    const ask = async (id: string): Promise<Trace> => {
      const headers = { authorization: `Bearer ${ready.keys[people.auditor]}` }
      const answer = await fetch(`${ready.url}/api/v1/events/${id}/trace`, { headers })
      expect(answer.status).toBe(200)
      return (await answer.json()) as Trace
    }
    return eventually(
      async () => {
        const flat = (nodes: readonly TracedEvent[]): readonly TracedEvent[] =>
          nodes.flatMap((node) => [node, ...flat(node.caused)])
        const last = flat((await ask(first)).roots).find(({ type }) => type === 'note.Noted')
        expect(last).toBeDefined()
        const trace = await ask(last!.id)
        return { trace, way: pathOf(trace.roots) }
      },
      { timeout: 60_000, what: 'the end of the chain' },
    )
  }

  it('is told by the API and the command line as one tree, and followed by spans with the same ids', async () => {
    const sent = await report(`00-${traceId}-00f067aa0ba902b7-01`, commandId)
    expect([sent.status, sent.headers.get('roviec-correlation')]).toEqual([200, correlationId])
    const { trace, way } = await wholeWay()
    expect(way.map(({ type, actor, transition }) => [type, actor, transition])).toEqual([
      ['task.Reported', people.lead, 'Report'],
      ['process.Reacted', 'system', 'React'],
      ['timer.Scheduled', 'system', 'Schedule'],
      ['timer.Fired', 'system', 'Fire'],
      ['process.Reacted', 'system', 'React'],
      ['note.Noted', 'system', 'Note'],
    ])
    expect([way[0]!.id, way[0]!.commandId]).toEqual([first, commandId])
    for (const [at, event] of way.entries())
      expect([event.causationId, event.correlationId]).toEqual([way[at - 1]?.id ?? null, correlationId])

    const env = { ROVIEC_DATABASE_URL: server.url, ROVIEC_MASTER_KEY: testMasterKey }
    expect(await json(['why', way.at(-1)!.id], env)).toEqual(trace)
    const { out } = await run(['why', way.at(-1)!.id], env)
    const branches = out.split('\n').flatMap((line) => {
      const [, indent, type] = /^([ │├└─]*)([a-z]+\.[A-Z][A-Za-z]+) {2}/.exec(line) ?? []
      return type === undefined ? [] : [[indent!.length / 3, type]]
    })
    expect(branches).toEqual(way.map(({ type }, depth) => [depth, type]))

    const spans = await spansOf(correlationId)
    const ids = (name: string, id: string): unknown[] =>
      spans.filter((span) => span.name === name).map(({ attributes }) => attributes[`roviec.${id}`])
    expect(ids('roviec.append', 'event_id')).toEqual(expect.arrayContaining(way.map(({ id }) => id)))
    expect(ids('roviec.command', 'command_id')).toEqual(
      expect.arrayContaining(way.map((event) => event.commandId)),
    )
    expect(ids('POST /api/v1/tasks/:code/transitions/:name', 'command_id')).toEqual([commandId])
    // Each is followed from the event that it answers to.
    expect(ids('roviec.process.reaction', 'event_id')).toEqual(
      expect.arrayContaining([way[0]!.id, way[3]!.id]),
    )
    expect(ids('roviec.timer.fire', 'event_id')).toEqual([way[2]!.id])
    for (const name of ['roviec.command', 'roviec.process.reaction', 'roviec.timer.fire'])
      expect(new Set(ids(name, 'correlation_id'))).toEqual(new Set([correlationId]))
    expect(JSON.stringify([trace, out, spans])).not.toContain('Nguyễn')
  }, 120_000)
})
