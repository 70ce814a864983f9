import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase, type TestDatabase } from '#testing'
import { json, run, start } from './cli.test-support.js'
import { based } from './seeded.test-support.js'

const about = ['--code', 'CCHC2025', '--issuer', 'Chủ tịch UBND tỉnh', '--year', '2025', '--declared', '72']
const file = 'seeds/phu-luc-2025.csv'

let directory: string
let original: string
/** With the plan in it, for whatever does not need an empty one. */
let database: TestDatabase
let env: Record<string, string>
beforeAll(async () => {
  database = await testDatabase(based)
  env = { ROVIEC_DATABASE_URL: database.url }
  await json(['import', file, ...about], env)
  directory = await mkdtemp(join(tmpdir(), 'roviec-import-'))
  original = await readFile(file, 'utf8')
}, 120_000)
afterAll(async () => {
  await database.close()
  await rm(directory, { recursive: true })
})
async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, content)
  return path
}

/** What an import records: whatever is overdue by then is raised a while later, by a timer. */
const recordedEvents = `SELECT count(*)::int AS n FROM event_log.event WHERE type <> 'task.Overdue' AND stream`

/** The record without its instants: what two imports of the same file must agree in. */
async function record(of: TestDatabase): Promise<unknown> {
  await json(['tasks', '--plan', 'CCHC2025'], { ROVIEC_DATABASE_URL: of.url })
  const connection = of.connect()
  const { rows } = await connection.query(
    `SELECT code, (${recordedEvents} = 'task-' || code) AS events, state - 'deliverables' AS state,
            (SELECT json_agg(each.d - 'overdueFor' ORDER BY each.n)
               FROM jsonb_array_elements(state->'deliverables') WITH ORDINALITY each (d, n)) AS deliverables
       FROM (SELECT code, state::jsonb FROM view.task_board_task) task ORDER BY code`,
  )
  return JSON.parse(JSON.stringify(rows).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'an instant'))
}

describe('an import', () => {
  it('that is killed at any moment goes on where it stopped and ends as a clean one', async () => {
    const clean = await record(database)
    const crashing = await testDatabase(based)
    const own = { ROVIEC_DATABASE_URL: crashing.url }
    const connection = crashing.connect()
    const recorded = async (): Promise<number> => {
      const { rows } = await connection.query<{ n: number }>(`${recordedEvents} LIKE 'task-%'`)
      return rows[0]!.n
    }
    const reached: number[] = []
    for (const share of [1, 40, 90]) {
      const importing = start(['import', file, ...about], own)
      let over = false
      void importing.ended.then(() => (over = true))
      while (!over && (await recorded()) < share);
      importing.child.kill('SIGKILL')
      await importing.ended
      reached.push(await recorded())
    }
    expect(reached[0]).toBeGreaterThan(0)
    const report = await json(['import', file, ...about], own)
    expect(report).toMatchObject({ tasks: 71, deliverables: 100, evidence: 46 })
    const board = await json(['tasks', '--plan', 'CCHC2025'], own)
    expect(board).toHaveLength(71)
    expect(await record(crashing)).toEqual(clean)
    const before = await recorded()
    expect((await json(['import', file, ...about], own)).status).toBe('unchanged')
    expect(await recorded()).toBe(before)
    await crashing.close()
  }, 180_000)

  it('of a changed file shows the difference, records nothing, and corrects when told to', async () => {
    const changed = await written(
      'changed.csv',
      original
        .replace(
          'Quyết định ban hành Kế hoạch nâng cao Chỉ số',
          'Quyết định ban hành Kế hoạch cải thiện Chỉ số',
        )
        .replace('Kế hoạch (tháng 1/2025)', 'Kế hoạch (tháng 2/2025)'),
    )
    const before = await record(database)
    const refused = await run(['import', changed, ...about, '--json'], env)
    expect(refused.code).toBe(1)
    const told = JSON.parse(refused.out) as { status: string; differences: { code: string; field: string }[] }
    const { status, differences } = told
    expect(status).toBe('changed')
    expect(differences.map(({ code }) => code)).toEqual(expect.arrayContaining(['CCHC2025-I-2']))
    expect(await record(database)).toEqual(before)

    const accepted = await run(['import', changed, ...about, '--accept-changes', '--json'], env)
    expect([accepted.code, accepted.err]).toEqual([0, ''])
    const history = (await json(['history', 'CCHC2025-I-2'], env)) as { type: string; reason: string }[]
    expect(history.at(-1)).toMatchObject({ type: 'task.Corrected', reason: expect.stringMatching(/\S/) })
    expect((await json(['task', 'CCHC2025-I-2'], env)).title).toContain('cải thiện Chỉ số')
    expect((await run(['import', changed, ...about, '--json'], env)).code).toBe(0)

    // The first file again says what was corrected since.
    const older = await run(['import', file, ...about, '--json'], env)
    expect(older.code).toBe(1)
    const fields = (JSON.parse(older.out) as typeof told).differences.map(
      ({ code, field }) => `${code} ${field}`,
    )
    expect(fields).toEqual(
      expect.arrayContaining(['CCHC2025-I-2 title', 'CCHC2025-II-5 deliverables.1.deadlineRaw']),
    )
  }, 120_000)

  it('tells of a lead that changed and of a task that the file no longer has', async () => {
    const own = await testDatabase(based)
    const ownEnv = { ROVIEC_DATABASE_URL: own.url }
    await json(['import', file, ...about], ownEnv)
    const changed = await written(
      'moved.csv',
      original
        .replace(/^9,"?Báo cáo kết quả Chỉ số Hiệu quả[^\n]*\n/m, '')
        .replace('Kế hoạch của UBND tỉnh,Sở Tư pháp', 'Kế hoạch của UBND tỉnh,Sở Nội vụ'),
    )
    const refused = await run(['import', changed, ...about, '--json'], ownEnv)
    expect(refused.code).toBe(1)
    expect((JSON.parse(refused.out) as { differences: object[] }).differences).toEqual(
      expect.arrayContaining([
        { code: 'CCHC2025-I-9', field: 'task', before: 'CCHC2025-I-9', after: null },
        { code: 'CCHC2025-II-1', field: 'leadCell', before: 'Sở Tư pháp', after: 'Sở Nội vụ' },
      ]),
    )
    const accepted = await run(['import', changed, ...about, '--accept-changes', '--json'], ownEnv)
    expect(accepted.code).toBe(0)
    expect((JSON.parse(accepted.out) as { warnings: { code: string }[] }).warnings).toContainEqual(
      expect.objectContaining({ code: 'task-not-in-file' }),
    )
    expect((await json(['task', 'CCHC2025-II-1'], ownEnv)).lead).toEqual(['Sở Nội vụ'])
    expect((await json(['task', 'CCHC2025-I-9'], ownEnv)).status).not.toBe('withdrawn')
    const again = await run(['import', changed, ...about], ownEnv)
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('còn chưa thống nhất')])
    await own.close()
  }, 120_000)

  it('of what is no table says what is wrong and records nothing', async () => {
    const other = ['--code', 'NOTHING', '--issuer', 'UBND tỉnh', '--year', '2025']
    const large = await written('large.csv', '')
    await truncate(large, 61 * 1024 * 1024)
    for (const [path, code] of [
      [await written('empty.csv', ''), 'file-empty'],
      [await written('text.csv', 'Kính gửi: các sở\n'), 'file-not-a-table'],
      [await written('damaged.xlsx', Buffer.from('PK\u0003\u0004 and nothing more')), 'file-damaged'],
      [large, 'file-too-large'],
      ['/nowhere/plan.csv', 'file-not-found'],
      [directory, 'file-not-found'],
    ] as const) {
      const { code: exitCode, out, err } = await run(['import', path, ...other, '--json'], env)
      expect([code, exitCode, JSON.parse(out).error?.code, err.includes(`[${code}]`)]).toEqual([
        code,
        1,
        code,
        true,
      ])
    }
    expect((await run(['tasks', '--plan', 'NOTHING'], env)).err).toContain('[plan-unknown]')
  }, 120_000)
})
