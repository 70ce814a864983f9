import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '#testing'
import { startApi, type TestApi } from './api.test-support.js'
import { json, run } from './cli.test-support.js'

let api: TestApi
let folder: string
beforeAll(async () => {
  api = await startApi()
  folder = await mkdtemp(join(tmpdir(), 'roviec-rule-'))
}, 120_000)
afterAll(async () => {
  await api.close()
  await rm(folder, { recursive: true })
})

const path = '/api/v1/accountability-rule'
const document = { number: '31/QĐ-UBND', date: '2026-05-25', issuer: 'Chủ tịch UBND tỉnh Sơn La' }
const set = {
  validFrom: '2026-06-01',
  expectedDaysBefore: 3,
  reminders: [
    { afterDays: 1, to: 'owing' },
    { afterDays: 3, to: 'head' },
  ],
  document,
}
const defaults = {
  version: 'accountability/1',
  validFrom: null,
  document: null,
  expectedDaysBefore: 1,
  reminders: [
    { afterDays: 1, to: 'owing' },
    { afterDays: 3, to: 'owing' },
    { afterDays: 5, to: 'head' },
    { afterDays: 10, to: 'provincial-office' },
  ],
}

describe('the accountability rule over HTTP', () => {
  it('is set by a document alone, from a day, by those who may; what held before is still told', async () => {
    expect((await api.ask('lead', path)).body).toEqual(defaults)
    const change = `${path}/transitions/SetVersion`
    const { document: _document, ...undocumented } = set
    expect((await api.send('clerk', change, { data: undocumented })).status).toBe(400)
    expect((await api.send('lead', change, { data: set })).status).toBe(403)
    expect((await api.send('operator', change, { data: set })).status).toBe(403)
    const planned = await api.send('clerk', `${change}?dryRun=true`, { data: set })
    expect(planned.body).toMatchObject({ status: 'planned' })

    const done = await api.send('clerk', change, { data: set })
    expect(done.body).toMatchObject({
      status: 'accepted',
      events: [{ type: 'accountability-rule.VersionSet' }],
    })
    expect((await api.ask('lead', `${path}?date=2026-05-31`)).body).toEqual(defaults)
    const found = { ...set, version: 'accountability/2' }
    expect((await api.ask('lead', `${path}?date=2026-06-01`)).body).toEqual(found)
    expect((await api.ask('lead', `${path}?version=accountability/2`)).body).toEqual(found)
    const versions = await api.ask('lead', `${path}/versions`)
    expect(versions.headers.get('total-count')).toBe('2')
    expect(versions.body).toMatchObject([defaults, found])
    expect(versions.body[1].position).toBe(done.headers.get('roviec-position'))
    const unknown = await api.ask('lead', `${path}?version=accountability/7`)
    expect([unknown.status, unknown.body.code]).toEqual([404, 'rule-version-unknown'])
  })

  it('says what may be done with it, and why not the rest', async () => {
    const allowed = async (person: 'clerk' | 'lead'): Promise<unknown> => {
      const { body } = await api.ask(person, `${path}/transitions`)
      return (body as { name: string; allowed: boolean }[]).map((one) => [one.name, one.allowed])
    }
    expect(await allowed('clerk')).toEqual([
      ['Begin', false],
      ['SetVersion', true],
    ])
    expect((await allowed('lead')) as unknown[]).toContainEqual(['SetVersion', false])
  })
})

describe('roviec accountability-rule', () => {
  it('shows the rule, sets it by options or by a file, and tells what it was set by', async () => {
    const { env } = api
    expect(await json(['accountability-rule', 'show', '--date', '2026-01-01'], env)).toEqual(defaults)
    const cited = ['--document', '44/QĐ-UBND', '--issued-on', '2026-06-20', '--issuer', 'UBND tỉnh Sơn La']
    const times = [
      '--from',
      '2026-07-01',
      '--announce',
      '2',
      '--remind',
      '2:owing,4:head,8:provincial-office',
    ]
    const done = await json(['accountability-rule', 'set', ...times, ...cited], env)
    expect(done).toMatchObject({ status: 'accepted', version: 'accountability/3' })
    const again = await run(['accountability-rule', 'set', ...times, ...cited], env)
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('từ trước') })

    const file = join(folder, 'quy-tac.json')
    await writeFile(file, JSON.stringify({ ...set, validFrom: '2026-08-01' }))
    const filed = await run(['accountability-rule', 'set', '--file', file, '--announce', '5'], env)
    expect(filed.out).toContain('Quy tắc accountability/4, hiệu lực từ 01/08/2026')
    expect(filed.out).toContain('Căn cứ: 31/QĐ-UBND ngày 25/05/2026 của Chủ tịch UBND tỉnh Sơn La')
    const shown = await json(['accountability-rule', 'show', 'accountability/4'], env)
    expect(shown).toEqual({
      ...set,
      validFrom: '2026-08-01',
      expectedDaysBefore: 5,
      version: 'accountability/4',
    })
    const { out } = await run(['accountability-rule', 'versions'], env)
    expect(out).toContain('mặc định của chương trình, không theo văn bản nào')
  })

  it.each([
    [['--announce', 'ba', '--remind', '1:owing'], 'invalid-input'],
    [['--announce', '3', '--remind', '5:head,1:owing'], 'reminders-disordered'],
    [['--file', 'khong-co.json'], 'file-not-json'],
  ])('refuses %j: %s', async (options, code) => {
    const cited = ['--document', '44/QĐ-UBND', '--issued-on', '2026-06-20', '--issuer', 'UBND tỉnh Sơn La']
    const refused = await run(
      ['accountability-rule', 'set', '--from', '2026-09-01', ...options, ...cited],
      api.env,
    )
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(code) })
  })
})

it('duties name the version that they were opened by', async () => {
  const items = await eventually(async () => {
    const { body } = await api.ask('clerk', '/api/v1/accountability/duties?limit=500')
    expect(body.dossiers.items.length).toBeGreaterThan(0)
    for (const { rule } of body.dossiers.items) expect(rule).toMatch(/^accountability\/\d$/)
    return body.dossiers.items as { rule: string }[]
  })
  expect(items[0]!.rule).toBeDefined()
})
