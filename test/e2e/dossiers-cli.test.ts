import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabase, type TestDatabase } from '#testing'
import { json, run } from './cli.test-support.js'
import { based } from './seeded.test-support.js'

let database: TestDatabase
let env: Record<string, string>
let folder: string
beforeAll(async () => {
  database = await testDatabase(based)
  env = { ROVIEC_DATABASE_URL: database.url }
  folder = await mkdtemp(join(tmpdir(), 'roviec-dossiers-'))
}, 60_000)
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const line = (id: string, type: string, occurredAt: string, more: object = {}) =>
  JSON.stringify({
    source: 'mcdt',
    id,
    dossier: 'H52-1',
    type,
    occurredAt,
    procedure: '1.001',
    agency: 'Sở Tư pháp',
    ...more,
  })

describe('roviec dossiers', () => {
  it('brings in an export, tells what was not taken and takes it once it can be', async () => {
    const lines = [line('a', 'Accepted', '2026-04-15'), 'not json', line('r', 'Resolved', '2026-05-06')]
    const path = await file('mcdt.ndjson.gz', gzipSync(lines.join('\n')))
    const first = await json(['dossiers', 'import', path], env)
    expect(first).toMatchObject({ lines: 3, accepted: 0, rejected: 3 })

    const table = await file(
      'thu-tuc.csv',
      'Mã thủ tục,Tên thủ tục,Thời hạn giải quyết,Căn cứ\n1.001,Cấp giấy phép,10 ngày làm việc,QĐ 1/QĐ-UBND\n',
    )
    expect(await json(['procedures', 'import', table], env)).toEqual([
      { row: 2, code: '1.001', outcome: 'added', problem: null },
    ])
    expect((await json(['procedures', 'import', table], env))[0].outcome).toBe('unchanged')

    const retried = await json(['dossiers', 'rejected', 'retry', '--reason', 'procedure-unknown'], env)
    expect(retried.outcomes.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'accepted',
      'accepted',
    ])
    const left = await json(['dossiers', 'rejected', 'list'], env)
    expect(left.map(({ code }: { code: string }) => code)).toEqual(['line-not-json'])
    expect(
      (await run(['dossiers', 'rejected', 'dismiss', left[0].key, '--why', 'Dòng thừa'], env)).code,
    ).toBe(0)
    expect(await json(['dossiers', 'rejected', 'list'], env)).toEqual([])
  }, 120_000)

  it('answers for a dossier as evaluate does, and lists it', async () => {
    const dossier = await json(['dossier', 'H52-1', '--as-of', '2026-06-01'], env)
    const [accepted, resolved] = await json(['dossier', 'H52-1', '--history'], env)
    const evaluated = await run(
      ['dossiers', 'evaluate', '-', '--as-of', '2026-06-01'],
      env,
      [
        JSON.stringify({ kind: 'procedure', code: '1.001', time: 10 }),
        line('a', 'Accepted', '2026-04-15', { recordedAt: accepted.receivedAt }),
        line('r', 'Resolved', '2026-05-06', { recordedAt: resolved.receivedAt }),
      ].join('\n'),
    )
    expect(dossier).toEqual(JSON.parse(evaluated.out).dossiers[0])
    expect(dossier).toMatchObject({ due: '2026-05-04', late: true, calendarVersion: 'vn/7' })
    const text = await run(['dossier', 'H52-1', '--as-of', '2026-06-01'], env)
    expect(text.out).toContain('Còn thiếu:\n  giải trình: Sở Tư pháp')
    const list = await json(['dossiers', 'list', '--late', 'true'], env)
    expect(list).toMatchObject({ total: 1, items: [{ dossier: 'H52-1', lateDays: 2 }] })
  }, 60_000)

  it('takes the table of a one-stop system, which has to name its source', async () => {
    const path = await file(
      'mot-cua.csv',
      'Mã hồ sơ,Chủ hồ sơ,Thủ tục,Ngày tiếp nhận,Ngày có kết quả\nH52-2,,1.001,15/04/2026,20/04/2026\n',
    )
    const unnamed = await run(['dossiers', 'import', path], env)
    expect([unnamed.code, unnamed.err]).toEqual([1, expect.stringContaining('--source')])
    expect(await json(['dossiers', 'import', path, '--source', 'mcdt'], env)).toMatchObject({
      accepted: 2,
      unreadHeadings: ['Chủ hồ sơ'],
    })
    expect((await json(['dossier', 'H52-2'], env)).early).toBe(true)
    expect((await run(['dossiers', 'import', 'none.xlsx'], env)).err).toContain('file-not-found')
  }, 60_000)
})
