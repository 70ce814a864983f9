import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { emptyEventStoreDb, testDatabase, testProcess, type TestDatabase } from '#testing'
import type { ReadingTask } from './reading.fixture.js'
import { viewsOf } from '../fault/views.test-support.js'

const script = new URL('./reading.fixture.ts', import.meta.url)
const killPoints: readonly (readonly [ReadingTask, number])[] = [
  ['in-page', 1],
  ['before-page', randomInt(1, 4)],
  ['in-page', randomInt(1, 6)],
  ['in-page', randomInt(2, 6)],
]
const eventStoreDb = emptyEventStoreDb()
const told = killPoints.map(([point, count]) => `${point} ${count}`).join(', ')

describe(`a reader of EventStoreDB, ${eventStoreDb.what}, that is killed between effect and checkpoint: ${told}`, () => {
  let server: Awaited<ReturnType<typeof eventStoreDb.start>>
  let killed: TestDatabase
  let undisturbed: TestDatabase
  beforeAll(async () => {
    server = await eventStoreDb.start()
    killed = await testDatabase()
    undisturbed = await testDatabase()
  })
  afterAll(async () => {
    await Promise.all([killed.close(), undisturbed.close()])
    await server.stop()
  })
  const run = (database: TestDatabase, task: ReadingTask, count = 0) =>
    testProcess(script, [database.url, server.url, task, String(count)]).ended

  it('has the views of one that read undisturbed', async () => {
    expect(await run(undisturbed, 'fill')).toBe(0)
    for (const [point, count] of killPoints) expect(await run(killed, point, count)).toBeNull()
    expect(await run(killed, 'to-the-end')).toBe(0)
    const views = await viewsOf(undisturbed.connect())
    expect(Object.values(views).flat().length).toBeGreaterThan(171)
    expect(await viewsOf(killed.connect())).toEqual(views)
  }, 180_000)
})
