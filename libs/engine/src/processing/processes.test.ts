import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { InMemoryEventStore } from '#event-store'
import { eventually } from '#testing'
import {
  enter,
  follower,
  handler,
  ledgersOf,
  logOf,
  place,
  type Order,
  type Seen,
} from './ledger.test-support.js'
import { Life, type Checkpoint } from './lives.test-support.js'
import { process, type Process, type ProcessDefinition } from './process.js'
import { processWorkflow } from './process.workflow.js'

describe('a process', () => {
  let store: InMemoryEventStore
  let checkpoint: Checkpoint

  beforeEach(() => {
    store = new InMemoryEventStore()
    checkpoint = { position: 0n }
  })
  afterEach(() => store.close())

  const follow = async (process: Process = follower()): Promise<void> =>
    new Life(store, checkpoint, null, [process]).live(await store.head())
  const order = (id: string, last = false): Order => ({
    order: id,
    entries: [{ ledger: 'l', text: 'x' }],
    last,
  })
  const typesOf = async (instance: string): Promise<readonly string[]> =>
    (await logOf(store, `process-follower:${instance}`)).map(({ type }) => type.slice('process.'.length))

  it('that has ended takes no late messages: they change nothing and are not recorded', async () => {
    for (const last of [false, true, false, true]) await place(store, order('a', last))
    await follow()
    await place(store, order('a'))
    await follow()
    expect(await ledgersOf(store)).toEqual({ l: ['a 1 x', 'a 2 x'] })
    expect(await typesOf('a')).toEqual(['Reacted', 'Delivered', 'Reacted', 'Ended', 'Delivered'])
  })

  it('may look things up for an input: what was found stands in the log, and a lost connection is no incident', async () => {
    let lost = true
    const looking = process<null, { known: number }>({
      name: 'looking',
      version: 1,
      reacts: {
        'order.Placed': {
          instance: ({ data }) => (data as Order).order,
          async input({ stream }, lookup) {
            if (lost) {
              lost = false
              throw Object.assign(new Error('gone'), { code: 'ECONNRESET' })
            }
            return { known: (await lookup.store.readStream(stream)).length }
          },
        },
      },
      initial: null,
      evolve: (state) => state,
      decide: ({ known }) => ({ commands: [enter('l', `${known} known`)] }),
    })
    await place(store, order('a'))
    await follow(looking)
    expect(await ledgersOf(store)).toEqual({ l: ['1 known'] })
    const [reacted] = await logOf(store, 'process-looking:a')
    expect(reacted?.data).toMatchObject({ input: { known: 1 } })
  })

  it('decides on what it knows when that is recorded, not on what it knew before another runner took a step', async () => {
    let taken = false
    const overtaken = follower({
      reacts: {
        'order.Placed': {
          instance: ({ data }) => (data as Order).order,
          async input({ data }) {
            if (!taken) {
              taken = true
              await place(store, order('a'))
              await new Life(store, { position: 1n }, null, [follower()]).live(2n)
            }
            return data as Order
          },
        },
      },
    })
    await place(store, order('a'))
    await new Life(store, checkpoint, null, [overtaken]).live(1n)
    expect(await ledgersOf(store)).toEqual({ l: ['a 1 x', 'a 2 x'] })
  })

  it('finds its place again in a log that was restored from an older copy', async () => {
    await place(store, order('a'))
    await follow()
    await place(store, order('a'))
    const ahead = { position: 10_000n }
    await new Life(store, ahead, null, [follower()]).live(await store.head(), 1)
    expect(ahead.position).toBeLessThan(10_000n)
    expect(await ledgersOf(store)).toEqual({ l: ['a 1 x', 'a 2 x'] })
  })

  it('passes over what was recorded before it is to begin', async () => {
    await place(store, order('a'))
    const [first] = await logOf(store, 'order-')
    const later = new Date(first!.recordedAt.getTime() + 1)
    await eventually(() => Date.now() > later.getTime())
    await place(store, order('a'))
    await follow(follower({ since: later.toISOString() }))
    expect(await ledgersOf(store)).toEqual({ l: ['a 1 x'] })
  })

  it('keeps each instance in order while others go on beside it', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `o${index}`)
    for (let round = 0; round < 3; round++) for (const id of ids) await place(store, order(id))
    const append = store.append.bind(store)
    let [now, most] = [0, 0]
    store.append = async (...args) => {
      most = Math.max(most, ++now)
      await yieldToOthers()
      now--
      return append(...args)
    }
    await follow()
    expect(most).toBe(3)
    const entered = (await ledgersOf(store))['l']!
    const of = (id: string): readonly string[] => entered.filter((text) => text.startsWith(`${id} `))
    for (const id of ids) expect(of(id)).toEqual([1, 2, 3].map((n) => `${id} ${n} x`))
  })

  it.each(['Đơn', 'with space', ''])('is not named %p', (name) => {
    expect(() => follower({ name })).toThrow(expect.objectContaining({ code: 'process-misnamed' }))
  })
})

describe('a process over an upgrade', () => {
  let store: InMemoryEventStore

  beforeEach(() => {
    store = new InMemoryEventStore()
  })
  afterEach(() => store.close())

  const definition = (version: number): ProcessDefinition<Seen, Order> => ({
    name: 'follower',
    version,
    reacts: {
      'order.Placed': {
        instance: ({ data }) => (data as Order).order,
        input: ({ data }) => data as Order,
      },
    },
    initial: { count: 0 },
    evolve: ({ count }) => ({ count: count + 1 }),
    decide: ({ order, last = false }, { count }) => ({
      commands: [enter('l', `v${version}: ${order} ${count + 1}`), enter('l', `v${version}: ${order} and`)],
      ended: last,
    }),
  })
  const order = (id: string, last = false): Order => ({ order: id, entries: [], last })

  it('goes on with what it knows; what was decided before is not decided again', async () => {
    const checkpoint = { position: 0n }
    await place(store, order('a'))
    await new Life(store, checkpoint, null, [process(definition(1))]).live(await store.head())
    await place(store, order('a'))
    // Killed after the decision, and after the first of its two commands.
    const death = { atEffect: 2, before: false }
    await new Life(store, checkpoint, death, [process(definition(1))]).live(await store.head())
    expect(await ledgersOf(store)).toEqual({ l: ['v1: a 1', 'v1: a and', 'v1: a 2'] })
    await place(store, order('a', true))
    await new Life(store, checkpoint, null, [process(definition(2))]).live(await store.head())
    expect(await ledgersOf(store)).toEqual({
      l: ['v1: a 1', 'v1: a and', 'v1: a 2', 'v1: a and', 'v2: a 3', 'v2: a and'],
    })
    const { state } = await handler(store).load(processWorkflow, 'follower:a')
    expect(state).toMatchObject({ status: 'ended', version: 2, outbox: [] })
    const versions = (await logOf(store, 'process-')).flatMap(({ type, data }) =>
      type === 'process.Reacted' ? [(data as { version: number }).version] : [],
    )
    expect(versions).toEqual([1, 1, 2])
  })

  it('is not taken back by an older program that is still there', async () => {
    const checkpoint = { position: 0n }
    await place(store, order('a'))
    await new Life(store, checkpoint, null, [process(definition(2))]).live(await store.head())
    await place(store, order('a'))
    const until = await store.head()
    const old = new Life(store, checkpoint, { atEffect: 1_000, before: true }, [process(definition(1))])
    const living = old.live(until)
    await eventually(() => old.failures > 2)
    await new Life(store, checkpoint, null, [process(definition(2))]).live(until)
    await living
    expect((await ledgersOf(store))['l']).toEqual(['v2: a 1', 'v2: a and', 'v2: a 2', 'v2: a and'])
  })
})
