import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { BusinessCalendar, parseMoment, usualOfficeHours } from '#calendar'
import { readCalendarSeed, seededCalendar } from '#calendar/record'
import { CollectedLines, currentLaw, evaluateDossiers } from '#dossiers'
import { eventually } from '#testing'
import { startApi, type Asked, type Person, type TestApi } from './api.test-support.js'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
}, 120_000)
afterAll(() => api.close())

const events = '/api/v1/dossiers/events'
const ndjson = { 'content-type': 'application/x-ndjson' }

const line = (id: string, type: string, occurredAt: string, more: object = {}) => ({
  source: 'mcdt',
  id,
  dossier: 'H52-1',
  type,
  occurredAt,
  procedure: 'DEMO-TT-10',
  ...more,
})

/** Due 04/5/2026. */
const life = [
  line('a', 'Accepted', '2026-04-15T09:00:00+07:00', { agency: 'Văn phòng UBND tỉnh' }),
  line('r', 'Resolved', '2026-05-06', { agency: 'Sở TP' }),
]

function send(
  body: string | Uint8Array<ArrayBuffer> | readonly object[],
  headers: Record<string, string> = {},
  person: Person = 'clerk',
): Promise<Asked> {
  const bytes =
    typeof body === 'string' || body instanceof Uint8Array
      ? body
      : body.map((each) => JSON.stringify(each)).join('\n')
  return api.ask(person, events, { method: 'POST', body: bytes, headers: { ...ndjson, ...headers } })
}

async function sent(body: Parameters<typeof send>[0], headers = {}): Promise<string[]> {
  const { body: answer } = await send(body, headers)
  return (answer.outcomes as { line: number; outcome: string; code?: string }[]).map(
    ({ line: number, outcome, code }) => [number, outcome, ...(code === undefined ? [] : [code])].join(' '),
  )
}

/** The answer of a read that shows what was sent last; a view that is behind says so, and is asked again. */
async function read(path: string, position: string, person: Person = 'clerk'): Promise<Asked> {
  return eventually(
    async () => {
      const asked = await api.ask(person, path, { headers: { 'roviec-at-least': position } })
      return asked.body?.code === 'view-behind' ? false : asked
    },
    { timeout: 60_000, what: `${path} at ${position}` },
  )
}

describe('messages over HTTP', () => {
  it('are answered line by line, plain or packed, as one document or as lines', async () => {
    expect(await sent([...life, {}])).toEqual(['1 accepted', '2 accepted', '3 rejected field-missing'])
    const packed = gzipSync(life.map((each) => JSON.stringify(each)).join('\n'))
    const answer = await fetch(new URL(events, api.url), {
      method: 'POST',
      body: packed,
      headers: {
        ...ndjson,
        authorization: `Bearer ${api.keys['van-thu-vpub']}`,
        'content-encoding': 'gzip',
        accept: 'application/x-ndjson',
        'accept-language': 'en',
      },
    })
    expect(answer.status).toBe(200)
    const lines = (await answer.text()).trimEnd().split('\n')
    expect(lines.map((each) => JSON.parse(each) as unknown)).toEqual([
      { line: 1, outcome: 'repeated' },
      { line: 2, outcome: 'repeated' },
      { summary: { lines: 2, accepted: 0, repeated: 2, rejected: 0, position: expect.any(String) } },
    ])
    expect((await send('')).body).toEqual({
      outcomes: [],
      summary: { lines: 0, accepted: 0, repeated: 0, rejected: 0, position: null },
    })
  })

  it('that are damaged or packed otherwise are told so, and the server goes on', async () => {
    const packed = gzipSync(JSON.stringify(life[0]))
    for (const [body, encoding, code] of [
      [Buffer.from('no gzip at all'), 'gzip', 'body-damaged'],
      [packed.subarray(0, packed.length - 6), 'gzip', 'body-damaged'],
      [packed, 'br', 'encoding-unsupported'],
    ] as const) {
      const refused = await send(body, { 'content-encoding': encoding })
      expect([refused.status, refused.body.code]).toEqual([400, code])
    }
    expect((await api.ask('clerk', '/api/v1/me')).status).toBe(200)
  })

  it('from a sender that goes away half way leave whole lines, and the server goes on', async () => {
    const gone = httpRequest(new URL(events, api.url), {
      method: 'POST',
      headers: { ...ndjson, authorization: `Bearer ${api.keys['van-thu-vpub']}` },
    })
    gone.on('error', () => undefined)
    gone.write(`${JSON.stringify(life[0])}\n{"source":`)
    await once(gone, 'socket')
    gone.destroy()
    expect(await sent(life)).toEqual(['1 repeated', '2 repeated'])
  })

  it('by a sender who reads nothing until everything is sent are not held up', async () => {
    const many = Array.from({ length: 8_000 }, (_, n) => `{"line":${n}}`).join('\n')
    const request = httpRequest(new URL(events, api.url), {
      method: 'POST',
      headers: { ...ndjson, authorization: `Bearer ${api.keys['van-thu-vpub']}` },
    })
    request.end(many)
    await once(request, 'finish')
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const answer = JSON.parse(await textOf(response)) as { summary: unknown }
    expect(answer.summary).toMatchObject({ lines: 8_000, rejected: 8_000 })
  }, 60_000)

  it('are taken from connectors and clerks alone', async () => {
    for (const person of ['lead', 'auditor', 'operator'] as const)
      expect((await send(life, {}, person)).status).toBe(403)
    expect((await api.ask(null, events, { method: 'POST', body: '{}', headers: ndjson })).status).toBe(401)
  })
})

describe('a dossier', () => {
  it('is exactly what the evaluation makes of the same lines, as of any moment and as known at any', async () => {
    const { body: history } = await api.ask('clerk', '/api/v1/dossiers/H52-1/history')
    const received = new Map(
      (history as { id: string; receivedAt: string }[]).map(({ id, receivedAt }) => [id, receivedAt]),
    )
    const { body: procedure } = await api.ask('clerk', '/api/v1/procedures/DEMO-TT-10')
    const calendar = new BusinessCalendar(seededCalendar(readCalendarSeed()))
    for (const [asOf, knownAt] of [
      ['2026-04-20', null],
      ['2026-05-05', null],
      ['2026-06-30T08:00', null],
      ['2026-06-30', received.get('r')!],
    ] as const) {
      const lines = new CollectedLines(calendar, () => null)
      for (const each of life)
        lines.take({ number: 1, text: JSON.stringify({ ...each, recordedAt: received.get(each.id) }) })
      const moment = parseMoment(asOf)
      const rulebook = {
        calendar,
        hours: usualOfficeHours,
        law: currentLaw,
        procedures: new Map([['DEMO-TT-10', procedure.versions]]),
      }
      const cut = {
        asOf: moment,
        knownAt: knownAt === null ? null : parseMoment(knownAt),
        period: { from: '0001-01-01', to: moment.date },
      }
      const expected = evaluateDossiers(rulebook, lines, cut).next().value
      const query = new URLSearchParams({ asOf, ...(knownAt !== null && { knownAt }) })
      const shown = await api.ask('clerk', `/api/v1/dossiers/H52-1?${query.toString()}`)
      expect(shown.body).toEqual(JSON.parse(JSON.stringify(expected)))
    }
    const before = await api.ask('clerk', '/api/v1/dossiers/H52-1?knownAt=2020-01-01')
    expect([before.status, before.body.code]).toEqual([404, 'dossier-not-yet'])
  })

  it('is listed as it stands, a page at a time', async () => {
    const late = await api.ask('clerk', '/api/v1/dossiers?source=mcdt&late=true')
    expect(late.headers.get('total-count')).toBe('1')
    expect(late.body).toEqual([
      {
        source: 'mcdt',
        dossier: 'H52-1',
        procedure: 'DEMO-TT-10',
        agency: 'Văn phòng UBND tỉnh',
        status: 'open',
        clock: 'ended',
        submitted: null,
        accepted: '2026-04-15',
        firstDue: '2026-05-04',
        due: '2026-05-04',
        reappointedTo: null,
        ended: '2026-05-06',
        late: true,
        lateDays: 2,
        missing: ['explanation', 'acceptance', 'apology', 'delivery'],
        problem: null,
      },
    ])
    const codes: string[] = []
    let path: string | null = '/api/v1/dossiers?prefix=DEMO&sort=code&order=desc&limit=3'
    for (; path !== null;) {
      const page: Asked = await api.ask('clerk', path)
      expect(page.headers.get('total-count')).toBe('8')
      codes.push(...(page.body as { dossier: string }[]).map(({ dossier }) => dossier))
      path = /<(.+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? null
    }
    expect(codes).toHaveLength(8)
    expect(codes).toEqual(codes.toSorted().toReversed())
    const none = await api.ask('clerk', '/api/v1/dossiers?prefix=nothing')
    expect([none.body, none.headers.get('total-count')]).toEqual([[], '0'])
  })

  it('of other agencies stays unseen; its own acts on it', async () => {
    const explain = { data: { text: 'Chờ ý kiến thẩm định' } }
    const act = (person: Person, name: string, body: object) =>
      api.send(person, `/api/v1/dossiers/H52-1/transitions/${name}`, body)
    expect((await api.ask('stranger', '/api/v1/dossiers/H52-1')).body.code).toBe('outside-scope')
    expect((await api.ask('stranger', '/api/v1/dossiers?source=mcdt')).body).toEqual([])
    expect((await act('stranger', 'Explain', explain)).status).toBe(403)
    const refused = await act('clerk', 'Close', {})
    expect([refused.status, refused.body.code, refused.body.missing]).toEqual([
      422,
      'closing-refused',
      ['explanation', 'acceptance', 'apology'],
    ])
    expect((await act('lead', 'Explain', explain)).status).toBe(200)
    expect((await act('head', 'AcceptExplanation', {})).status).toBe(200)
    const apology = { data: { reason: 'Chậm do thẩm định', signer: { position: 'Giám đốc' } } }
    expect((await act('head', 'IssueApology', apology)).status).toBe(200)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const path = '/api/v1/dossiers/H52-1/transitions/Close'
    const closed = await api.send('clerk', path, {}, key)
    expect([closed.status, closed.body.status, closed.body.state.status]).toEqual([200, 'accepted', 'closed'])
    const again = await api.send('clerk', path, {}, key)
    expect([again.status, again.body.status]).toEqual([200, 'repeated'])
    const forged = await act('clerk', 'TakeMessages', { data: {} })
    expect([forged.status, forged.body.code]).toEqual([404, 'transition-unknown'])
  })

  it('whose code two sources use asks for the source; one that no stream can be named by is found', async () => {
    const odd = [
      line('x', 'Accepted', '2026-04-15', { source: 'dvc' }),
      line('y', 'Accepted', '2026-04-15', { dossier: 'Hồ sơ 7/2026 #1' }),
    ]
    const { body } = await send(odd)
    const ambiguous = await read('/api/v1/dossiers/H52-1', body.summary.position)
    expect([ambiguous.status, ambiguous.body.code, ambiguous.body.sources]).toEqual([
      400,
      'dossier-ambiguous',
      ['dvc', 'mcdt'],
    ])
    expect((await api.ask('clerk', '/api/v1/dossiers/H52-1?source=dvc')).body.clock).toBe('running')
    const path = `/api/v1/dossiers/${encodeURIComponent('Hồ sơ 7/2026 #1')}`
    expect((await api.ask('clerk', path)).body.firstDue).toBe('2026-05-04')
    expect((await api.ask('clerk', '/api/v1/dossiers/none')).body.code).toBe('dossier-unknown')
  })
})

describe('lines that were not taken', () => {
  it('are listed with their reason until they are taken, and shown one by one', async () => {
    const late = line('l', 'Accepted', '2024-06-03', { dossier: 'H52-9' })
    expect(await sent([late])).toEqual(['1 rejected procedure-unknown'])
    const path = '/api/v1/dossiers/rejected?source=mcdt&reason=procedure-unknown'
    const head = async () => (await send([life[0]!])).body.summary.position as string
    const open = await read(path, await head())
    expect(open.headers.get('total-count')).toBe('1')
    expect(open.body[0]).toMatchObject({ id: 'l', dossier: 'H52-9', state: 'open', cut: false })
    const one = await api.ask('clerk', `/api/v1/dossiers/rejected/${open.body[0].key}`)
    expect(JSON.parse(one.body.line as string)).toEqual(late)
    expect((await api.ask('lead', path)).status).toBe(403)
    // Sent again as it can be taken: the fact itself settles the line.
    const { body } = await send([{ ...late, occurredAt: '2026-04-15' }])
    expect((await read(path, body.summary.position)).headers.get('total-count')).toBe('0')
    expect((await api.ask('clerk', `${path}&state=taken`)).headers.get('total-count')).toBe('1')
  })
})
