import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { ProjectionRunner, engineMigrations, reached, type EventMetadata } from '#engine'
import { PostgresEventStore } from '#event-store'
import { registryContext } from '#registry'
import { tasksContext } from '#tasks'
import { testDatabase, testProcess, type TestDatabase } from '#testing'
import type { KillPoint } from './importing.fixture.js'

const script = new URL('./importing.fixture.ts', import.meta.url)
const projections = [registryContext, tasksContext].flatMap((context) => context.projections)

/**
 * An undisturbed run appends some 600 times and applies more than 40 pages. The kills at appends come first and need
 * at most 350 of them; while pages are waited for, the import may run to its end, but their number does not shrink.
 */
const killPoints: readonly (readonly [KillPoint, number])[] = [
  ['during-append', randomInt(1, 20)],
  ['after-append', randomInt(1, 90)],
  ['before-append', randomInt(1, 90)],
  ['during-append', randomInt(1, 90)],
  ['after-append', randomInt(1, 60)],
  ['in-page', randomInt(1, 4)],
  ['before-page', randomInt(1, 4)],
  ['in-page', randomInt(2, 4)],
]
const told = killPoints.map(([point, count]) => `${point} ${count}`).join(', ')

describe(`an import that is killed at ${told}`, () => {
  let killed: TestDatabase
  let undisturbed: TestDatabase
  let replayed: TestDatabase
  const notes = mkdtempSync(join(tmpdir(), 'roviec-kill-points-'))
  const codes: (number | null)[] = []
  const noteFile = join(notes, 'answered')

  beforeAll(async () => {
    ;[killed, undisturbed, replayed] = await Promise.all([testDatabase(), testDatabase(), testDatabase()])
    const whole = run(undisturbed, 'never')
    for (const [point, count] of killPoints) codes.push(await run(killed, point, count))
    codes.push(await run(killed, 'never'), await whole)
  }, 300_000)
  afterAll(async () => {
    rmSync(notes, { recursive: true })
    await Promise.all([killed.close(), undisturbed.close(), replayed.close()])
  })

  /** Its exit code; null when it was killed. */
  async function run(database: TestDatabase, point: KillPoint, count = 0): Promise<number | null> {
    const note = database === killed ? noteFile : join(notes, 'undisturbed')
    return testProcess(script, [database.url, note, point, String(count)]).ended
  }

  it('died each time, and came to its end at last', () => {
    expect(codes).toEqual([...killPoints.map(() => null), 0, 0])
  })

  it('has every command in the log that was answered, and no event besides', async () => {
    const [log, whole] = [await logOf(killed), await logOf(undisturbed)]
    const recorded = new Set(log.map(({ command }) => command))
    const answered = readFileSync(noteFile, 'utf8').trimEnd().split('\n')
    expect(answered.length).toBeGreaterThan(500)
    expect(answered.filter((id) => !recorded.has(id))).toEqual([])
    const lines = (events: typeof log): readonly string[] => events.map((event) => JSON.stringify(event))
    expect(new Set(lines(log))).toEqual(new Set(lines(whole)))
    expect(log).toHaveLength(whole.length)
  })

  it('has views that equal a fresh replay of its log', async () => {
    const store = await PostgresEventStore.open({ connection: killed.url })
    const fresh = replayed.connect()
    await migrate(fresh, 'engine', engineMigrations)
    const runner = new ProjectionRunner(store, fresh, {
      failed: (name, error) => {
        throw new Error(name, { cause: error })
      },
    })
    runner.start(projections)
    for (const projection of projections) await reached(fresh, projection, await store.head(), 60_000)
    await runner.stop()
    await store.close()
    const views = await viewsOf(fresh)
    expect(await viewsOf(killed.connect())).toEqual(views)
    expect(views['task_board_task']).toHaveLength(71)
    expect(views['task_board_deliverable']).toHaveLength(100)
  })
})

/** What each event says, without when and where in the log. */
async function logOf({ url }: TestDatabase) {
  const store = await PostgresEventStore.open({ connection: url })
  const events: { stream: string; revision: string; type: string; data: string; command: string }[] = []
  for await (const page of store.readAll())
    for (const { stream, revision, type, dataText, metadata } of page)
      events.push({
        stream,
        revision: String(revision),
        type,
        data: dataText,
        command: (metadata as unknown as EventMetadata).commandId,
      })
  await store.close()
  return events
}

/** Every row of every view, as text. */
async function viewsOf(database: Database): Promise<Readonly<Record<string, readonly string[]>>> {
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
