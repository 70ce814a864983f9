import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { IsInt } from 'class-validator'
import type { Database } from '#database'
import type { EventStore } from '#event-store'
import { testDatabase, virtualClock, type TestDatabase } from '#testing'
import { ProjectionRunner, QueryHandler, reached, type Query } from '#engine'
import type { Actor } from '#engine/workflow'
import {
  appendAmounts,
  gate,
  openStore,
  readTally,
  tally,
  type Tallied,
} from '../projecting/tally.fixture.js'

class AtLeast {
  @IsInt() amount!: number
}

const totals: Query<AtLeast, readonly Tallied[]> = {
  name: 'counters.totals',
  text: { vi: 'Tổng số', en: 'Totals' },
  input: AtLeast,
  roles: ['counter'],
  view: tally(),
  answer: async ({ database, params }) =>
    (await readTally(database)).filter(({ total }) => total >= params.amount),
}

const actor: Actor = { id: 'a1', agency: null, roles: ['counter'], scope: 'all' }

describe('QueryHandler', () => {
  let server: TestDatabase
  let database: Database
  let store: EventStore
  let runner: ProjectionRunner
  const clock = virtualClock('2025-03-14T01:00:00.000Z')

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    store = await openStore(database, server.url)
    runner = new ProjectionRunner(store, database, { failed: () => undefined })
  })
  afterAll(async () => {
    await runner.stop()
    await store.close()
    await server.close()
  })

  const asking = (waitMs?: number): QueryHandler => new QueryHandler(database, store, clock, waitMs)

  it('asks who before what, and what before anything is read', async () => {
    const auditor = { ...actor, roles: ['auditor'] }
    await expect(asking().ask(totals, { amount: 'x' }, auditor)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'not-permitted',
    })
    await expect(asking().ask(totals, { amount: 'x' }, actor)).rejects.toMatchObject({
      kind: 'invalid',
      problems: [{ path: 'amount', code: 'isInt' }],
    })
  })

  it('gives up on a view that does not get there, instead of answering from the past', async () => {
    await appendAmounts(store, 3)
    const ask = (): Promise<unknown> => asking(20).ask(totals, { amount: 1 }, actor, 7n)
    await expect(ask()).rejects.toMatchObject({ kind: 'fault', code: 'view-being-rebuilt' })
    runner.start([tally()])
    await reached(database, tally(), 6n, 20_000)
    await expect(ask()).rejects.toMatchObject({
      code: 'view-behind',
      details: { reached: '6', wanted: '7' },
    })
  })

  it('shows a writer his own write, and says what the answer reflects', async () => {
    await appendAmounts(store, 3)
    const head = await store.head()
    const answered = await asking(20_000).ask(totals, { amount: 4 }, actor, head)
    expect(answered.answer.map(({ total }) => total)).toEqual([4, 6])
    expect(answered.position).toBe(head)
    const [last] = await store
      .readStream('counter-2', { direction: 'backward', limit: 2 })
      .then((events) => events.slice(1))
    expect(answered.reflects).toBe(last!.recordedAt.toISOString())
  })

  it('answers several statements from one moment, whatever is written between them', async () => {
    const between = gate()
    const twice: Query<AtLeast, readonly (readonly Tallied[])[]> = {
      ...totals,
      async answer({ database: asked }) {
        const first = await readTally(asked)
        await between.pass()
        return [first, await readTally(asked)]
      },
    }
    const asked = asking().ask(twice, { amount: 1 }, actor)
    await between.entered
    await appendAmounts(store, 3)
    await reached(database, tally(), await store.head(), 20_000)
    between.open()
    const [first, second] = (await asked).answer
    expect(second).toEqual(first)
    expect(await readTally(database)).not.toEqual(first)
  })

  it('makes an answer anew that lost against the switch of a view', async () => {
    let times = 0
    const deadlocked: Query<AtLeast, number> = {
      ...totals,
      async answer({ database: asked }) {
        if (++times === 1) await asked.query(`DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40P01'; END $$`)
        return (await readTally(asked)).length
      },
    }
    expect((await asking().ask(deadlocked, { amount: 1 }, actor)).answer).toBe(3)
  })

  it('lets no question write', async () => {
    const writing: Query<AtLeast, unknown> = {
      ...totals,
      answer: ({ database: asked }) => asked.query('CREATE TABLE left_behind ()'),
    }
    await expect(asking().ask(writing, { amount: 1 }, actor)).rejects.toMatchObject({ code: '25006' })
  })

  it('reflects the whole log where a query reads the log itself', async () => {
    const query: Query<AtLeast, number> = {
      ...totals,
      view: null,
      answer: async ({ params }) => params.amount,
    }
    expect(await asking().ask(query, { amount: 7 }, actor)).toEqual({
      answer: 7,
      position: await store.head(),
      reflects: '2025-03-14T01:00:00.000Z',
      parked: 0,
    })
  })
})
