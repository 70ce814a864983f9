import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { newId, RoviecError, type JsonValue } from '#kernel'
import { EventStoreUnavailable, InMemoryEventStore } from '#event-store'
import type { Actor } from '#engine/workflow'
import { code, enter, follower, handler, ledgersOf, logOf, place, type Order } from './ledger.test-support.js'
import { Life, type Checkpoint } from './lives.test-support.js'
import type { Process } from './process.js'
import type { ProcessState } from './process.state.js'
import { processWorkflow } from './process.workflow.js'

const operator: Actor = { id: 'van-hanh', agency: null, roles: ['operator'], scope: 'all' }

describe('what goes wrong in a process', () => {
  let store: InMemoryEventStore
  let checkpoint: Checkpoint

  beforeEach(() => {
    store = new InMemoryEventStore()
    checkpoint = { position: 0n }
    code.mended = false
  })
  afterEach(() => store.close())

  /** A runner of its own, from the place where the last one stopped until the end of the log. */
  const follow = async (process: Process = follower()): Promise<void> =>
    new Life(store, checkpoint, null, [process]).live(await store.head())
  const order = (id: string, ...texts: string[]): Order => ({
    order: id,
    entries: texts.map((text) => ({ ledger: `l-${id}`, text })),
  })
  const resolve = async (transition: 'Retry' | 'Dismiss', instance: string): Promise<void> => {
    await handler(store).handleOrThrow({
      id: newId(),
      workflow: 'process',
      aggregate: `follower:${instance}`,
      transition,
      data: { reason: 'đã sửa chương trình' },
      actor: operator,
    })
  }
  const stateOf = async (instance: string): Promise<ProcessState> =>
    (await handler(store).load(processWorkflow, `follower:${instance}`)).state
  const typesOf = async (instance: string): Promise<readonly string[]> =>
    (await logOf(store, `process-follower:${instance}`)).map(({ type }) => type.slice('process.'.length))

  it('a refused command is on record and sent no more; the instance goes on', async () => {
    await place(store, order('a', 'x', 'no', 'y'))
    await place(store, order('a', 'z'))
    await follow()
    await new Life(store, { position: 0n }, null, [follower()]).live(await store.head())
    expect(await ledgersOf(store)).toEqual({ 'l-a': ['a 1 x', 'a 1 y', 'a 2 z'] })
    expect(await typesOf('a')).toEqual([
      'Reacted',
      'Delivered',
      'CommandRefused',
      'Delivered',
      'Reacted',
      'Delivered',
    ])
    const { incidents } = await stateOf('a')
    expect(incidents).toMatchObject([
      { kind: 'command-refused', code: 'not-wanted', command: { index: 1, command: enter('l-a', 'no') } },
    ])
  })

  it('a refused command is sent again when an operator says so, and dismissed when he says so', async () => {
    await place(store, order('a', 'no'))
    await follow()
    await resolve('Retry', 'a')
    await follow()
    expect(await typesOf('a')).toEqual(['Reacted', 'CommandRefused', 'Retried', 'CommandRefused'])
    await resolve('Dismiss', 'a')
    await follow()
    expect(await stateOf('a')).toMatchObject({ status: 'running', incidents: [], outbox: [] })
    await expect(resolve('Dismiss', 'a')).rejects.toMatchObject({ code: 'no-incident' })
  })

  it('a refusal that belongs to the course of things is none', async () => {
    const commands = [{ ...enter('l', 'no'), tolerates: ['not-wanted'] }]
    await place(store, order('a'))
    await follow(follower({ decide: () => ({ commands }) }))
    expect(await stateOf('a')).toMatchObject({ incidents: [], outbox: [] })
    const [, delivered] = await logOf(store, 'process-')
    expect(delivered).toMatchObject({ type: 'process.Delivered', data: { tolerated: 'not-wanted' } })
  })

  it.each([
    ['nobody knows', { workflow: 'nobody' }, 'workflow-unknown'],
    ['has malformed data', { data: { text: 7 } }, 'invalid-input'],
  ])('a command that %s is refused', async (_what, over, refusal) => {
    await place(store, order('a'))
    await follow(follower({ decide: () => ({ commands: [{ ...enter('l', 'x'), ...over }] }) }))
    expect((await stateOf('a')).incidents).toMatchObject([{ kind: 'command-refused', code: refusal }])
  })

  it('a command that cannot even be decided holds its instance, and no other', async () => {
    for (const text of ['x', 'bug', 'y']) {
      await place(store, order('a', text, `${text}2`))
      await place(store, order('b', text === 'bug' ? 'z' : text))
    }
    await follow()
    expect(await ledgersOf(store)).toEqual({ 'l-a': ['a 1 x', 'a 1 x2'], 'l-b': ['b 1 x', 'b 2 z', 'b 3 y'] })
    const held = await stateOf('a')
    expect(held).toMatchObject({ status: 'held', incidents: [{ kind: 'held', code: 'TypeError' }] })
    expect(held.queue).toHaveLength(1)
    expect(held.incidents[0]!.message).not.toContain('cannot read bug')
    code.mended = true
    await resolve('Retry', 'a')
    await follow()
    expect((await ledgersOf(store))['l-a']).toEqual(['a 1 x', 'a 1 x2', 'bug', 'a 2 bug2', 'a 3 y', 'a 3 y2'])
    expect(await stateOf('a')).toMatchObject({ status: 'running', incidents: [], queue: [], outbox: [] })
  })

  const brittle = (isBad: (order: Order) => boolean): Process =>
    follower({
      decide(input, { count }) {
        if (isBad(input)) throw new RangeError('a text of a person')
        return { commands: [enter(`l-${input.order}`, `${input.order} ${count + 1}`)] }
      },
    })

  it('an event that the code cannot take waits, and later ones behind it, until the code can', async () => {
    const bad = brittle(({ entries }) => entries[0]?.text === 'bad')
    for (const text of ['x', 'bad', 'y', 'bad', 'z']) await place(store, order('a', text))
    await place(store, order('b', 'x'))
    await follow(bad)
    expect(await ledgersOf(store)).toEqual({ 'l-a': ['a 1'], 'l-b': ['b 1'] })
    expect(await typesOf('a')).toEqual(['Reacted', 'Delivered', 'Held', 'Queued', 'Queued', 'Queued'])
    await resolve('Retry', 'a')
    await follow(bad)
    expect(await stateOf('a')).toMatchObject({ status: 'held', queue: [{}, {}, {}, {}] })
    await resolve('Retry', 'a')
    await place(store, order('a', 'last'))
    await follow(brittle(() => false))
    expect((await ledgersOf(store))['l-a']).toEqual(['a 1', 'a 2', 'a 3', 'a 4', 'a 5', 'a 6'])
    expect(
      JSON.stringify(await logOf(store, 'process-'), (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    ).not.toContain('a text of a person')
  })

  it('an event that an operator gives up is left out, and those behind it have their turn', async () => {
    const bad = brittle(({ entries }) => entries[0]?.text === 'bad')
    for (const text of ['bad', 'y', 'bad', 'z']) await place(store, order('a', text))
    await follow(bad)
    await resolve('Dismiss', 'a')
    await follow(bad)
    expect((await ledgersOf(store))['l-a']).toEqual(['a 1'])
    expect(await stateOf('a')).toMatchObject({ status: 'held', queue: [{}, {}] })
    await resolve('Dismiss', 'a')
    await follow(bad)
    await new Life(store, { position: 0n }, null, [bad]).live(await store.head())
    expect((await ledgersOf(store))['l-a']).toEqual(['a 1', 'a 2'])
  })

  it('a command that an operator gives up is left out, the others of its reaction are sent', async () => {
    await place(store, order('a', 'x', 'bug', 'y'))
    await follow()
    await resolve('Dismiss', 'a')
    await follow()
    expect(await ledgersOf(store)).toEqual({ 'l-a': ['a 1 x', 'a 1 y'] })
  })

  it('an event whose instance cannot be told waits apart, and comes to its instance in the end', async () => {
    const lost = (isLost: boolean): Process =>
      follower({
        reacts: {
          'order.Placed': {
            instance({ data }) {
              const { order: id } = data as Order
              if (isLost && id === 'a') throw new TypeError('no id')
              return id
            },
            input: ({ data }) => data as Order,
          },
        },
      })
    for (const id of ['a', 'b', 'a']) await place(store, order(id, 'x'))
    await follow(lost(true))
    expect(await ledgersOf(store)).toEqual({ 'l-b': ['b 1 x'] })
    expect(await stateOf('_unrouted')).toMatchObject({ status: 'held', queue: [{}, {}] })
    await resolve('Retry', '_unrouted')
    await follow(lost(false))
    expect(await ledgersOf(store)).toEqual({ 'l-b': ['b 1 x'], 'l-a': ['a 1 x', 'a 2 x'] })
    expect(await stateOf('_unrouted')).toMatchObject({ status: 'running', queue: [], incidents: [] })
  })

  it('an event that cannot even be read holds nothing but itself', async () => {
    await place(store, order('a', 'x'), 'order.Placed', null)
    await place(store, order('b', 'x'))
    await place(store, order('a', 'y'))
    await follow()
    expect(await ledgersOf(store)).toEqual({ 'l-b': ['b 1 x'], 'l-a': ['a 1 y'] })
    expect(await stateOf('_unrouted')).toMatchObject({ status: 'held', incidents: [{ code: 'TypeError' }] })
    await resolve('Retry', '_unrouted')
    await follow()
    expect(await stateOf('_unrouted')).toMatchObject({ status: 'held', queue: [{}] })
    await resolve('Dismiss', '_unrouted')
    await follow()
    expect(await stateOf('_unrouted')).toMatchObject({ status: 'running', queue: [] })
  })

  /** What a newer program has recorded, in a form that today's does not know. */
  const newerEvent = async (instance: string, type: string, data: JsonValue): Promise<void> => {
    const metadata = {
      commandId: newId(),
      actor: 'system',
      occurredAt: '2025-03-14T01:00:00.000Z',
      schema: 2,
    }
    await store.append(`process-follower:${instance}`, [{ id: newId(), type, data, metadata }], 'any')
  }
  /** As a program reads it that knows the form. */
  const learnVersion = (): void => {
    const readStream = store.readStream.bind(store)
    store.readStream = async (...asked) =>
      (await readStream(...asked)).map((event) => {
        const value = { ...(event.metadata as object), schema: 1 }
        return Object.defineProperty(event, 'metadata', { value })
      })
  }

  it('an instance whose own stream cannot be read stands still, and no other, until the code can', async () => {
    for (const id of ['a', 'b']) await place(store, order(id, 'x'))
    await follow()
    await newerEvent('a', 'process.Forwarded', { event: { id: 'e' }, instance: null })
    for (const id of ['a', 'b', 'a']) await place(store, order(id, 'y'))
    await follow()
    // From the start on: what stands behind is known, whether it was taken before or after.
    await new Life(store, { position: 0n }, null, [follower()]).live(await store.head())
    expect(await ledgersOf(store)).toEqual({ 'l-a': ['a 1 x'], 'l-b': ['b 1 x', 'b 2 y'] })
    expect((await typesOf('a')).slice(3)).toEqual(['Held', 'Queued', 'Queued', 'Queued'])
    await expect(resolve('Retry', 'a')).rejects.toMatchObject({ code: 'unknown-event-version' })
    learnVersion()
    expect(await stateOf('a')).toMatchObject({
      status: 'held',
      incidents: [{ kind: 'held', code: 'unknown-event-version', event: null, command: null }],
    })
    await resolve('Retry', 'a')
    await follow()
    expect((await ledgersOf(store))['l-a']).toEqual(['a 1 x', 'a 2 y', 'a 3 y'])
    expect(await stateOf('a')).toMatchObject({ status: 'running', incidents: [], queue: [] })
  })

  it('what an operator has resolved in a stream that cannot be read waits for him to do so again', async () => {
    await place(store, order('a', 'x', 'no', 'y'))
    await follow()
    await newerEvent('a', 'process.Retried', { reason: 'đã sửa chương trình' })
    await follow()
    expect((await typesOf('a')).slice(-2)).toEqual(['Retried', 'Held'])
    learnVersion()
    expect(await stateOf('a')).toMatchObject({ status: 'held', outbox: [{ index: 1 }] })
    await resolve('Retry', 'a')
    await follow()
    expect((await typesOf('a')).slice(-2)).toEqual(['Retried', 'CommandRefused'])
  })

  it('a reaction that cannot be recorded holds its instance, and no other', async () => {
    const formless = follower({
      decide: ({ order: id }) => ({ commands: id === 'a' ? (['x'] as never) : [enter(`l-${id}`, 'x')] }),
    })
    await place(store, order('a', 'x'))
    await place(store, order('b', 'x'))
    await follow(formless)
    expect(await ledgersOf(store)).toEqual({ 'l-b': ['x'] })
    expect(await stateOf('a')).toMatchObject({ status: 'held', incidents: [{ code: 'invalid-input' }] })
  })

  it('an instance is held whatever the length of what is said about it', async () => {
    const vast = follower({
      decide() {
        throw new RoviecError('fault', 'vast', { vi: 'dài', en: 'x'.repeat(5_000) })
      },
    })
    await place(store, order('a', 'x'))
    await follow(vast)
    expect(await stateOf('a')).toMatchObject({ status: 'held', incidents: [{ code: 'vast' }] })
  })

  it('a store that is away for a while is no incident: it is tried again', async () => {
    const append = store.append.bind(store)
    let away = 3
    store.append = async (stream, ...rest) => {
      if (stream.startsWith('ledger-') && away-- > 0) throw new EventStoreUnavailable(new Error('away'))
      return append(stream, ...rest)
    }
    await place(store, order('a', 'x', 'y'))
    await place(store, order('b', 'z'))
    await follow()
    expect(away).toBeLessThan(0)
    expect(await ledgersOf(store)).toEqual({ 'l-a': ['a 1 x', 'a 1 y'], 'l-b': ['b 1 z'] })
    expect(await typesOf('a')).toEqual(['Reacted', 'Delivered', 'Delivered'])
  })
})
