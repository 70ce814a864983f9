import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { newId } from '#kernel'
import { testDatabase, testProcess, type TestDatabase } from '#testing'
import { effectOf, listParked, reached } from '#engine'
import { expectedJournal, journal, readJournal } from '../projecting/journal.fixture.js'
import { appendAmounts } from '../projecting/tally.fixture.js'
import { isPoison, openOperated, operator, type Operated } from './operated.fixture.js'

const script = new URL('./killed-worker.fixture.ts', import.meta.url)

/**
 * A worker takes some 200 statements for the pages, the parking, the rebuild, its comparison and promotion, and the
 * discarding below. Later kills are nearer, since less is left to do.
 */
const kills = [
  [randomInt(4, 12), 'after'],
  [randomInt(10, 40), 'before'],
  [randomInt(20, 60), 'after'],
  [randomInt(15, 40), 'before'],
  [randomInt(5, 25), 'after'],
  [randomInt(4, 12), 'before'],
] as const

describe(`workers that are killed at ${kills.map(([at, moment]) => `${moment} ${at}`).join(', ')}`, () => {
  let server: TestDatabase
  let database: Database
  let operated: Operated
  const orders: string[] = []

  const order = async (transition: string, data: object): Promise<void> => {
    await operated.commands.handleOrThrow({
      id: newId(),
      workflow: 'projection',
      aggregate: 'journal',
      transition,
      data: { reason: 'thử nghiệm', ...data },
      actor: operator,
    })
    const [event] = await operated.store.readStream('projection-journal', { direction: 'backward', limit: 1 })
    orders.push(event!.id)
  }
  const killed = async (moment: string, at: number): Promise<void> => {
    const worker = testProcess(script, [server.url, moment, String(at)])
    if ((await worker.ended) !== null) throw new Error(`it ended by itself: ${worker.errors()}`)
  }
  const failing = journal((event) => {
    if (isPoison(event)) throw new Error('poison')
  })

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    operated = await openOperated(database, server.url)
    await appendAmounts(operated.store, 30)
    // Begun before the orders, which are meant for it.
    const worker = operated.worker([failing])
    await reached(database, failing, await operated.store.head(), 20_000)
    await worker.stop()
    await appendAmounts(operated.store, 60)
    await order('Rebuild', { version: 1 })
    await order('Promote', { version: 1 })
    await appendAmounts(operated.store, 30)
    for (const [at, moment] of kills) await killed(moment, at)
    await order('Discard', { stream: 'counter-3', first: '4', last: '8' })
    for (const at of [5, 10]) await killed('after', at)
    operated.worker([failing])
  }, 120_000)
  afterAll(async () => {
    await operated.close()
    await server.close()
  })

  it('leave every order carried out, once', async () => {
    const effects = await Promise.all(orders.map((id) => effectOf(database, id, 25_000)))
    expect(effects.map((effect) => [...new Set(effect.map(({ state }) => state))])).toEqual([
      ['done'],
      ['done'],
      ['done'],
    ])
    const { rows } = await database.query('SELECT build, standing FROM roviec.projection ORDER BY build')
    expect(rows).toEqual([
      { build: 1, standing: 'retired' },
      { build: 2, standing: 'live' },
    ])
  })

  it('leave rows that count each event once, without what was discarded', async () => {
    await reached(database, failing, await operated.store.head(), 25_000)
    const { journal: whole } = await expectedJournal(operated.store)
    expect(await readJournal(database)).toEqual({
      ...whole,
      'counter-3': whole['counter-3']!.filter((revision) => revision < 4 || revision > 8),
    })
    expect(await listParked(database)).toEqual([])
  })
})
