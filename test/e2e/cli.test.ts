import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabase, type TestDatabase } from '#testing'
import { json, run, type Ran } from './cli.test-support.js'
import { based } from './seeded.test-support.js'

const plan2025 = [
  '--code',
  'CCHC2025',
  '--issuer',
  'Chủ tịch UBND tỉnh',
  '--year',
  '2025',
  '--declared',
  '72',
]

let database: TestDatabase
let env: Record<string, string>
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- looked into by path
let imported: any
beforeAll(async () => {
  database = await testDatabase(based)
  env = { ROVIEC_DATABASE_URL: database.url }
  imported = await json(['import', 'seeds/phu-luc-2025.csv', ...plan2025], env)
}, 120_000)
afterAll(() => database.close())

const cli = (...args: string[]): Promise<Ran> => run(args, env)

describe('questions', () => {
  it('import tells what was read and what is odd, in both languages', () => {
    expect(imported).toMatchObject({
      plan: 'CCHC2025',
      tasks: 71,
      deliverables: 100,
      evidence: 46,
      declaredTasks: 72,
    })
    expect(imported.warnings).toContainEqual({
      row: null,
      code: 'declared-count-differs',
      message: { vi: expect.stringContaining('72'), en: expect.stringContaining('72') },
    })
  })

  it('lists for people say up to when they know what happened', async () => {
    const place =
      /\nSố liệu đến vị trí \d+ của kho sự kiện(, ghi nhận lúc \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d)?\.\n$/
    for (const list of [
      ['tasks'],
      ['late'],
      ['on-time'],
      ['attempts'],
      ['timers', 'list'],
      ['processes', 'list'],
    ])
      expect([list, (await cli(...list)).out]).toEqual([list, expect.stringMatching(place)])
  })

  it('on-time counts the known figures', async () => {
    const table = await json(['on-time', '--plan', 'CCHC2025', '--as-of', '2025-09-30'], env)
    expect(table).toMatchObject({
      plan: 'CCHC2025',
      asOf: '2025-09-30',
      position: expect.stringMatching(/^\d+$/),
    })
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
    expect(table.formula).toMatchObject({ name: expect.any(String), version: expect.any(Number) })
    const agencies = table.byAgency as { agency: string; deliverables: number }[]
    expect(agencies.map(({ agency }) => agency)).toContain('Sở Tư pháp')
  })

  it('late tells completed late and overdue apart', async () => {
    const items = (await json(['late', '--plan', 'CCHC2025', '--as-of', '2025-09-30'], env)) as Record<
      string,
      unknown
    >[]
    expect(items.find(({ code }) => code === 'CCHC2025-II-5.1')).toMatchObject({
      deadlineRaw: 'Kế hoạch (tháng 1/2025)',
      due: '2025-01-31',
      evidence: { number: '71/KH-UBND', date: '2025-03-14' },
      daysLate: 42,
      verdict: 'late',
      explained: false,
    })
    expect(items.filter(({ verdict }) => verdict === 'open')).toHaveLength(5)
  })

  it('tasks and history answer in their shape', async () => {
    const tasks = (await json(['tasks', '--plan', 'CCHC2025'], env)) as Record<string, unknown>[]
    expect(tasks).toHaveLength(71)
    expect(tasks.find(({ code }) => code === 'CCHC2025-II-5')).toMatchObject({
      section: 'II',
      stt: '5',
      lead: ['Sở Tư pháp'],
      coordinate: 'Các sở, ban, ngành; UBND các xã, phường',
      deliverables: [
        {
          code: 'CCHC2025-II-5.1',
          deadline: { raw: 'Kế hoạch (tháng 1/2025)', type: 'month', due: '2025-01-31' },
          status: 'completed',
          evidence: [{ kind: 'Kế hoạch', number: '71/KH-UBND', date: '2025-03-14', issuer: 'UBND tỉnh' }],
          verdict: 'late',
          daysLate: 42,
          overdueDays: null,
        },
        { status: null, evidence: [] },
      ],
    })
    const [assigned] = (await json(['history', 'CCHC2025-II-5'], env)) as Record<string, unknown>[]
    expect(assigned).toMatchObject({
      revision: '0',
      type: 'task.Assigned',
      actor: 'van-thu-vpub',
      reason: null,
      changes: expect.arrayContaining([{ field: 'status', before: 'absent', after: 'assigned' }]),
    })
  })

  it('deadline and agency take a text, and one a line', async () => {
    const dashed = await json(
      ['deadline', '- Kế hoạch (tháng 8/2025) - Công văn (Quý IV/2025)', '--year', '2025'],
      env,
    )
    expect(dashed.parts.map(({ due }: { due: string }) => due)).toEqual(['2025-08-31', '2025-12-31'])
    const lines = await run(['deadline', '-', '--year', '2025'], env, 'Quý I\n\n- tháng 8\n31/12/2025')
    expect(documents(lines).map(({ due }) => due)).toEqual(['2025-03-31', null, '2025-08-31', '2025-12-31'])
    const agencies = await run(['agency', '-', '--date', '2025-06-01'], env, 'Sở TTTT\n\nSở Y tế\n')
    expect(documents(agencies).map(({ status, name }) => [status, name])).toEqual([
      ['found', 'Sở Thông tin và Truyền thông'],
      ['unknown', null],
      ['found', 'Sở Y tế'],
    ])
  })
})

describe('registers', () => {
  const sourced = { source: 'Nghị quyết 12/NQ-HĐND', confidence: 'document' }

  it('an agency is entered and found, a plan corrected, an actor registered and disabled by the operator', async () => {
    const id = crypto.randomUUID()
    const name = 'Sở Công nghiệp Vũ trụ'
    const create = { province: 'son-la', kind: 'department', name, ...sourced }
    const created = ['agency-change', id, 'CreateAgency', '--data', JSON.stringify(create)]
    expect(await json([...created, '--dry-run'], env)).toMatchObject({ status: 'planned' })
    expect(await json(created, env)).toMatchObject({ status: 'accepted', code: id, state: 'active' })
    expect(await json(['agency', name], env)).toMatchObject({ status: 'found', id })
    expect(await json(['agency-history', id], env)).toMatchObject([{ type: 'registry.AgencyCreated' }])

    const [registered] = (await json(['plan-history', 'CCHC2025'], env)) as { id: string }[]
    const correct = { eventId: registered!.id, reason: 'Bổ sung số', changes: { number: '9/QĐ-UBND' } }
    const corrected = ['plan-change', 'CCHC2025', 'CorrectPlan', '--data', JSON.stringify(correct)]
    expect(await json(corrected, env)).toMatchObject({ events: [{ type: 'plan.Corrected' }] })

    const officer = { title: 'Công chức', agency: id, roles: ['lead-officer'], scope: 'own' }
    const register = ['actor-change', 'cong-chuc-moi', 'Register', '--data', JSON.stringify(officer)]
    expect(await json(register, env)).toMatchObject({ status: 'accepted' })
    expect(await json(['actor', 'cong-chuc-moi'], env)).toMatchObject({
      status: 'active',
      agency: id,
      keys: [],
    })
    const disable = ['actor-change', 'cong-chuc-moi', 'Disable', '--data', '{"reason":"Thôi việc"}']
    expect((await cli(...disable)).out).toContain('Đã ghi cong-chuc-moi (disabled)')
    expect(await json(['actor-history', 'cong-chuc-moi'], env)).toHaveLength(2)
    for (const [args, word] of [
      [[...disable, '--as', 'van-thu-vpub'], 'not-permitted'],
      [['actor-change', 'cong-chuc-moi', 'IssueKey'], 'roviec key'],
      [['plan-change', 'CCHC2025', 'RecordImport'], 'roviec import'],
    ] as const) {
      const { code, err } = await cli(...args)
      expect([args, code, err]).toEqual([args, 1, expect.stringContaining(word)])
    }
  }, 120_000)
})

function documents({ out }: Ran): Record<string, unknown>[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('exit codes and words', () => {
  it('1 for what is refused, unknown or invalid, with the error as the document for programs', async () => {
    for (const [args, code] of [
      [['task', 'NOPE'], 'task-unknown'],
      [['history', 'NOPE'], 'task-unknown'],
      [['on-time', '--plan', 'NOPE'], 'plan-unknown'],
      [['late', '--as-of', '2025-02-30'], 'invalid-input'],
      [['transition', 'NOPE', 'Accept'], 'task-unknown'],
      [['transition', 'CCHC2025-II-5', 'Accept', '--as', 'cong-chuc-so-y-te'], 'not-permitted'],
      [['transition', 'CCHC2025-II-5', 'Report', '--data', '{'], 'data-not-json'],
      [['tasks', '--as', 'van-hanh'], 'not-permitted'],
      [['tasks', '--as', 'nobody'], 'actor-unknown'],
      [['import', 'seeds/phu-luc-2025.csv', ...plan2025, '--as', 'cong-chuc-so-y-te'], 'not-permitted'],
    ] as const) {
      const { code: exitCode, out, err } = await run([...args, '--json'], env)
      expect([args, exitCode]).toEqual([args, 1])
      expect(JSON.parse(out).error).toMatchObject({
        code,
        message: { vi: expect.any(String), en: expect.any(String) },
      })
      expect(err).toContain(`[${code}]`)
    }
  }, 120_000)

  it('2 for wrong usage, 3 for a store that cannot be reached', async () => {
    for (const args of [['bogus'], ['task'], ['deadline', '--yera'], ['import', 'x.csv']]) {
      const { code, out, err } = await cli(...args)
      expect([args, code, out]).toEqual([args, 2, ''])
      expect(err).toContain('roviec --help')
    }
    const { code, err } = await run(['on-time'], { ROVIEC_DATABASE_URL: 'postgres://127.0.0.1:1/x' })
    expect(code).toBe(3)
    expect(err).toContain('[event-store-unavailable]')
    const doctor = await run(['doctor', '--json'], { ROVIEC_DATABASE_URL: 'postgres://127.0.0.1:1/x' })
    expect([doctor.code, JSON.parse(doctor.out).store.reachable]).toEqual([3, false])
    // What no repetition mends is no store out of reach.
    const wrongKey = await run(['doctor'], { ...env, ROVIEC_MASTER_KEY: randomBytes(32).toString('base64') })
    expect([wrongKey.code, wrongKey.err]).toEqual([1, expect.stringContaining('[master-key-wrong]')])
  })

  it('a dry run shows what would be recorded and records nothing; a repeated id has one effect', async () => {
    const accept = ['transition', 'CCHC2025-II-1', 'Accept', '--as', 'cong-chuc-so-tu-phap']
    expect(await json([...accept, '--dry-run'], env)).toMatchObject({ status: 'planned', position: null })
    expect(await json(['history', 'CCHC2025-II-1'], env)).not.toContainEqual(
      expect.objectContaining({ type: 'task.Accepted' }),
    )
    const id = ['--id', crypto.randomUUID()]
    expect(await json([...accept, ...id], env)).toMatchObject({ status: 'accepted' })
    expect(await json([...accept, ...id], env)).toMatchObject({ status: 'repeated' })
    const again = await cli(...accept)
    expect(again.code).toBe(1)
    expect(again.err).toContain('[transition-not-allowed]')
  })
})
