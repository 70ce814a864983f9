import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import {
  CommandHandler,
  findAttempts,
  observingContext,
  ProjectionRunner,
  QueryHandler,
  AttemptLog,
} from '#engine'
import type { EventStore } from '#event-store'
import { newId } from '#kernel'
import { testDatabase, virtualClock, type TestDatabase } from '#testing'
import type { Actor } from '#engine/workflow'
import { actor, add, counter } from '../../commanding/counter.fixture.js'
import { openStore } from '../../projecting/tally.fixture.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')
const inspector: Actor = { id: 'thanh-tra', agency: null, roles: ['inspectorate'], scope: 'all' }

describe('engine.attempts', () => {
  let server: TestDatabase
  let database: Database
  let store: EventStore
  let runner: ProjectionRunner
  let queries: QueryHandler

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    store = await openStore(database, server.url)
    runner = new ProjectionRunner(store, database, { failed: () => undefined })
    runner.start(observingContext.projections)
    const log = new AttemptLog({ store, clock, workflows: [counter] })
    const commands = new CommandHandler({ store, clock, workflows: [counter], attempts: log })
    queries = new QueryHandler(database, store, clock, 10_000, [], log)
    const refuse = (id: string): Promise<unknown> =>
      commands.handle(add(2_000, { id: newId(), actor: { ...actor, id } })).catch(() => undefined)
    for (let count = 0; count < 100; count++) await refuse('a1')
    clock.advance(120_000)
    await refuse('a2')
    await queries.ask(findAttempts, {}, { ...actor, id: 'a3' }).catch(() => undefined)
    await log.close()
  })
  afterAll(async () => {
    await runner.stop()
    await store.close()
    await server.close()
  })

  const ask = async (params: object): Promise<Awaited<ReturnType<typeof findAttempts.answer>>> =>
    (await queries.ask(findAttempts, params, inspector, await store.head())).answer

  it('shows the newest first, with those that were only counted, to those who inspect', async () => {
    const { items, total, attempts } = await ask({ limit: 500 })
    expect([total, attempts]).toEqual([63, 102])
    const positions = items.map(({ position }) => BigInt(position))
    expect(positions).toEqual(positions.toSorted((a, b) => (a > b ? -1 : 1)))
    expect(items.find(({ actor: of }) => of === 'a3')).toMatchObject({
      kind: 'query',
      target: 'engine.attempts',
      code: 'not-permitted',
      at: '2025-03-14T01:02:00.000Z',
    })
    expect(items.find(({ kind }) => kind === 'suppressed')).toMatchObject({
      actor: 'a1',
      counted: 40,
      reasons: { 'invalid-input': 40 },
    })
  })

  it('filters by actor, reason and time, and pages through everything once', async () => {
    expect((await ask({ actor: 'a1' })).attempts).toBe(100)
    expect((await ask({ code: 'not-permitted' })).attempts).toBe(1)
    expect((await ask({ code: 'invalid-input' })).attempts).toBe(101)
    expect((await ask({ since: '2025-03-14T01:01:00Z' })).attempts).toBe(2)
    expect((await ask({ until: '2025-03-14T01:01:00Z', actor: 'a2' })).attempts).toBe(0)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await ask({ limit: 10, ...(cursor !== null && { cursor }) })
      seen.push(...page.items.map(({ position }) => position))
      cursor = page.next
    } while (cursor !== null)
    expect([seen.length, new Set(seen).size]).toEqual([63, 63])
  })
})
