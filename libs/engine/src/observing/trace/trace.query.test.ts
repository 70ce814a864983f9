import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Database } from '#database'
import {
  CommandHandler,
  findTrace,
  observingContext,
  ProjectionRunner,
  QueryHandler,
  type Trace,
  type TracedEvent,
} from '#engine'
import type { EventStore } from '#event-store'
import { deriveId, newId } from '#kernel'
import { testDatabase, virtualClock, type TestDatabase } from '#testing'
import type { Actor } from '#engine/workflow'
import { actor, add, counter } from '../../commanding/counter.fixture.js'
import { openStore } from '../../projecting/tally.fixture.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')
const auditor: Actor = { id: 'kiem-tra', agency: null, roles: ['auditor'], scope: 'all' }

/** A trace as its ids: `[id, [caused…]]`. */
type Shape = readonly [string, readonly Shape[]]
const shape = ({ id, caused }: TracedEvent): Shape => [id, caused.map(shape)]
const flat = (nodes: readonly TracedEvent[]): TracedEvent[] =>
  nodes.flatMap((node) => [node, ...flat(node.caused)])

describe('engine.trace', () => {
  let server: TestDatabase
  let database: Database
  let store: EventStore
  let runner: ProjectionRunner
  let queries: QueryHandler
  let commands: CommandHandler

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    store = await openStore(database, server.url)
    runner = new ProjectionRunner(store, database, { failed: () => undefined })
    runner.start(observingContext.projections)
    commands = new CommandHandler({ store, clock, workflows: [counter] })
    queries = new QueryHandler(database, store, clock, 10_000)
  })
  afterAll(async () => {
    await runner.stop()
    await store.close()
    await server.close()
  })

  const trace = async (id: string): Promise<Trace> =>
    (await queries.ask(findTrace, { id }, auditor, await store.head())).answer

  it('goes up to what began it and down to all it caused, with actor, command and time', async () => {
    const [root, second, third] = [newId(), newId(), newId()]
    const correlationId = root
    await commands.handle(add(1, { id: root, aggregate: 'why' }))
    await commands.handle(
      add(2, { id: second, aggregate: 'why', correlationId, causationId: deriveId(root, 0) }),
    )
    await commands.handle(
      add(3, { id: third, aggregate: 'other', correlationId, causationId: deriveId(second, 0) }),
    )
    await commands.handle(add(4, { aggregate: 'other', correlationId }))
    const found = await trace(deriveId(second, 0).toUpperCase())
    expect(found).toMatchObject({ correlationId: root, others: 1, truncated: false })
    expect(found.roots.map(shape)).toEqual([
      [deriveId(root, 0), [[deriveId(second, 0), [[deriveId(third, 0), []]]]]],
    ])
    expect(flat(found.roots).map(({ asked }) => asked)).toEqual([false, true, false])
    expect(found.roots[0]!.caused[0]).toMatchObject({
      stream: 'counter-why',
      revision: '1',
      type: 'counter.Added',
      actor: 'a1',
      agency: 'so-tu-phap',
      transition: 'Add',
      commandId: second,
      correlationId: root,
      causationId: deriveId(root, 0),
      occurredAt: '2025-03-14T01:00:00.000Z',
    })
    expect(JSON.stringify(found)).not.toContain('amount')
  })

  it('takes the id of a command or of a whole, and says when there is none', async () => {
    const id = newId()
    const adds = [{ amount: 1 }, { amount: 2 }]
    await commands.handle(add(0, { id, aggregate: 'whole', transition: 'AddAll', data: { adds } }))
    await commands.handle(add(1, { aggregate: 'whole', causationId: id, correlationId: id }))
    const found = await trace(id)
    expect(found.roots.map(({ id: of, caused }) => [of, caused.length])).toEqual([
      [deriveId(id, 0), 1],
      [deriveId(id, 1), 0],
    ])
    expect(found.others).toBe(0)
    const missing = newId()
    await expect(trace(missing)).rejects.toMatchObject({ kind: 'not-found', code: 'event-unknown' })
    await expect(queries.ask(findTrace, { id }, actor)).rejects.toMatchObject({ code: 'not-permitted' })
  })

  it('shows each event once where a sender names causes in a circle', async () => {
    const [first, second] = [newId(), newId()]
    await commands.handle(add(1, { id: first, aggregate: 'circle', causationId: deriveId(second, 0) }))
    await commands.handle(add(1, { id: second, aggregate: 'circle', causationId: deriveId(first, 0) }))
    const found = await trace(deriveId(first, 0))
    expect(flat(found.roots).map(({ id }) => id)).toEqual([deriveId(second, 0), deriveId(first, 0)])
    expect(flat((await trace(first)).roots)).toHaveLength(2)
  })

  it('takes events that others have written, whatever their metadata', async () => {
    const id = newId()
    const metadata = { actor: 7, commandId: 8, causationId: 'x' }
    await store.append('foreign-1', [{ id, type: 'foreign.Noted', data: {}, metadata }], 'any')
    expect(await trace(id)).toMatchObject({
      correlationId: null,
      roots: [{ id, type: 'foreign.Noted', actor: null, commandId: null, asked: true }],
    })
  })

  it('says when there is more than it shows', async () => {
    const id = newId()
    await commands.handle(add(1, { id, aggregate: 'many' }))
    const causationId = deriveId(id, 0)
    await Promise.all(
      Array.from({ length: 520 }, (_none, index) =>
        commands.handle(add(1, { aggregate: `many-${index}`, causationId })),
      ),
    )
    const found = await trace(causationId)
    expect([flat(found.roots).length, found.truncated]).toEqual([500, true])
  })

  it('agrees with the causes as they were given, for forests of any shape', async () => {
    const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(parents, fc.nat(), async (chosen, pick) => {
        const ids = chosen.map(() => newId())
        const caused = new Map<string, string>()
        for (const [index, parent] of chosen.entries()) {
          const cause = parent % (index + 1)
          const causationId = cause === index ? undefined : deriveId(ids[cause]!, 0)
          if (causationId !== undefined) caused.set(deriveId(ids[index]!, 0), causationId)
          const aggregate = `forest-${ids[0]}-${index % 3}`
          await commands.handle(add(1, { id: ids[index]!, aggregate, ...(causationId && { causationId }) }))
        }
        const asked = deriveId(ids[pick % ids.length]!, 0)
        const below = (id: string): Shape => [
          id,
          ids
            .map((of) => deriveId(of, 0))
            .filter((of) => caused.get(of) === id)
            .map(below),
        ]
        let expected = below(asked)
        for (let up = caused.get(asked); up !== undefined; up = caused.get(up)) expected = [up, [expected]]
        expect((await trace(asked)).roots.map(shape)).toEqual([expected])
      }),
      { numRuns: 20 },
    )
  })
})
