import { beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deriveId, newId } from '#kernel'
import { InMemoryEventStore, StreamRevisionMismatch, type EventStore } from '#event-store'
import { virtualClock } from '#testing'
import { CommandHandler, type Command } from '#engine'
import { actor, add, counter } from './counter.fixture.js'

describe('CommandHandler', () => {
  let store: EventStore
  let handler: CommandHandler
  const clock = virtualClock('2025-03-14T01:00:00.000Z')

  const fresh = (): CommandHandler => new CommandHandler({ store, clock, workflows: [counter] })
  const stored = async (): Promise<readonly string[]> =>
    (await store.readStream('counter-one')).map((event) => event.dataText)

  beforeEach(() => {
    store = new InMemoryEventStore({ clock })
    handler = fresh()
  })

  it('appends what the workflow decides, with who, when and why in the metadata', async () => {
    const causationId = newId()
    const command = add(3, { occurredAt: '2025-03-01T00:00:00+07:00', causationId })
    const outcome = await handler.handle(command)
    expect(outcome).toMatchObject({
      status: 'accepted',
      revision: 0n,
      state: { status: 'counting', total: 3 },
    })
    const [event] = await store.readStream('counter-one')
    expect(event).toMatchObject({
      id: deriveId(command.id, 0),
      type: 'counter.Added',
      metadata: {
        commandId: command.id,
        transition: 'Add',
        actor: 'a1',
        agency: 'so-tu-phap',
        occurredAt: '2025-03-01T00:00:00+07:00',
        correlationId: command.id,
        causationId,
      },
    })
  })

  it('answers a repeated command as the first time, also after a restart and after other commands', async () => {
    const command = add(3)
    const first = await handler.handle(command)
    await handler.handle(add(4))
    for (const again of [handler, fresh()]) {
      const outcome = await again.handle(command)
      expect(outcome).toMatchObject({ status: 'repeated', revision: 0n, events: [{ data: { amount: 3 } }] })
      expect(outcome).toHaveProperty('position', (first as { position: bigint }).position)
    }
    expect(await stored()).toHaveLength(2)
  })

  it('calls the same id with other content a conflict that names both commands', async () => {
    const command = add(3)
    await handler.handle(command)
    for (const other of [
      { ...command, data: { amount: 4 } },
      { ...command, transition: 'Close', data: {} },
    ])
      await expect(fresh().handle(other)).rejects.toMatchObject({
        kind: 'conflict',
        code: 'command-id-taken',
        details: { first: 'Add' },
      })
    expect(await stored()).toHaveLength(1)
  })

  it('calls an id that another aggregate has used a conflict that names both', async () => {
    const command = add(3)
    await handler.handle(command)
    await expect(handler.handle({ ...command, aggregate: 'two' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'command-id-taken',
      details: { first: 'Add', firstStream: 'counter-one', now: 'Add', stream: 'counter-two' },
    })
    expect(await store.readStream('counter-two')).toHaveLength(0)
  })

  it('refuses by the table: role first, then state, then the rule', async () => {
    const stranger = { ...actor, roles: ['auditor'] }
    const refusal = async (command: Command): Promise<unknown> => {
      const outcome = await handler.handle(command)
      return outcome.status === 'refused' ? outcome.refusal.code : outcome.status
    }
    expect(await refusal(add(1, { actor: stranger }))).toBe('not-permitted')
    expect(await refusal(add(1, { transition: 'Close', data: {} }))).toBe('transition-not-allowed')
    await handler.handle(add(999))
    expect(await refusal(add(2))).toBe('too-much')
    expect(await stored()).toHaveLength(1)
  })

  it('tells a decision the aggregate and its events, also those of a restarted process', async () => {
    const command = add(3, { id: newId().toUpperCase() })
    await handler.handle(command)
    const strike = (eventId: string): Command => add(0, { transition: 'Strike', data: { eventId } })
    const eventId = (await store.readStream('counter-one'))[0]!.id
    expect(await fresh().handle(strike(newId()))).toMatchObject({ refusal: { code: 'event-unknown' } })
    for (const name of [eventId, eventId.toUpperCase()])
      expect(await fresh().handle(strike(name))).toMatchObject({
        status: 'accepted',
        events: [{ data: { eventId: name, of: 'one' } }],
      })
  })

  it('decides on plain data: what was given may stand in an event as it is', async () => {
    const outcome = await handler.handle(add(1, { transition: 'AddAll', data: { adds: [{ amount: 2 }] } }))
    expect(outcome).toMatchObject({ status: 'accepted', state: { total: 2 } })
    expect(await stored()).toEqual(['{"amount":2}'])
  })

  it('refuses data of any depth without going down into it', async () => {
    let deep: object = {}
    for (let depth = 0; depth < 20_000; depth++) deep = { deep }
    const command = add(1, { data: { amount: 1, deep } as never })
    await expect(handler.handle(command)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'payload-not-i-json',
    })
  })

  it('names every member of the data that is wrong', async () => {
    await expect(handler.handle(add(0.5, { data: { amount: 0.5, extra: 1 } }))).rejects.toMatchObject({
      code: 'invalid-input',
      problems: expect.arrayContaining([
        expect.objectContaining({
          path: 'amount',
          code: 'isInt',
          message: expect.objectContaining({ vi: 'phải là số nguyên' }),
        }),
        expect.objectContaining({ path: 'extra', code: 'whitelistValidation' }),
      ]),
    })
  })

  it.each([
    ['an id that is no UUID', { id: 'x' }, 'command-id-invalid'],
    ['an aggregate id with a slash', { aggregate: 'a/b' }, 'aggregate-id-invalid'],
    ['an unknown transition', { transition: 'Explode' }, 'transition-unknown'],
    ['an unknown workflow', { workflow: 'none' }, 'workflow-unknown'],
    ['a time that is none', { occurredAt: 'hôm qua' }, 'occurred-at-invalid'],
    ['a time in the future', { occurredAt: '2025-04-14T01:00:00Z' }, 'occurred-at-in-future'],
  ])('refuses %s before anything is read', async (_what, wrong, code) => {
    await expect(handler.handle(add(1, wrong))).rejects.toMatchObject({ kind: 'invalid', code })
  })

  it('shows what a dry run would append, and appends nothing', async () => {
    const outcome = await handler.handle(add(3, { dryRun: true }))
    expect(outcome).toMatchObject({
      status: 'planned',
      events: [{ type: 'counter.Added' }],
      state: { total: 3 },
    })
    expect(await stored()).toHaveLength(0)
  })

  it('holds the revision the actor saw, with the actual one in the conflict', async () => {
    await handler.handle(add(1))
    await handler.handle(add(1, { expectedRevision: 0n }))
    await expect(handler.handle(add(1, { expectedRevision: 0n }))).rejects.toMatchObject({
      name: StreamRevisionMismatch.name,
      expected: 0n,
      actual: 1n,
    })
  })

  it('never decides on a stale cache: whatever two processes do in turn, the limit of 1,000 holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ second: fc.boolean(), amount: fc.integer({ min: 1, max: 400 }) }), {
          maxLength: 20,
        }),
        async (steps) => {
          store = new InMemoryEventStore({ clock })
          const [one, two] = [fresh(), fresh()]
          let total = 0
          for (const { second, amount } of steps) {
            const outcome = await (second ? two : one).handle(add(amount))
            const fits = total + amount <= 1000
            expect(outcome.status).toBe(fits ? 'accepted' : 'refused')
            if (fits) total += amount
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('takes 3 × 40 racing commands from two processes once each', async () => {
    const two = fresh()
    const commands = Array.from({ length: 40 }, () => add(1))
    const outcomes = await Promise.all(
      commands.flatMap((command) => [handler.handle(command), two.handle(command), handler.handle(command)]),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'accepted')).toHaveLength(40)
    expect(outcomes.filter((outcome) => outcome.status === 'repeated')).toHaveLength(80)
    expect(await stored()).toHaveLength(40)
  })

  it('loads nothing half: an event of a newer program stops the aggregate with a clear error', async () => {
    await handler.handle(add(1))
    await store.append('counter-one', [{ id: newId(), type: 'counter.Doubled', data: {}, metadata: {} }], 0n)
    await expect(fresh().handle(add(1))).rejects.toMatchObject({ kind: 'fault', code: 'unknown-event-type' })
  })
})
