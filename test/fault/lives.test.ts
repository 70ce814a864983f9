import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { migrate, type Database } from '#database'
import { ProjectionRunner, engineMigrations, reached, type EventMetadata, type Projection } from '#engine'
import { PostgresEventStore } from '#event-store'
import { contexts } from '../../libs/platform/src/contexts.js'
import { testDatabase, testProcess, type TestDatabase } from '#testing'
import { moments, steps, type FaultPoint } from './fault-points.test-support.js'

const script = new URL('./life.fixture.ts', import.meta.url)
const projections = contexts.flatMap((context) => context.projections)

/** `npm run test:fault` asks for 300; other tests beside the code kill processes of their own. */
const wanted = Number(process.env['ROVIEC_KILLS'] ?? 16)

const ofOperators = [
  'register-build',
  'retire-live',
  'make-live',
  'note-order',
  'move-orders',
  'finish-order',
]
/** Steps that few lives come to more than once, and those that take seconds to come to. */
const rare = [...ofOperators, 'snapshot', 'personal-key']
const slow = ['renew-lease', 'renew-lead']
const often = steps.filter((step) => !rare.includes(step) && !slow.includes(step))

/** Every point in turn, in an order of chance, and again for as long as it is asked; the slow ones in the long run only. */
function* drawPoints(seed: number): Generator<FaultPoint, never> {
  const all = [...often, ...rare, ...(wanted >= 100 ? slow : [])]
  const named = all.flatMap((step) => moments.map((moment) => ({ step, moment })))
  const round = fc.shuffledSubarray(named, { minLength: named.length })
  const counts = fc.array(fc.integer({ min: 1, max: 12 }), {
    minLength: named.length,
    maxLength: named.length,
  })
  for (let at = 0; ; at++) {
    const [[points, times]] = fc.sample(fc.tuple(round, counts), { numRuns: 1, seed: seed + at }) as [
      [FaultPoint[], number[]],
    ]
    for (const [index, point] of points.entries())
      yield { ...point, count: often.includes(point.step) ? times[index]! : 1 }
  }
}

const seed = Number(process.env['ROVIEC_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

describe(`a system killed ${wanted} times (ROVIEC_SEED=${seed})`, () => {
  const notes = mkdtempSync(join(tmpdir(), 'roviec-lives-'))
  const killedAt = new Map<string, number>()
  const lives: { readonly database: TestDatabase; readonly noteFile: string }[] = []
  let undisturbed: TestDatabase
  let passed: readonly string[] = []

  beforeAll(async () => {
    undisturbed = await testDatabase()
    const whole = run(undisturbed, join(notes, 'undisturbed'), null)
    const points = drawPoints(seed)
    let kills = 0
    while (kills < wanted) {
      const life = { database: await testDatabase(), noteFile: join(notes, `life-${lives.length}`) }
      lives.push(life)
      for (let ended = false; !ended;) {
        // One that this life does not come to any more is passed over, and so is the life.
        const point = kills < wanted ? points.next().value : null
        ended = await run(life.database, life.noteFile, point)
        if (ended) continue
        kills++
        const name = `${point!.moment} ${point!.step}`
        killedAt.set(name, (killedAt.get(name) ?? 0) + 1)
      }
    }
    if (!(await whole)) throw new Error('the undisturbed life was killed')
  }, wanted * 30_000)
  afterAll(async () => {
    rmSync(notes, { recursive: true })
    // One after the other: each takes a connection of its own.
    for (const { close } of [undisturbed, ...lives.map(({ database }) => database)]) await close()
  })

  /** Whether it came to its end; false when it was killed. */
  async function run(database: TestDatabase, noteFile: string, point: FaultPoint | null): Promise<boolean> {
    const told = point === null ? ['never', '', '0'] : [point.moment, point.step, String(point.count)]
    const life = testProcess(script, [database.url, noteFile, ...told])
    const code = await life.ended
    if (point === null && database === undisturbed) passed = (await life.line('passed ')).split(' ')
    if (code !== 0 && code !== null) throw new Error(`${told.join(' ')}: ${life.errors()}`)
    return code === 0
  }

  it('died at as many kinds of steps as there are', () => {
    console.log([...killedAt].map(([name, times]) => `${name}: ${times}`).join(', '))
    const named = new Set([...killedAt.keys()].map((name) => name.split(' ')[1]!))
    const missed = steps.filter((step) => !named.has(step))
    expect(wanted >= 100 ? missed : []).toEqual([])
    expect(often.concat(rare).filter((step) => !passed.includes(step))).toEqual([])
  })

  it(
    'has every command in the log that was answered, and no event besides',
    async () => {
      const whole = await logOf(undisturbed)
      for (const { database, noteFile } of lives) {
        const log = await logOf(database)
        const recorded = new Set(log.map(({ command }) => command))
        const answered = readFileSync(noteFile, 'utf8').trimEnd().split('\n')
        expect(answered.length).toBeGreaterThan(500)
        expect(answered.filter((id) => !recorded.has(id))).toEqual([])
        expect(linesOf(log)).toEqual(linesOf(whole))
        const raised = log
          .filter(({ type }) => type === overdue)
          .map(({ stream, data }) => `${stream} ${data}`)
        expect(raised).toHaveLength(new Set(raised).size)
      }
    },
    wanted * 10_000,
  )

  it(
    'has views that equal a fresh replay of its log',
    async () => {
      for (const { database } of lives) {
        const replayed = await testDatabase()
        expect(await viewsOf(database.connect())).toEqual(await replay(database, replayed))
        await replayed.close()
      }
    },
    wanted * 20_000,
  )
})

interface Line {
  readonly stream: string
  readonly revision: string
  readonly type: string
  readonly data: string
  readonly command: string
}

const overdue = 'task.Overdue'

/** Watches due dates by the clock: what it raises while a life lasts hangs on how long that is. */
const deadlines = 'task-deadlines'

/** What each life must have, in the order of its stream. */
function linesOf(log: readonly Line[]): readonly string[] {
  const ofClock = new Set(log.filter(isOfClock).map(({ stream }) => stream))
  const kept = log.filter(({ stream, type }) => type !== overdue && !ofClock.has(stream))
  const counts = new Map<string, number>()
  const numbered = kept.map((line) => {
    const place = counts.get(line.stream) ?? 0
    counts.set(line.stream, place + 1)
    return { ...line, revision: String(place) }
  })
  return numbered.map((line) => JSON.stringify(line)).sort()
}

function isOfClock({ stream, type, data }: Line): boolean {
  if (type !== 'timer.Scheduled') return stream.startsWith(`process-${deadlines}:`)
  return (JSON.parse(data) as { owner: { name: string } }).owner.name === deadlines
}

/** What each event says, without when and where in the log. */
async function logOf({ url }: TestDatabase): Promise<readonly Line[]> {
  const store = await PostgresEventStore.open({ connection: url })
  const lines: Line[] = []
  for await (const page of store.readAll())
    for (const { stream, revision, type, data, metadata } of page)
      lines.push({
        stream,
        revision: String(revision),
        type,
        data: JSON.stringify(data, (key, value: unknown) =>
          key === 'position' || key === 'recordedAt' || key === 'occurredAt' ? null : value,
        ),
        command: (metadata as unknown as EventMetadata).commandId,
      })
  await store.close()
  return lines
}

async function replay({ url }: TestDatabase, into: TestDatabase): Promise<Views> {
  const store = await PostgresEventStore.open({ connection: url })
  const fresh = into.connect()
  await migrate(fresh, 'engine', engineMigrations)
  // A busy machine makes it wait for a lock and try again, as in production: what lasts shows in the wait below.
  const failures: Error[] = []
  const failed = (name: string, error: Error): void => void failures.push(new Error(name, { cause: error }))
  const runner = new ProjectionRunner(store, fresh, { failed })
  runner.start(projections)
  const head = await store.head()
  await Promise.all(projections.map((each: Projection) => reached(fresh, each, head, 300_000))).catch(
    (error: unknown) => {
      throw new AggregateError([error, ...failures], 'the replay did not come to its end')
    },
  )
  await runner.stop()
  await store.close()
  return viewsOf(fresh)
}

type Views = Readonly<Record<string, readonly string[]>>

/** Every row of every view, as text. */
async function viewsOf(database: Database): Promise<Views> {
  const tables = await database.query<{ name: string }>(
    `SELECT viewname AS name FROM pg_views WHERE schemaname = 'view' ORDER BY 1`,
  )
  const views: Record<string, readonly string[]> = {}
  for (const { name } of tables.rows) {
    const { rows } = await database.query<{ row: string }>(
      `SELECT t::text AS row FROM view.${name} t ORDER BY 1`,
    )
    views[name] = rows.map(({ row }) => row)
  }
  return views
}
