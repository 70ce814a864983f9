import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate } from '#database'
import { engineMigrations, leadershipMigration } from '#engine'
import { PostgresEventStore } from '#event-store'
import { eventually, testDatabase, testProcess, type TestDatabase, type TestProcess } from '#testing'
import type { Role } from '../load/scale-children.js'
import { differences, isOver, replayViews, viewSums } from '../load/scale-truth.js'
import { partsOf } from '../load/scale-workload.js'

const script = new URL('../load/scale.fixture.ts', import.meta.url)
const plan = { run: 'many', cases: 200, writers: 4 }

/** For seven processes on a machine with much else to do. */
const patienceMs = 120_000

describe('four writers and two workers on one log, of which one each is killed', () => {
  let live: TestDatabase
  let fresh: TestDatabase
  let store: PostgresEventStore
  const folder = mkdtempSync(join(tmpdir(), 'roviec-many-'))
  const noteFiles = Array.from({ length: plan.writers }, (_, writer) => join(folder, `notes-${writer}`))
  const running: TestProcess[] = []
  beforeAll(async () => {
    live = await testDatabase()
    fresh = await testDatabase()
    const database = live.connect()
    await migrate(database, 'engine', engineMigrations)
    await migrate(database, 'leadership', [leadershipMigration])
    store = await PostgresEventStore.open({ connection: live.url })
  })
  afterAll(async () => {
    await Promise.all(running.map((one) => one.kill9()))
    await store.close()
    await Promise.all([live.close(), fresh.close()])
    rmSync(folder, { recursive: true })
  })

  async function start(role: Role): Promise<TestProcess> {
    const child = testProcess(script, [JSON.stringify({ url: live.url, role })])
    running.push(child)
    await eventually(() => child.line('ready'), { timeout: patienceMs })
    child.tell('go')
    return child
  }
  const write = (writer: number, diesAfter?: number): Promise<TestProcess> =>
    start({
      kind: 'write',
      plan,
      writer,
      inFlight: 4,
      noteFile: noteFiles[writer]!,
      ...(diesAfter !== undefined && { diesAfter }),
    })

  it('end with what was answered, each once, and with the views of a fresh replay', async () => {
    const database = live.connect()
    const [worker, second] = await Promise.all([start({ kind: 'work' }), start({ kind: 'work' })])
    const writing = await Promise.all(
      noteFiles.map((_, writer) => write(writer, writer === 1 ? 50 : undefined)),
    )
    expect(await writing[1]!.ended).toBeNull()
    await worker!.kill9()
    expect(partsOf(plan, 1).flat().length).toBeGreaterThan(2 * 50)
    await start({ kind: 'work' })
    // From the start again, under the same ids: what was in is answered as it was.
    writing[1] = await write(1)
    for (const child of writing)
      await eventually(() => child.line('done'), { timeout: patienceMs, what: 'every writer done' })
    await eventually(() => isOver(store, database, plan.cases), { timeout: patienceMs, what: 'the end' })
    expect(second!.errors()).toBe('')

    expect(await differences(store, database, 0n, noteFiles)).toEqual([])
    const replica = fresh.connect()
    await replayViews(store, replica)
    expect(await viewSums(replica)).toEqual(await viewSums(database))
  }, 400_000)
})
