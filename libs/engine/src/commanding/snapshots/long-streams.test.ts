import { describe, expect, it } from '@jest/globals'
import { deriveId } from '#kernel'
import { InMemoryEventStore, type EventStore } from '#event-store'
import { virtualClock } from '#testing'
import { CommandHandler, type Command, type Snapshots } from '#engine'
import type { Workflow } from '#engine/workflow'
import { add, counter, type Counter } from '../counter.fixture.js'
import { addAll, inMemory, strike, tricky } from './long-stream.fixture.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')

/** The store, counting the events that were read. */
function counting(store: EventStore): EventStore & { read: number } {
  return Object.assign(Object.create(store) as EventStore, {
    read: 0,
    append: store.append.bind(store),
    async readStream(this: { read: number }, ...args: Parameters<EventStore['readStream']>) {
      const events = await store.readStream(...args)
      this.read += events.length
      return events
    },
  })
}

/** A stream of `length` events of one counter; each handler it gives has never seen it. */
async function longStream(length: number, snapshots: Snapshots, workflow: Workflow<Counter> = counter) {
  const store = counting(new InMemoryEventStore({ clock }))
  const writer = new CommandHandler({ store, clock, workflows: [counter], snapshots })
  const first = addAll([1, 2])
  await writer.handle(first)
  const commands = [first, ...Array.from({ length: length - 2 }, () => strike(deriveId(first.id, 0)))]
  for (const command of commands.slice(1)) await writer.handle(command)
  store.read = 0
  const fresh = (): CommandHandler => new CommandHandler({ store, clock, workflows: [workflow], snapshots })
  return { store, commands, fresh }
}

const nowhere: Snapshots = { find: () => Promise.resolve(undefined), keep: () => undefined }

describe('a long stream', () => {
  it('is not read whole for a command, by a process that has never seen it', async () => {
    const { store, fresh } = await longStream(1_000, inMemory())
    expect(await fresh().handle(add(4))).toMatchObject({ status: 'accepted', state: { total: 7 } })
    expect(store.read).toBeLessThan(100)
  })

  it('answers a command of long ago, after a restart, as the first time', async () => {
    const { commands, fresh, store } = await longStream(300, inMemory())
    const before = (await store.readStream('counter-one')).length
    expect(await fresh().handle(commands[0]!)).toMatchObject({
      status: 'repeated',
      revision: 1n,
      events: [{ data: { amount: 1 } }, { data: { amount: 2 } }],
    })
    await expect(fresh().handle({ ...commands[0]!, transition: 'Close', data: {} })).rejects.toMatchObject({
      code: 'command-id-taken',
      details: { first: 'AddAll', now: 'Close' },
    })
    expect(await store.readStream('counter-one')).toHaveLength(before)
  })

  it('never refuses a command for what it has done itself', async () => {
    const { fresh } = await longStream(300, inMemory())
    const close = add(0, { transition: 'Close', data: {} })
    await fresh().handle(close)
    expect(await fresh().handle(close)).toMatchObject({ status: 'repeated' })
  })

  it('never refuses, a hundred events later either', async () => {
    const snapshots = inMemory()
    const { fresh } = await longStream(150, snapshots)
    const most = add(990)
    await fresh().handle(most)
    const writer = fresh()
    for (let count = 0; count < 120; count++) await writer.handle(strike(deriveId(most.id, 0)))
    expect(snapshots.kept.get('counter-one')!.revision).toBeGreaterThan(200n)
    expect(await fresh().handle(most)).toMatchObject({
      status: 'repeated',
      events: [{ data: { amount: 990 } }],
    })
    expect(await fresh().handle({ ...most, expectedRevision: 149n })).toMatchObject({ status: 'repeated' })
    expect(await fresh().handle({ ...most, dryRun: true })).toMatchObject({ status: 'repeated' })
    expect(await fresh().handle(addAll([]))).toMatchObject({ status: 'accepted', events: [] })
  })

  it('knows each of its events, old ones too, when a command names one', async () => {
    const { commands, fresh } = await longStream(300, inMemory())
    for (const id of [deriveId(commands[0]!.id, 1), deriveId(commands.at(-1)!.id, 0)])
      expect(await fresh().handle(strike(id))).toMatchObject({ status: 'accepted' })
    expect(await fresh().handle(strike(deriveId('nobody', 0)))).toMatchObject({
      refusal: { code: 'event-unknown' },
    })
  })

  it('is asked for the whole truth where a decision turns on what is not there', async () => {
    const { commands, fresh } = await longStream(300, inMemory(), tricky)
    const old = deriveId(commands[0]!.id, 1)
    const once = (eventId: string): Command => ({ ...strike(eventId), transition: 'Once' })
    expect(await fresh().handle(once(old))).toMatchObject({ refusal: { code: 'known' } })
    expect(await fresh().handle(once(deriveId('nobody', 0)))).toMatchObject({ status: 'accepted' })
  })

  it('answers a command with its events of then, though now it would need none', async () => {
    const { commands, fresh } = await longStream(150, inMemory(), tricky)
    const ensure = add(10, { transition: 'Ensure' })
    const writer = fresh()
    await writer.handle(ensure)
    for (let count = 0; count < 120; count++) await writer.handle(strike(deriveId(commands[0]!.id, 0)))
    expect(await fresh().handle(ensure)).toMatchObject({
      status: 'repeated',
      events: [{ data: { amount: 7 } }],
    })
  })

  it('is read whole where the fold was rewritten or has another version', async () => {
    const snapshots = inMemory()
    const { store, fresh } = await longStream(300, snapshots, { ...counter, foldVersion: 2 })
    await fresh().handle(add(4))
    expect(store.read).toBeGreaterThan(300)
    const doubled = {
      ...counter,
      foldText: 'rewritten',
      evolve: (state: never, event: { type: string; data: unknown }, context: never) => {
        const next = counter.evolve(state, event, context)
        return event.type === 'counter.Added' ? { ...next, total: next.total + 1_000 } : next
      },
    } as typeof counter
    const rewritten = new CommandHandler({ store, clock, workflows: [doubled], snapshots })
    expect((await rewritten.load(doubled, 'one')).state.total).toBe(3_007)
  })

  it('is read whole where the snapshot is of another history: a log restored from an older copy', async () => {
    const snapshots = inMemory()
    await longStream(300, snapshots)
    const ofAnotherHistory = {
      ...snapshots.kept.get('counter-one')!,
      state: { status: 'closed', total: 999 } as const,
    }
    const { fresh } = await longStream(300, { ...nowhere, find: () => Promise.resolve(ofAnotherHistory) })
    expect((await fresh().load(counter, 'one')).state).toEqual({ status: 'counting', total: 3 })
  })

  it('is read whole where snapshots cannot be read, and a short one asks for none', async () => {
    const { fresh, store } = await longStream(300, nowhere)
    expect((await fresh().load(counter, 'one')).state.total).toBe(3)
    expect(store.read).toBeGreaterThan(300)
    const asked: string[] = []
    const spying: Snapshots = {
      find: (stream) => Promise.resolve(void asked.push(stream)) as Promise<undefined>,
      keep: ({ stream }) => void asked.push(stream),
    }
    const short = await longStream(30, spying)
    await short.fresh().handle(add(1))
    expect(asked).toEqual([])
  })
})
