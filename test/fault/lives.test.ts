import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { migrate } from '#database'
import { ProjectionRunner, engineMigrations, reached, type EventMetadata, type Projection } from '#engine'
import { PostgresEventStore } from '#event-store'
import { contexts } from '../../libs/platform/src/contexts.js'
import { testDatabase, testProcess, type TestDatabase, type TestProcess } from '#testing'
import {
  moments,
  passedOver,
  phases,
  renewals,
  steps,
  type FaultPoint,
  type Passed,
} from './fault-points.test-support.js'
import { viewsOf, type Views } from './views.test-support.js'

const script = new URL('./life.fixture.ts', import.meta.url)
const projections = contexts.flatMap((context) => context.projections)

/** `npm run test:fault` asks for 300; beside these some thirty processes are killed at points of their own. */
const wanted = Number(process.env['ROVIEC_KILLS'] ?? 14)
const seed = Number(process.env['ROVIEC_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const livesAtOnce = 2

/**
 * For one life after the other the points where it dies, in the order in which it comes to them. Each step that was
 * seen in a phase is met before, during and after, in an order of chance, before one is met again.
 */
function* drawLives(seen: Passed): Generator<readonly FaultPoint[], never> {
  const queues = phases.map((phase) => {
    const steps = Object.entries(seen[phase])
    const waitedFor = phase === 'end' ? renewals.map((step) => [step, 1] as const) : []
    return [...steps, ...waitedFor].flatMap(([step, times]) =>
      moments.map((moment) => ({ phase, step, moment, times })),
    )
  })
  const drawn = fc.tuple(
    ...queues.map((all) => fc.shuffledSubarray(all, { minLength: all.length })),
    ...queues.map((all) =>
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: all.length, maxLength: all.length }),
    ),
  )
  for (let round = 0; ; round++) {
    const [sample] = fc.sample(drawn, { numRuns: 1, seed: seed + round })
    const orders = sample!.slice(0, phases.length) as (Omit<FaultPoint, 'count'> & { times: number })[][]
    const shares = sample!.slice(phases.length) as number[][]
    const longest = Math.max(...orders.map(({ length }) => length))
    for (let index = 0; index < longest; index++)
      yield orders.map((order, phase) => {
        const { times, ...point } = order[index % order.length]!
        // Half of what an undisturbed life comes past: one that was killed before has less to do.
        return { ...point, count: 1 + Math.floor((shares[phase]![index % order.length]! * times) / 2) }
      })
  }
}

describe(`a system killed ${wanted} times (ROVIEC_SEED=${seed})`, () => {
  const notes = mkdtempSync(join(tmpdir(), 'roviec-lives-'))
  const killed: FaultPoint[] = []
  const lives: { readonly database: TestDatabase; readonly noteFile: string }[] = []
  let undisturbed: TestDatabase
  let passed: Passed

  beforeAll(async () => {
    undisturbed = await testDatabase()
    const whole = await run(undisturbed, join(notes, 'undisturbed'), null)
    passed = JSON.parse(await whole.line('passed ')) as Passed
    const drawn = drawLives(passed)
    const liveOn = async (): Promise<void> => {
      while (lives.length < wanted / phases.length) {
        const life = { database: await testDatabase(), noteFile: join(notes, `life-${lives.length}`) }
        lives.push(life)
        for (const point of drawn.next().value) {
          const { errors } = await run(life.database, life.noteFile, point)
          killed.push(errors().includes(passedOver) ? { ...point, moment: 'after', step: 'all' } : point)
        }
        await run(life.database, life.noteFile, null)
      }
    }
    await Promise.all(Array.from({ length: livesAtOnce }, liveOn))
  }, wanted * 30_000)
  afterAll(async () => {
    rmSync(notes, { recursive: true })
    // One after the other: each takes a connection of its own.
    for (const { close } of [undisturbed, ...lives.map(({ database }) => database)]) await close()
  })

  /** Lives to its end, or until it is killed at the point. */
  async function run(
    database: TestDatabase,
    noteFile: string,
    point: FaultPoint | null,
  ): Promise<TestProcess> {
    const life = testProcess(script, [database.url, noteFile, JSON.stringify(point)])
    const code = await life.ended
    if (code !== (point === null ? 0 : null)) throw new Error(`${JSON.stringify(point)}: ${life.errors()}`)
    return life
  }

  it('comes past every step, and died in every phase of a life', () => {
    const named = killed.map(({ phase, moment, step }) => `${phase}: ${moment} ${step}`)
    console.log([...new Set(named)].toSorted().join(', '))
    expect(killed.length).toBeGreaterThanOrEqual(wanted)
    expect(new Set(killed.map(({ phase }) => phase))).toEqual(new Set(phases))
    const seen = new Set(Object.values(passed).flatMap((ofPhase) => Object.keys(ofPhase)))
    expect(steps.filter((step) => !seen.has(step) && !renewals.includes(step))).toEqual([])
    const met = new Set(killed.map(({ step }) => step))
    expect(wanted >= 300 ? steps.filter((step) => !met.has(step)) : []).toEqual([])
  })

  it(
    'has every command in the log that was answered, and no event besides',
    async () => {
      const whole = await logOf(undisturbed)
      for (const { database, noteFile } of lives) {
        const log = await logOf(database)
        const recorded = new Set(log.map(({ command }) => command))
        const answered = readFileSync(noteFile, 'utf8').trimEnd().split('\n')
        expect(answered.length).toBeGreaterThan(300)
        expect(answered.filter((id) => !recorded.has(id))).toEqual([])
        expect(linesOf(log)).toEqual(linesOf(whole))
        const raised = log
          .filter(({ type }) => type === overdue || type === 'accountability.DutiesOpened')
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

/** They watch due dates by the clock: what they do while a life lasts hangs on how long that is. */
const ofTheClock = ['task-deadlines', 'task-accountability']

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
  if (type === 'timer.Scheduled')
    return ofTheClock.includes((JSON.parse(data) as { owner: { name: string } }).owner.name)
  const streams = [...ofTheClock.map((process) => `process-${process}:`), 'accountability-t::']
  return streams.some((prefix) => stream.startsWith(prefix))
}

/** Members that differ from life to life: instants, places in the log, what is sealed. */
const ofItsOwn = new Set(['position', 'recordedAt', 'occurredAt', '$sealed'])

/** What each event says, without what is of this life alone. */
async function logOf({ url }: TestDatabase): Promise<readonly Line[]> {
  const store = await PostgresEventStore.open({ connection: url })
  const lines: Line[] = []
  for await (const page of store.readAll())
    for (const { stream, revision, type, data, metadata } of page)
      lines.push({
        stream,
        revision: String(revision),
        type,
        data: JSON.stringify(data, (key, value: unknown) => (ofItsOwn.has(key) ? null : value)),
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
