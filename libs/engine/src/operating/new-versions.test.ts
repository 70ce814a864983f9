import { describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { systemClock } from '#kernel'
import { eventually } from '#testing'
import { listProgress, QueryHandler, reached } from '#engine'
import { appendAmounts, foldTally, readTally, tally } from '../projecting/tally.fixture.js'
import { operator, type Operated } from './operated.fixture.js'
import { buildsOf, forEachTest, schemasOf, second, totals } from './rebuilding.test-support.js'

describe('a view in a new version', () => {
  let database: Database
  let operated: Operated
  forEachTest((on) => ({ database, operated } = on))

  const settled = async (view = tally()): Promise<void> => {
    await reached(database, view, await operated.store.head(), 20_000)
  }
  const builds = (): Promise<string[]> => buildsOf(database)
  const promote = (data: object = {}, waitMs?: number) =>
    operated.order('tally', 'Promote', { version: 1, ...data }, waitMs)

  it('that the program alone knows takes its place by itself, on record; until then nobody is misled', async () => {
    await appendAmounts(operated.store, 60)
    const old = operated.worker([tally()])
    await settled()
    await old.stop()
    const queries = new QueryHandler(database, operated.store, systemClock, 20_000)
    await expect(queries.ask(totals(2), {}, operator)).rejects.toMatchObject({
      kind: 'fault',
      code: 'view-being-rebuilt',
      details: { view: 'tally', version: 2, live: 1, safeToRepeat: true },
    })
    operated.worker([second])
    operated.worker([second])
    await settled(second)
    expect(await builds()).toEqual(['1 v1 retired', '2 v2 live'])
    const { rows } = await database.query('SELECT stream, events FROM view.tally ORDER BY stream COLLATE "C"')
    expect(rows).toEqual((await foldTally(operated.store)).map(({ stream, events }) => ({ stream, events })))
    expect((await database.query('SELECT * FROM view.tally_more')).rows).toEqual([])
    const orders = await operated.store.readStream('projection-tally')
    expect(orders.map(({ type, metadata }) => [type, (metadata as { actor: string }).actor])).toEqual([
      ['projection.PromotionOrdered', 'system'],
    ])
    await expect(queries.ask(totals(1), {}, operator)).rejects.toMatchObject({
      code: 'view-being-rebuilt',
      text: { en: expect.stringContaining('newer') },
    })
    expect(operated.failures).toEqual([])
  })

  it('keeps one build for a way back, whatever versions come', async () => {
    await appendAmounts(operated.store, 20)
    for (const version of [1, 2, 3]) {
      const worker = operated.worker([tally(version)])
      await settled(tally(version))
      await eventually(async () => expect(await builds()).toHaveLength(Math.min(version, 2)))
      await worker.stop()
    }
    expect(await builds()).toEqual(['2 v2 retired', '3 v3 live'])
    expect(await schemasOf(database)).toEqual(['build_tally_2', 'build_tally_3'])
  })

  it('waits for an operator while the program knows the live one too', async () => {
    await appendAmounts(operated.store, 20)
    const old = operated.worker([tally()])
    await settled()
    await old.stop()
    operated.worker([tally(), second])
    const head = await operated.store.head()
    await eventually(async () => {
      const progress = await listProgress(database)
      expect(progress).toHaveLength(2)
      expect(progress.every(({ position }) => position >= head)).toBe(true)
    })
    expect(await builds()).toEqual(['1 v1 live', '2 v2 building'])
    const known = new QueryHandler(database, operated.store, systemClock, 20_000, [tally(), second])
    expect((await known.ask(totals(2), {}, operator)).answer).toHaveLength(7)
    expect(await promote({ version: 2 })).toMatchObject({
      state: 'done',
      outcome: {
        tables: [
          {
            table: 'tally',
            before: 7,
            after: 7,
            same: null,
            shared: { columns: ['stream', 'events'], differing: [] },
          },
          { table: 'tally_more', before: null, after: 0, same: null, shared: null },
        ],
      },
    })
    await settled(second)
    expect(await operated.order('tally', 'Rollback')).toMatchObject({ state: 'done' })
    await settled()
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
    await expect(database.query('SELECT FROM view.tally_more')).rejects.toMatchObject({ code: '42P01' })
  })

  it('refuses to go on with code that changed under its version', async () => {
    await appendAmounts(operated.store, 20)
    const worker = operated.worker([tally()])
    await settled()
    await worker.stop()
    operated.worker([tally(1, { rules: ['another rule'] })])
    await appendAmounts(operated.store, 20)
    await eventually(async () => {
      const [progress] = await listProgress(database)
      expect(progress).toMatchObject({ state: 'error', error: expect.stringContaining('Raise the version') })
    })
    expect((await foldTally(operated.store)).length).toBe((await readTally(database)).length)
    expect((await listProgress(database))[0]!.position).toBeLessThan(await operated.store.head())
  })
})
