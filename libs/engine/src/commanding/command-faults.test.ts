import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deriveId, type RoviecError } from '#kernel'
import { AppendOutcomeUnknown, InMemoryEventStore, type EventStore } from '#event-store'
import { openLog, testDatabase, testLogs, testProcess, virtualClock, type TestDatabase } from '#testing'
import { CommandHandler, type Outcome } from '#engine'
import { add, counter } from './counter.fixture.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')
const handlerOn = (store: EventStore): CommandHandler =>
  new CommandHandler({ store, clock, workflows: [counter] })

/** The store, with something else happening around its appends. */
function around(
  store: EventStore,
  append: (
    forward: EventStore['append'],
    ...args: Parameters<EventStore['append']>
  ) => ReturnType<EventStore['append']>,
): EventStore {
  const forward: EventStore['append'] = (...args) => store.append(...args)
  return Object.assign(Object.create(store) as EventStore, {
    append: (...args: Parameters<EventStore['append']>) => append(forward, ...args),
    readStream: store.readStream.bind(store),
  })
}

const totalOf = (outcome: Outcome): unknown => ('state' in outcome ? outcome.state : null)

describe('a command whose answer was lost', () => {
  it.each(['before', 'after'])('is sent again when the connection was lost %s the append', async (when) => {
    const store = new InMemoryEventStore()
    let losing = true
    const lossy = around(store, async (forward, ...args) => {
      if (!losing) return forward(...args)
      if (when === 'after') await forward(...args)
      throw new AppendOutcomeUnknown(args[0], new Error('connection lost'))
    })
    const [handler, command] = [handlerOn(lossy), add(3)]
    await expect(handler.handle(command)).rejects.toMatchObject({
      code: 'append-outcome-unknown',
      details: { safeToRepeat: true },
    })
    losing = false
    clock.advance(1_000)
    const outcome = await handler.handle(command)
    expect(outcome).toMatchObject({
      status: when === 'after' ? 'repeated' : 'accepted',
      revision: 0n,
      events: [{ type: 'counter.Added', data: { amount: 3 } }],
      state: { total: 3 },
    })
    expect(await store.readStream('counter-one')).toHaveLength(1)
  })

  it('counts once however often answers are lost, whoever writes in between', async () => {
    const step = fc.record({
      amount: fc.integer({ min: 1, max: 9 }),
      losses: fc.array(fc.constantFrom('before' as const, 'after' as const), { maxLength: 3 }),
      other: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const store = new InMemoryEventStore()
        const losses: ('before' | 'after')[] = []
        const lossy = around(store, async (forward, ...args) => {
          const loss = losses.shift()
          if (loss !== 'before') await forward(...args)
          if (loss !== undefined) throw new AppendOutcomeUnknown(args[0], new Error('lost'))
          return forward(...args)
        })
        const [handler, other] = [handlerOn(lossy), handlerOn(store)]
        let total = 0
        for (const { amount, losses: coming, other: interferes } of steps) {
          const command = add(amount)
          losses.push(...coming)
          for (let answered = false; !answered;)
            answered = await handler.handle(command).then(
              () => true,
              (error: unknown) => {
                if (!(error instanceof AppendOutcomeUnknown)) throw error
                clock.advance(10)
                return false
              },
            )
          losses.length = 0
          total += amount
          if (interferes) total += totalAdded(await other.handle(add(1)))
          expect((await handler.load(counter, 'one')).state.total).toBe(total)
        }
        expect((await handlerOn(store).load(counter, 'one')).state.total).toBe(total)
      }),
      { numRuns: 60 },
    )
  })
})

const totalAdded = (outcome: Outcome): number => (outcome.status === 'accepted' ? 1 : 0)

describe('a handler whose cache is behind', () => {
  it('does not lose the events of others when the store calls its append a repetition', async () => {
    const store = new InMemoryEventStore()
    const [behind, ahead] = [handlerOn(store), handlerOn(store)]
    await behind.handle(add(1))
    await ahead.handle(add(500))
    const command = add(400, { occurredAt: '2025-03-01T00:00:00Z' })
    await ahead.handle(command)
    const again = await behind.handle(command)
    expect(again).toMatchObject({ status: 'repeated', revision: 2n, position: 3n })
    expect(totalOf(again)).toMatchObject({ total: 901 })
    expect(await behind.handle(add(100))).toMatchObject({ refusal: { code: 'too-much' } })
    expect(await behind.handle(add(99))).toMatchObject({ state: { total: 1000 } })
  })

  it('finds its command in the log although another process wrote it after a lost revision', async () => {
    const store = new InMemoryEventStore()
    const [other, command] = [handlerOn(store), add(2)]
    const interference = [add(1), command]
    const disturbed = around(store, async (forward, ...args) => {
      const coming = interference.shift()
      clock.advance(1)
      if (coming !== undefined) await other.handle(coming)
      return forward(...args)
    })
    expect(await handlerOn(disturbed).handle(command)).toMatchObject({ status: 'repeated', revision: 1n })
    expect(await store.readStream('counter-one')).toHaveLength(2)
  })

  it('repeats an answer with the state after it, though a slow reading has put an older one into the cache', async () => {
    const store = new InMemoryEventStore()
    let arrive: () => void = () => undefined
    let slowly = false
    const slow = Object.assign(Object.create(store) as EventStore, {
      append: store.append.bind(store),
      async readStream(...args: Parameters<EventStore['readStream']>) {
        const held = slowly
        const events = await store.readStream(...args)
        if (held) await new Promise<void>((resolve) => (arrive = resolve))
        return events
      },
    })
    const [handler, command] = [handlerOn(slow), add(2)]
    await handler.handle(add(1))
    slowly = true
    const reading = handler.load(counter, 'one')
    slowly = false
    await handler.handle(command)
    arrive()
    await reading
    expect(await handler.handle(command)).toMatchObject({
      status: 'repeated',
      revision: 1n,
      state: { total: 3 },
    })
  })

  it('takes a UUID in capitals for the same command', async () => {
    const handler = handlerOn(new InMemoryEventStore())
    const command = add(2)
    await handler.handle(command)
    expect(await handler.handle({ ...command, id: command.id.toUpperCase() })).toMatchObject({
      status: 'repeated',
    })
  })
})

/** EventStoreDB may tell both that they were first, or neither where one had to send again. */
const mayHear = {
  postgres: ['accepted repeated'],
  eventstoredb: ['accepted repeated', 'accepted', 'repeated'],
}

describe.each(testLogs)('two processes with the same commands, on $what', ({ on, start }) => {
  let database: TestDatabase
  let log: Awaited<ReturnType<typeof start>>

  beforeAll(async () => {
    database = await testDatabase()
    log = await start(database)
  })
  afterAll(async () => {
    await log.stop()
    await database.close()
  })

  it('record each command once, and each gets its answer', async () => {
    const store = await openLog(log.url)
    const script = new URL('./racing-commands.fixture.ts', import.meta.url)
    const racers = [testProcess(script, [log.url]), testProcess(script, [log.url])]
    await Promise.all(racers.map((racer) => racer.line('ready')))
    for (const racer of racers) racer.tell('go')
    const answers = await Promise.all(
      racers.map(async (racer) => JSON.parse(await racer.line('answers ')) as Record<string, string>),
    )
    const ids = Object.keys(answers[0]!)
    expect(ids).toHaveLength(120)
    for (const id of ids) {
      const heard = [...new Set(answers.map((each) => each[id]!))].toSorted().join(' ')
      expect(mayHear[on]).toContain(heard)
    }
    const logged: string[] = []
    for await (const page of store.readAll()) logged.push(...page.map((event) => event.id))
    expect(logged.toSorted()).toEqual(ids.map((id) => deriveId(id, 0)).toSorted())
    expect(await Promise.all(racers.map((racer) => racer.ended))).toEqual([0, 0])
    await store.close()
  })

  it(`${on === 'postgres' ? 'meet' : 'do not meet'} when one id is used for two aggregates`, async () => {
    const stores = [await openLog(log.url), await openLog(log.url)]
    const [one, other] = stores.map(handlerOn) as [CommandHandler, CommandHandler]
    const command = add(1, { aggregate: 'used-first' })
    await one.handle(command)
    const again = await other.handle({ ...command, aggregate: 'used-again' }).then(
      ({ status }) => status,
      (error: unknown) => (error as RoviecError).code,
    )
    // EventStoreDB keeps no index of ids: that process had nothing to do with the first stream.
    expect(again).toBe(on === 'postgres' ? 'command-id-taken' : 'accepted')
    for (const store of stores) await store.close()
  })
})
