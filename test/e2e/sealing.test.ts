import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createDatabase, type Database } from '#database'
import { viewsWithPersonalFields } from '#platform'
import { agencyId } from '#registry'
import { emptyEventStoreDb, eventually } from '#testing'
import { testKeys } from '#testing/workflow'
import { startApi, type Asked, type Person, type TestApi } from './api.test-support.js'
import { formsOf, tablesWith } from './search-database.test-support.js'

/** Stands in every personal text that is sent, and nowhere else. */
const marker = 'Dau-hieu-rieng-tu-9f3k'
/** Stands in a field that is public on purpose: the search finds what is there. */
const open = 'Quy-cong-khai-7x2m'
const task = '/api/v1/tasks/CCHC2025-II-5'
const said = (what: string): string => `${marker}: ${what}`
const deliverableId = '1'
const lead = 'Sở Tư pháp'

/** Every transition of a task that takes a personal text, in an order in which all are accepted. */
const accepted: readonly (readonly [Person, string, object])[] = [
  ['lead', 'Explain', { deliverableId, text: said('chờ hướng dẫn') }],
  ['head', 'RejectExplanation', { deliverableId, reason: said('chưa rõ') }],
  ['lead', 'Report', { period: open, summary: said('đang làm') }],
  ['clerk', 'IssueApology', { deliverableId, text: said('xin lỗi') }],
  ['clerk', 'Reopen', { reason: said('thiếu văn bản') }],
  ['lead', 'RequestExtension', { deliverableId, due: '2027-01-31', reason: said('đông việc') }],
  ['assigner', 'RefuseExtension', { deliverableId, reason: said('không có lý do') }],
  ['lead', 'RequestExtension', { deliverableId, due: '2027-02-28', reason: said('vẫn đông việc') }],
  ['assigner', 'GrantExtension', { deliverableId, due: '2027-02-28', reason: said('đồng ý') }],
  ['clerk', 'Reassign', { lead: [{ agencyId: agencyId('son-la', lead), name: lead }], reason: said('gọn') }],
  ['lead', 'Decline', { reason: said('không đúng việc') }],
  ['clerk', 'Withdraw', { reason: said('trùng') }],
]

/** Sent, and come to nothing. */
const refused: readonly (readonly [number, Person, string, object])[] = [
  [403, 'stranger', 'Explain', { deliverableId, text: said('người ngoài') }],
  [400, 'lead', 'Explain', { deliverableId, txet: said('sai tên trường') }],
  [400, 'lead', 'Explain', { deliverableId: said('sai chỗ'), text: said('x') }],
  [400, 'lead', 'Explain', { deliverableId, text: { $sealed: said('tự niêm phong') } }],
  [422, 'assigner', 'RefuseExtension', { deliverableId, reason: said('chưa có đề nghị') }],
  [422, 'lead', 'Explain', { deliverableId: '77', text: said('không có sản phẩm') }],
]

const line = (id: string, more: object): string =>
  JSON.stringify({
    source: 'mcdt',
    id,
    dossier: 'H52-1',
    type: 'Accepted',
    occurredAt: '2026-04-15T09:00:00+07:00',
    procedure: 'DEMO-TT-10',
    agency: 'Văn phòng UBND tỉnh',
    ...more,
  })
const byName = { by: { name: said('tên'), position: 'Công chức' }, reason: said('lý do') }
const lines = [
  line('a', { data: byName }),
  line('b', { type: 'Không có loại này', data: byName }),
  `{"không phải JSON ${said('dòng hỏng')}`,
]

interface Sent {
  readonly accepted: readonly Asked[]
  readonly refused: readonly (readonly [number, Asked])[]
  readonly heard: string
}

/** Everything above, with a listener on the stream of changes. */
async function play(api: TestApi): Promise<Sent> {
  const stop = new AbortController()
  let heard = ''
  const stream = await fetch(new URL('/api/v1/stream', api.url), {
    headers: { authorization: `Bearer ${api.keys['van-thu-vpub']}` },
    signal: stop.signal,
  })
  const listening = (async () => {
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) heard += chunk
  })().catch(() => undefined)
  const send = (person: Person, name: string, data: object, query = ''): Promise<Asked> =>
    api.send(person, `${task}/transitions/${name}${query}`, { data })
  const answers: [number, Asked][] = []
  for (const [status, person, name, data] of refused) answers.push([status, await send(person, name, data)])
  const taken: Asked[] = []
  for (const [person, name, data] of accepted) {
    await send(person, name, data, '?dryRun=true')
    taken.push(await send(person, name, data))
  }
  await api.ask('clerk', '/api/v1/dossiers/events', {
    method: 'POST',
    body: lines.join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  })
  await api.ask(null, `${task}?text=${marker}`)
  await eventually(() => heard.includes('task.Withdrawn'), { what: 'the last change on the stream' })
  stop.abort()
  await listening
  return { accepted: taken, refused: answers, heard }
}

/** Until the views have everything: whatever holds a text, holds it now. */
async function settled(api: TestApi, { accepted: taken }: Sent): Promise<void> {
  const position = taken.at(-1)!.headers.get('roviec-position')!
  for (const path of ['/api/v1/tasks', '/api/v1/dossiers', '/api/v1/dossiers/rejected'])
    await eventually(
      async () => (await api.ask('clerk', path, { headers: { 'roviec-at-least': position } })).status === 200,
    )
}

describe('personal texts over PostgreSQL', () => {
  let api: TestApi
  let sent: Sent
  let database: Database
  beforeAll(async () => {
    api = await startApi({ ROVIEC_EVENTSTORE_URL: '' })
    database = createDatabase({ connection: api.databaseUrl })
    sent = await play(api)
    await settled(api, sent)
  }, 120_000)
  afterAll(async () => {
    await database.close()
    await api.close()
  })

  const history = async (person: Person): Promise<readonly { reason: unknown; text: unknown }[]> =>
    (await api.ask(person, `${task}/history`)).body
  const words = async (person: Person): Promise<readonly unknown[]> =>
    (await history(person)).flatMap(({ reason, text }) => [reason, text]).filter((word) => word !== null)

  it('are taken with every transition that has one', () => {
    expect(sent.accepted.map(({ status, body }) => [status, body.status])).toEqual(
      accepted.map(() => [200, 'accepted']),
    )
    expect(sent.refused.map(([, { status }]) => status)).toEqual(refused.map(([status]) => status))
  })

  it('stand in no table, whatever its schema and the type of its columns', async () => {
    expect(await tablesWith(database, open)).toContainEqual(expect.stringMatching(/event/))
    expect(await tablesWith(database, marker)).toEqual([])
  })

  it('stand in no refusal, on no stream and in nothing the server has written', () => {
    const texts = [sent.heard, api.errors(), ...sent.refused.map(([, { text }]) => text)]
    for (const text of texts) for (const form of formsOf(marker)) expect(text).not.toContain(form)
  })

  it('are given back to those who may read them', async () => {
    expect(sent.accepted[0]!.body.events[0].data.text).toBe(said('chờ hướng dẫn'))
    for (const person of ['clerk', 'lead', 'head', 'homeAffairs', 'inspectorate', 'auditor'] as const) {
      const shown = await words(person)
      expect(shown.length).toBeGreaterThanOrEqual(accepted.length)
      expect([person, shown.filter((word) => !String(word).startsWith(marker))]).toEqual([person, []])
    }
  })

  it('are sealed for a coordinating agency and closed to an operator', async () => {
    expect(new Set((await words('stranger')).map((word) => JSON.stringify(word)))).toEqual(
      new Set(['{"sealed":true}']),
    )
    expect((await api.ask('operator', `${task}/history`)).status).toBe(403)
  })

  it('stand sealed in those views alone that are named for it', async () => {
    const tables = await tablesWith(database, '"$sealed"')
    const views = tables.filter((name) => !/^(roviec|event_store)\./.test(name))
    const { rows } = await database.query<{ name: string }>(
      "SELECT DISTINCT name FROM roviec.projection WHERE standing = 'live'",
    )
    const holding = rows.map(({ name }) => name).filter((name) => views.some((table) => table.includes(name)))
    expect(holding).toEqual(viewsWithPersonalFields.map(({ view }) => view).toSorted())
  })

  it('are erased with their key, and the task is as it was', async () => {
    const before = (await api.ask('clerk', task)).body
    expect(await testKeys(database).erase('task-CCHC2025-II-5')).toBe(true)
    await eventually(async () => JSON.stringify(await words('clerk')).includes('"erased":true'))
    expect(new Set((await words('clerk')).map((word) => JSON.stringify(word)))).toEqual(
      new Set(['{"erased":true}']),
    )
    expect((await api.ask('clerk', task)).body).toEqual(before)
  })
})

const eventStoreDb = emptyEventStoreDb()

describe(`personal texts over EventStoreDB, ${eventStoreDb.what}`, () => {
  it('stand in no event and in no table', async () => {
    const server = await eventStoreDb.start()
    const api = await startApi({ ROVIEC_EVENTSTORE_URL: server.url })
    const database = createDatabase({ connection: api.databaseUrl })
    try {
      const sent = await play(api)
      await settled(api, sent)
      const log = await wholeLog(server.url)
      const holds = (form: string): boolean => log.some((event) => event.includes(form))
      expect([open, ...formsOf(marker)].filter(holds)).toEqual([open])
      expect(await tablesWith(database, marker)).toEqual([])
    } finally {
      await database.close()
      await api.close()
      await server.stop()
    }
  }, 120_000)
})

/** Every event as text, as the server has it and not as the adapter gives it. */
async function wholeLog(url: string): Promise<readonly string[]> {
  const client = EventStoreDBClient.connectionString(url)
  const events: string[] = []
  for await (const { event } of client.readAll()) if (event) events.push(JSON.stringify(event, withBigInts))
  await client.dispose()
  return events
}

function withBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
