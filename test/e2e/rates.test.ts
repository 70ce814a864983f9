import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startApi, type TestApi } from './api.test-support.js'
import { json, run } from './cli.test-support.js'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
}, 120_000)
afterAll(() => api.close())

const rates = '/api/v1/dossiers/rates'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

async function fileOf(path: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${api.keys['van-thu-vpub']}`
  const response = await fetch(new URL(path, api.url), { headers: { authorization, ...headers } })
  const bytes = Buffer.from(await response.arrayBuffer())
  const type = response.headers.get('content-type')
  return {
    type,
    name: response.headers.get('content-disposition'),
    digest: createHash('sha256').update(bytes).digest('hex'),
    isZip: bytes.subarray(0, 2).toString() === 'PK',
  }
}

describe('rates over HTTP', () => {
  it('tell a figure with its period, formula and place, and the list behind it', async () => {
    const { status, body } = await api.ask('clerk', `${rates}?period=2025-Q3&formula=don-gian`)
    expect(status).toBe(200)
    expect(body.period).toMatchObject({ from: '2025-06-15', to: '2025-09-10', kind: 'report' })
    expect(body.total.denominator).toBeGreaterThan(0)
    const { position } = body as { position: string }
    const again = await api.ask('clerk', `${rates}?period=2025-Q3&formula=don-gian&at=${position}`)
    expect(again.body).toEqual(body)
    const page = await api.ask(
      'clerk',
      `${rates}/items?period=2025-Q3&formula=don-gian&limit=1&at=${position}`,
    )
    expect([page.body.items.length, page.body.total]).toEqual([1, body.total])
    const next = /<(.+)>; rel="next"/.exec(page.headers.get('link') ?? '')![1]!
    const second = await api.ask('clerk', next)
    expect([second.status, second.body.items.length, second.body.position]).toEqual([200, 1, position])
    expect(second.body.items[0].dossier).not.toBe(page.body.items[0].dossier)
  })

  it('are of the days that a document sets for a period, and as of an older position of those before', async () => {
    const before = await api.ask('clerk', `${rates}?period=2026-Q1`)
    expect(before.body.period).toMatchObject({ from: '2026-01-01', to: '2026-03-31', kind: 'calendar' })
    const document = { number: '12/KH-UBND', date: '2026-01-15', issuer: 'UBND tỉnh Lạng Sơn' }
    const data = { name: '2026-Q1', from: '2025-12-15', to: '2026-03-10', dueBefore: '2026-03-12', document }
    const path = '/api/v1/report-periods'
    expect((await api.send('lead', `${path}/transitions/SetPeriod`, { data })).status).toBe(403)
    const set = await api.send('clerk', `${path}/transitions/SetPeriod`, { data })
    expect(set.status).toBe(200)
    expect((await api.ask('lead', path)).body).toContainEqual(
      expect.objectContaining({
        name: '2026-Q1',
        source: '12/KH-UBND ngày 15/01/2026 của UBND tỉnh Lạng Sơn',
      }),
    )
    const seen = { headers: { 'roviec-at-least': set.headers.get('roviec-position')! } }
    const after = await api.ask('clerk', `${rates}?period=2026-Q1`, seen)
    expect(after.body.period).toMatchObject({ from: '2025-12-15', to: '2026-03-10', kind: 'report' })
    for (const told of [before, after]) {
      const again = await api.ask('clerk', `${rates}?period=2026-Q1&at=${told.body.position}`)
      expect(again.body).toEqual(told.body)
      const items = await api.ask('clerk', `${rates}/items?period=2026-Q1&at=${told.body.position}`)
      expect([items.body.period, items.body.position]).toEqual([told.body.period, told.body.position])
    }
    const asked = ['report-periods', 'set', '2026-Q2', '--from', '2026-03-11', '--to', '2026-06-10']
    const cited = ['--document', '12/KH-UBND', '--issued-on', '2026-01-15', '--issuer', 'UBND tỉnh Lạng Sơn']
    expect(await json([...asked, ...cited], api.env)).toMatchObject({ status: 'accepted' })
    const { out } = await run(['report-periods', 'list'], api.env)
    expect(out).toContain('12/KH-UBND ngày 15/01/2026 của UBND tỉnh Lạng Sơn')
    expect((await json(['rates', '--period', '2026-Q2'], api.env)).period.to).toBe('2026-06-10')
  })

  it('come as a workbook and a document, the same bytes for the same position', async () => {
    const { body } = await api.ask('clerk', rates)
    const path = `${rates}?period=2025&at=${body.position}`
    const first = await fileOf(path, { accept: spreadsheet })
    expect(first).toMatchObject({ type: spreadsheet, isZip: true })
    expect(first.name).toContain('.xlsx')
    expect(await fileOf(`${path}&format=xlsx`)).toEqual(first)
    expect(await fileOf(`${path}&format=docx`)).toMatchObject({
      type: expect.stringContaining('wordprocessingml'),
      isZip: true,
    })
    expect((await api.ask('clerk', `${path}&format=pdf`)).body.code).toBe('format-unknown')
  })

  it('are never told of a position that the view has not reached', async () => {
    const answer = await api.ask('clerk', `${rates}?at=999999999`)
    expect([answer.status, answer.body.code]).toEqual([expect.any(Number), 'view-behind'])
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })

  it('are those of their own agency for its officers', async () => {
    const all = await api.ask('clerk', `${rates}?period=2025`)
    const stranger = await api.ask('stranger', `${rates}?period=2025`)
    expect(all.body.total.denominator).toBeGreaterThan(0)
    expect(stranger.body.total.denominator).toBe(0)
  })
})

describe('the register over HTTP', () => {
  it('has dossiers and tasks side by side in the same columns', async () => {
    const { status, body, headers } = await api.ask('clerk', '/api/v1/accountability?asOf=2025-12-31')
    expect(status).toBe(200)
    expect(headers.get('total-count')).toBe(String(body.dossiers.total))
    expect(body.dossiers.items.length).toBe(body.dossiers.total)
    const late = await api.ask('clerk', '/api/v1/tasks/late?asOf=2025-12-31')
    const open = (late.body as { explained: boolean }[]).filter(({ explained }) => !explained)
    expect(body.tasks.total).toBe(open.length)
    expect(open.length).toBeGreaterThan(0)
    const columns = [body.dossiers.items[0], body.tasks.items[0]].map((line: object) =>
      Object.keys(line).sort(),
    )
    expect(columns[0]).toEqual(columns[1])
  })
})
