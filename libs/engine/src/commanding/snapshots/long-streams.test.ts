import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deriveId, refuse, type JsonValue } from '#kernel'
import { InMemoryEventStore, type EventStore } from '#event-store'
import { virtualClock } from '#testing'
import { CommandHandler, type Command, type Outcome, type Snapshot, type Snapshots } from '#engine'
import type { Workflow } from '#engine/workflow'
import { add, counter, type Counter } from '../counter.fixture.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')

/** Snapshots as text, as a database keeps them. */
function inMemory(): Snapshots & { readonly kept: Map<string, Snapshot> } {
  const kept = new Map<string, Snapshot>()
  return {
    kept,
    find(stream, workflow, fold) {
      const found = kept.get(stream)
      return Promise.resolve(found?.workflow === workflow && found.fold === fold ? found : undefined)
    },
    keep: (snapshot) => void kept.set(snapshot.stream, structuredClone(snapshot)),
  }
}

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

const [addRow, strikeRow] = [counter.transitions.get('Add')!, counter.transitions.get('Strike')!]

/** The counter with two more rows, whose answers turn on what is in the stream already. */
const tricky: Workflow<Counter> = {
  ...counter,
  transitions: new Map([
    ...counter.transitions,
    [
      'Ensure',
      {
        ...addRow,
        decide: ({ state, command }) => {
          const { amount } = command as { amount: number }
          return state.total >= amount
            ? []
            : [{ type: 'counter.Added', data: { amount: amount - state.total } }]
        },
      },
    ],
    [
      'Once',
      {
        ...strikeRow,
        decide: ({ aggregate, command, hasEvent }) => {
          const { eventId } = command as { eventId: string }
          return hasEvent(eventId)
            ? refuse('known', { vi: 'Đã có.', en: 'Known.' })
            : [{ type: 'counter.Struck', data: { eventId, of: aggregate } }]
        },
      },
    ],
  ]),
}

const strike = (eventId: string): Command => add(0, { transition: 'Strike', data: { eventId } })
const addAll = (amounts: readonly number[]): Command =>
  add(0, { transition: 'AddAll', data: { adds: amounts.map((amount) => ({ amount })) } })

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

describe('snapshots', () => {
  type Step =
    | { readonly kind: 'new'; readonly transition: string; readonly value: number }
    | { readonly kind: 'repeat' | 'other' | 'dry' | 'seen'; readonly of: number }
    | { readonly kind: 'restart' }
    | { readonly kind: 'truncate' }

  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('new' as const),
        transition: fc.constantFrom('Add', 'AddAll', 'Strike', 'Close', 'Ensure', 'Once'),
        value: fc.nat(40),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom('repeat' as const, 'other' as const, 'dry' as const, 'seen' as const),
        of: fc.nat(1_000),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'truncate' as const) }) },
  )

  it('make no difference to any answer nor to the log, whatever is sent, repeated and restarted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const [withThem, without] = [await played(steps, inMemory()), await played(steps, null)]
        expect(withThem).toEqual(without)
      }),
      { numRuns: 60 },
    )
  })

  /** The same commands, by ids that depend on their number alone, over a stream that is long from the beginning. */
  async function played(steps: readonly Step[], snapshots: ReturnType<typeof inMemory> | null) {
    const store = new InMemoryEventStore({ clock })
    const fresh = (): CommandHandler =>
      new CommandHandler({ store, clock, workflows: [tricky], ...(snapshots && { snapshots }) })
    let handler = fresh()
    const sent: Command[] = []
    const answers: unknown[] = []
    const send = async (command: Command): Promise<void> => {
      clock.advance(1)
      answers.push(await handler.handle(command).then(told, (error: { code: string }) => error.code))
    }
    const command = (transition: string, data: JsonValue): Command =>
      add(0, { transition, data, id: deriveId('command', sent.length) })
    const first = command('AddAll', { adds: Array.from({ length: 140 }, () => ({ amount: 1 })) })
    sent.push(first)
    await send(first)
    for (const each of steps) {
      if (each.kind === 'restart') handler = fresh()
      else if (each.kind === 'truncate') snapshots?.kept.clear()
      else if (each.kind === 'new') {
        const next = command(each.transition, dataOf(each.transition, each.value, sent))
        sent.push(next)
        await send(next)
      } else {
        const known = sent[each.of % sent.length]!
        if (each.kind === 'repeat') await send(known)
        if (each.kind === 'other') await send({ ...known, transition: 'Add', data: { amount: 7 } })
        if (each.kind === 'dry') await send({ ...known, dryRun: true })
        if (each.kind === 'seen') await send({ ...known, expectedRevision: BigInt(each.of) })
      }
    }
    const log = (await store.readStream('counter-one')).map(({ id, type, dataText, metadataText }) => [
      id,
      type,
      dataText,
      metadataText.replaceAll(/"occurredAt":"[^"]*"/g, ''),
    ])
    return { answers, log }
  }

  function dataOf(transition: string, value: number, sent: readonly Command[]): JsonValue {
    if (transition === 'Add') return { amount: value + 1 }
    if (transition === 'Ensure') return { amount: 150 + value * 4 }
    // None at all is a command too: it is accepted and writes nothing.
    if (transition === 'AddAll') return { adds: Array.from({ length: value }, () => ({ amount: 2 })) }
    if (transition === 'Strike' || transition === 'Once')
      return { eventId: deriveId(sent[value % sent.length]!.id, value % 3) }
    return {}
  }

  function told(outcome: Outcome): unknown {
    if (outcome.status === 'refused') return [outcome.refusal.code, outcome.revision]
    const { status, revision, events, state } = outcome
    return { status, revision, events, state }
  }
})
