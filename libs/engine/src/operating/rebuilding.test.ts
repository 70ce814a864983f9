import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import type { NoData } from '#engine/workflow'
import { systemClock } from '#kernel'
import { eventually } from '#testing'
import { listProgress, QueryHandler, reached, type Answered, type Query } from '#engine'
import { appendAmounts, foldTally, readTally, tally, type Tallied } from '../projecting/tally.fixture.js'
import { operator, type Operated } from './operated.fixture.js'
import { buildsOf, forEachTest, schemasOf, second, totals } from './rebuilding.test-support.js'

/** All that either version knows, asked in two statements. */
const countedTwice: Query<NoData, readonly number[]> = {
  ...totals(1),
  name: 'counters.events',
  async answer({ database }) {
    const count = async (): Promise<number> => {
      const { rows } = await database.query<{ events: string }>(
        'SELECT sum(events) AS events FROM view.tally',
      )
      return Number(rows[0]!.events)
    }
    return [await count(), await count()]
  },
}

describe('a view that is rebuilt', () => {
  let database: Database
  let operated: Operated
  forEachTest((on) => ({ database, operated } = on))

  const settled = async (view = tally()): Promise<void> => {
    await reached(database, view, await operated.store.head(), 20_000)
  }
  const builds = (): Promise<string[]> => buildsOf(database)
  const promote = (data: object = {}, waitMs?: number) =>
    operated.order('tally', 'Promote', { version: 1, ...data }, waitMs)

  it('is filled beside the live one, compared with it, put in its place, and taken back', async () => {
    await appendAmounts(operated.store, 60)
    operated.worker([tally()])
    await settled()
    const begun = await operated.order('tally', 'Rebuild', { version: 1 })
    expect(begun).toMatchObject({ state: 'done', outcome: { build: 2, version: 1 } })
    expect(await promote()).toMatchObject({
      state: 'done',
      outcome: {
        build: 2,
        replaced: { build: 1, version: 1 },
        tables: [{ table: 'tally', before: 7, after: 7, same: true }],
      },
    })
    expect(await builds()).toEqual(['1 v1 retired', '2 v1 live'])
    await appendAmounts(operated.store, 10)
    await settled()
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
    expect(await operated.order('tally', 'Rollback')).toMatchObject({ state: 'done', outcome: { build: 1 } })
    expect(await builds()).toEqual(['1 v1 live', '2 v1 retired'])
    // No reader goes back in time: the earlier build has come as far first.
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
    await operated.order('tally', 'Rebuild', { version: 1 })
    expect(await builds()).toEqual(['1 v1 live', '3 v1 building'])
    expect(await schemasOf(database)).not.toContain('build_tally_2')
    expect(operated.failures).toEqual([])
  })

  it.each([
    ['rebuilds', [tally()], 3],
    ['a new version', [tally(), second], 2],
  ] as const)(
    'never shows a half: readers, writers, %s, promotions and ways back at once',
    async (_what, known, rounds) => {
      const { version } = known.at(-1)!
      const shown = async (): Promise<void> => {
        await reached(database, tally(), await operated.store.head(), 20_000, () => true)
      }
      await appendAmounts(operated.store, 40)
      // Where nothing is, the newest version would be live at once.
      const first = operated.worker([tally()])
      await shown()
      await first.stop()
      for (let worker = 0; worker < 2; worker++) operated.worker(known, { pageSize: 100 })
      const queries = new QueryHandler(database, operated.store, systemClock, 20_000, known)
      const seen: Answered<readonly number[]>[] = []
      let over = false
      const reading = Array.from({ length: 4 }, async () => {
        while (!over) seen.push(await queries.ask(countedTwice, {}, operator))
      })
      const writing = (async () => {
        while (!over) {
          await appendAmounts(operated.store, 3)
          // No faster than the view: what is not read cannot be compared.
          await shown()
        }
      })()
      try {
        for (let round = 0; round < rounds; round++) {
          if (version === 1) await operated.order('tally', 'Rebuild', { version })
          else await eventually(async () => (await builds()).length === 2)
          expect(await promote({ version })).toMatchObject({ state: 'done' })
          expect(await operated.order('tally', 'Rollback')).toMatchObject({ state: 'done' })
        }
      } finally {
        over = true
        await Promise.all([...reading, writing])
      }
      const added: bigint[] = []
      for await (const page of operated.store.readAll({ types: ['counter.Added'] }))
        added.push(...page.map(({ position }) => position))
      expect(seen.length).toBeGreaterThan(20)
      for (const { answer, position } of seen) {
        expect(answer[1]).toBe(answer[0])
        expect(answer[0]).toBeGreaterThanOrEqual(added.filter((at) => at <= position).length)
      }
      await settled()
      expect(await readTally(database)).toEqual(await foldTally(operated.store))
      expect(operated.failures).toEqual([])
    },
    120_000,
  )

  it('takes its place among readers of whom one is always at a long answer', async () => {
    await appendAmounts(operated.store, 20)
    operated.worker([tally()])
    await settled()
    await operated.order('tally', 'Rebuild', { version: 1 })
    const [readers, tookMs] = [4, 900]
    const longAnswer: Query<NoData, readonly Tallied[]> = {
      ...totals(1),
      async answer({ database: asked }) {
        await readTally(asked)
        await delay(tookMs)
        return readTally(asked)
      },
    }
    const queries = new QueryHandler(database, operated.store, systemClock)
    let over = false
    const reading = Array.from({ length: readers }, async (_, reader) => {
      await delay((reader * tookMs) / readers)
      while (!over) await queries.ask(longAnswer, {}, operator)
    })
    await delay(tookMs)
    const promoted = await promote().finally(() => (over = true))
    await Promise.all(reading)
    expect(promoted).toMatchObject({ state: 'done' })
  })

  it('is not promoted where it holds other rows, unless that is accepted', async () => {
    await appendAmounts(operated.store, 60)
    operated.worker([tally()])
    await settled()
    await database.query(`UPDATE build_tally_1.tally SET total = total + 1 WHERE stream = 'counter-3'`)
    await operated.order('tally', 'Rebuild', { version: 1 })
    expect(await promote()).toMatchObject({
      state: 'failed',
      outcome: { code: 'builds-differ', tables: [{ table: 'tally', before: 7, after: 7, same: false }] },
    })
    expect(await builds()).toEqual(['1 v1 live', '2 v1 building'])
    expect(await promote({ acceptDifferences: true })).toMatchObject({ state: 'done' })
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
  })

  it('is not promoted where it cannot be compared, because the live one stands', async () => {
    await appendAmounts(operated.store, 20)
    const worker = operated.worker([tally()])
    await settled()
    await database.query(`UPDATE roviec.projection SET state = 'paused'`)
    await operated.order('tally', 'Rebuild', { version: 1 })
    await appendAmounts(operated.store, 20)
    expect(await promote()).toMatchObject({ state: 'failed', outcome: { code: 'builds-not-comparable' } })
    expect(await promote({ acceptDifferences: true })).toMatchObject({
      state: 'done',
      outcome: { tables: null },
    })
    await settled()
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
    await worker.stop()
  })

  it('is what helps when the log was restored from an older copy', async () => {
    await appendAmounts(operated.store, 20)
    const before = operated.worker([tally()])
    await settled()
    await operated.order('tally', 'Pause')
    await operated.order('tally', 'Resume')
    await before.stop()
    await database.query('UPDATE roviec.projection SET position = 100000, born = 90000')
    await database.query('UPDATE roviec.operating SET position = 100000')
    // Before any worker has noticed.
    await operated.order('tally', 'Rebuild', { version: 1 }, 0)
    operated.worker([tally()])
    await eventually(async () => (await listProgress(database))[0]!.state === 'error', { timeout: 60_000 })
    expect(await promote({ acceptDifferences: true })).toMatchObject({ state: 'done', outcome: { build: 2 } })
    await settled()
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
    const taken = await database.query('SELECT kind FROM roviec.operation ORDER BY position')
    expect(taken.rows.map(({ kind }) => kind)).toEqual([
      'projection.Paused',
      'projection.Resumed',
      'projection.RebuildOrdered',
      'projection.PromotionOrdered',
    ])
  })

  it('leaves out again what an operator had discarded, and so holds the same rows', async () => {
    const fails = tally(1, {
      async apply(transaction, events) {
        await tally().apply(transaction, events)
        if (events.some(({ stream, revision }) => stream === 'counter-3' && revision === 4n))
          throw new Error()
      },
    })
    await appendAmounts(operated.store, 70)
    operated.worker([fails])
    await settled()
    await operated.order('tally', 'Discard', { stream: 'counter-3', first: '4', last: '6' })
    const before = await readTally(database)
    await operated.order('tally', 'Rebuild', { version: 1 })
    expect(await promote()).toMatchObject({ state: 'done', outcome: { tables: [{ same: true }] } })
    expect(await readTally(database)).toEqual(before)
  })
})
