import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { NoData } from '#engine/workflow'
import { systemClock } from '#kernel'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { listProgress, QueryHandler, reached, type Answered, type Query } from '#engine'
import { appendAmounts, foldTally, readTally, tally, type Tallied } from '../projecting/tally.fixture.js'
import { clear, openOperated, operator, type Operated } from './operated.fixture.js'

/** Version 2 counts what version 1 sums, in another column of the same table and in one more table. */
const counted = `
  INSERT INTO tally AS t VALUES ($1, 1) ON CONFLICT (stream) DO UPDATE SET events = t.events + 1`
const second = tally(2, {
  create: `CREATE TABLE tally (stream text PRIMARY KEY, events integer NOT NULL); CREATE TABLE tally_more (n integer)`,
  rules: [counted],
  async apply(transaction, events) {
    for (const { stream } of events) await transaction.query(counted, [stream])
  },
})

const totals = (version: number): Query<NoData, readonly Tallied[]> => ({
  name: 'counters.totals',
  text: { vi: 'Tổng số', en: 'Totals' },
  input: NoData,
  roles: ['operator'],
  view: { name: 'tally', version },
  answer: ({ database }) => readTally(database),
})

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
  let server: TestDatabase
  let database: Database
  let operated: Operated

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 30 })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    operated = await openOperated(database, server.url)
  })
  afterEach(async () => {
    await operated.close()
    await clear(database)
  })

  const settled = async (view = tally()): Promise<void> => {
    await reached(database, view, await operated.store.head(), 20_000)
  }
  const builds = async (): Promise<string[]> =>
    (
      await database.query<{ told: string }>(
        `SELECT build || ' v' || version || ' ' || standing AS told FROM roviec.projection ORDER BY build`,
      )
    ).rows.map(({ told }) => told)
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
    expect(await schemas()).not.toContain('build_tally_2')
    expect(operated.failures).toEqual([])
  })

  const schemas = async (): Promise<string[]> =>
    (
      await database.query<{ name: string }>(
        `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'build\\_%' ORDER BY 1`,
      )
    ).rows.map(({ name }) => name)

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

  it('in a version that the program alone knows takes its place by itself, on record; until then nobody is misled', async () => {
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
    expect(await schemas()).toEqual(['build_tally_2', 'build_tally_3'])
  })

  it('in a new version waits for an operator while the program knows the live one too', async () => {
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
