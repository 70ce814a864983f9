import { beforeEach, describe, expect, it } from '@jest/globals'
import { CommandHandler, type Command } from '#engine'
import { EventStoreUnavailable, InMemoryEventStore, type RecordedEvent } from '#event-store'
import { newId, RoviecError } from '#kernel'
import { eventually, virtualClock } from '#testing'
import { actor, add, counter } from '../../commanding/counter.fixture.js'
import { withAppend } from '../with-append.fixture.js'
import type { AttemptRefused } from './attempt.events.js'
import { AttemptLog } from './attempt-log.js'
import { attemptsIn, counted } from './attempts.test-support.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')
let store: InMemoryEventStore

beforeEach(() => {
  clock.set('2025-03-14T01:00:00.000Z')
  store = new InMemoryEventStore({ clock })
})

const attempts = (): Promise<RecordedEvent[]> => attemptsIn(store)

/** Flushed by hand; the timer would come later than any test. */
function opened(parts: Partial<ConstructorParameters<typeof AttemptLog>[0]> = {}): AttemptLog {
  return new AttemptLog({ store, clock, workflows: [counter], flushMs: 3_600_000, ...parts })
}

const nobody = { ...actor, id: 'la-mat', roles: [] }

describe('AttemptLog', () => {
  it('records who tried what, why it came to nothing and when; what was accepted leaves no trace of that kind', async () => {
    const log = opened()
    const commands = new CommandHandler({ store, clock, workflows: [counter], attempts: log })
    const correlationId = newId()
    const refusals: [Command, string, string | null][] = [
      [add(1, { actor: nobody, correlationId }), 'not-permitted', 'one'],
      [add(2_000), 'invalid-input', null],
      [add(1, { expectedRevision: 7n }), 'stream-revision-mismatch', 'one'],
      [add(1, { expectedRevision: 7n, aggregate: 'none' }), 'stream-revision-mismatch', null],
      [add(1, { transition: 'Close', data: {}, aggregate: 'none' }), 'transition-not-allowed', null],
      [add(1, { id: 'x' }), 'command-id-invalid', null],
      [add(1, { correlationId: 'x' }), 'tracing-id-invalid', null],
      [add(1, { dryRun: true, actor: nobody }), 'not-permitted', 'one'],
    ]
    expect((await commands.handle(add(5))).status).toBe('accepted')
    for (const [command] of refusals) await commands.handle(command).catch(() => undefined)
    await log.flush()
    const events = await attempts()
    expect(events.map(({ stream, type, data }) => ({ stream, type, ...(data as object) }))).toEqual(
      refusals
        .map(([command, code, aggregate]) => ({
          stream: `attempts-${command.actor.id}:2025-03-14`,
          type: 'attempt.Refused',
          kind: 'command',
          actor: command.actor.id,
          agency: 'so-tu-phap',
          target: 'counter',
          transition: command.transition,
          aggregate,
          code,
          commandId: command.id === 'x' ? null : command.id,
          dryRun: command.dryRun === true,
        }))
        .toSorted(
          (a, b) =>
            refusals.findIndex(([{ actor: of }]) => of.id === a.actor) -
            refusals.findIndex(([{ actor: of }]) => of.id === b.actor),
        ),
    )
    expect(events[0]!.metadata).toMatchObject({
      actor: 'system',
      occurredAt: '2025-03-14T01:00:00.000Z',
      correlationId,
    })
  })

  it('takes over nothing that a sender may have made up', async () => {
    const log = opened()
    const commands = new CommandHandler({ store, clock, workflows: [counter], attempts: log })
    const personal = [
      'Nguyễn Văn An',
      'Nguyen-Van-An',
      '0912.345.678',
      '001.085.012345',
      '001085012345',
      'an@example.vn',
      'x'.repeat(5_000),
      '\0$all',
    ]
    for (const text of personal)
      for (const made of [
        { aggregate: text },
        { transition: text },
        { workflow: text },
        { id: text },
        { data: text },
        { correlationId: text },
        { causationId: text },
      ])
        await commands.handle(add(1, { actor: nobody, ...made })).catch(() => undefined)
    log.signInFailed('001085012345', 'unauthenticated')
    await log.flush()
    const events = await attempts()
    expect(counted(events)).toBe(personal.length * 7 + 1)
    for (const { stream, dataText, metadataText } of events)
      for (const text of personal) expect(stream + dataText + metadataText).not.toContain(text.slice(0, 100))
  })

  it('shows of a key that does not hold a part of its id, and never its secret', async () => {
    const log = opened()
    const keyId = newId()
    log.signInFailed(keyId, 'unauthenticated')
    log.denied('tasks.board', actor, 'not-permitted')
    await log.flush()
    const [signIn, question] = (await attempts()).map(({ data }) => data as unknown as AttemptRefused)
    expect(signIn).toMatchObject({ kind: 'sign-in', actor: 'unknown', aggregate: keyId.slice(0, 18) })
    expect(question).toMatchObject({
      kind: 'query',
      actor: 'a1',
      target: 'tasks.board',
      code: 'not-permitted',
    })
  })

  it('has a limit for each actor and minute, and records how many went beyond it and why', async () => {
    const log = opened()
    const refuse = (id: string, code: string): void =>
      log.refused(add(1, { actor: { ...actor, id } }), code, null)
    for (let count = 0; count < 1_000; count++)
      refuse('flood', count % 4 === 0 ? 'too-much' : 'not-permitted')
    refuse('quiet', 'not-permitted')
    await log.flush()
    expect(await attempts()).toHaveLength(61)
    clock.advance(60_000)
    refuse('flood', 'not-permitted')
    await log.flush()
    const events = await attempts()
    expect(events).toHaveLength(63)
    expect(events.filter(({ type }) => type === 'attempt.Suppressed').map(({ data }) => data)).toEqual([
      {
        actor: 'flood',
        count: 940,
        codes: { 'too-much': 235, 'not-permitted': 705 },
        since: '2025-03-14T01:00:00.000Z',
        until: '2025-03-14T01:00:00.000Z',
      },
    ])
  })

  it('slows no command while its own events cannot be written, keeps a bounded number and counts the others', async () => {
    let open: () => void = () => undefined
    const hanging = new Promise<void>((resolve) => (open = resolve))
    const slow = withAppend(store, async (...args) => {
      if (args[0].startsWith('attempts-')) await hanging
      return store.append(...args)
    })
    const log = opened({ store: slow, queued: 50, perMinute: 10_000, flushMs: 1 })
    const commands = new CommandHandler({ store: slow, clock, workflows: [counter], attempts: log })
    const refused = add(1, { actor: nobody })
    for (let count = 0; count < 500; count++)
      expect((await commands.handle({ ...refused, id: newId() })).status).toBe('refused')
    expect((await commands.handle(add(5))).status).toBe('accepted')
    expect(await attempts()).toEqual([])
    open()
    await log.close()
    const events = await attempts()
    expect(counted(events)).toBe(500)
    expect(events.length).toBeLessThanOrEqual(2 * 50 + 2)
  })

  it('writes by itself what was noted, and all that waits when it is closed', async () => {
    const log = opened({ flushMs: 1 })
    log.refused(add(1), 'too-much', null)
    await eventually(async () => (await attempts()).length === 1)
    for (let count = 0; count < 100; count++) log.refused(add(1), 'too-much', null)
    await log.close()
    log.refused(add(1), 'too-much', null)
    expect(counted(await attempts())).toBe(101)
  })

  it('counts what can never be written, and writes what comes behind it', async () => {
    const [told, measured]: [string[], string[]] = [[], []]
    const strict = withAppend(store, async (...args) => {
      if (args[1].some(({ type }) => type === 'attempt.Refused') && args[0].startsWith('attempts-bad:'))
        throw new RoviecError('invalid', 'event-invalid', { vi: 'sai', en: 'wrong' })
      return store.append(...args)
    })
    const log = opened({
      store: strict,
      failed: (error) => void told.push(error.message),
      measures: { attempted: (outcome, count) => void measured.push(`${outcome} ${count}`) },
    })
    for (const id of ['bad', 'bad', 'good'])
      log.refused(add(1, { actor: { ...actor, id } }), 'too-much', null)
    await log.flush()
    expect((await attempts()).map(({ stream }) => stream)).toEqual(['attempts-good:2025-03-14'])
    await log.close()
    expect(counted(await attempts())).toBe(3)
    expect([told, measured]).toEqual([['wrong'], ['failed 2', 'written 1', 'written 2', 'lost 0']])
  })

  it('is closed in its time while the log is away, and says how many are lost', async () => {
    const lost: number[] = []
    const away = withAppend(store, () => new Promise(() => undefined))
    const measures = {
      attempted: (outcome: string, count: number): void => void (outcome === 'lost' && lost.push(count)),
    }
    const log = opened({ store: away, closeMs: 20, perMinute: 10, measures })
    for (let count = 0; count < 30; count++) log.refused(add(1), 'too-much', null)
    void log.flush()
    for (let count = 0; count < 5; count++) log.refused(add(1), 'too-much', null)
    await log.close()
    expect(lost).toEqual([35])
  })

  it('takes a log that is away for one that comes back', async () => {
    let away = true
    const retries: number[] = []
    const patient = withAppend(store, async (...args) => {
      if (away) throw new EventStoreUnavailable(new Error('away'))
      return store.append(...args)
    })
    const log = opened({
      store: patient,
      flushMs: 1_000,
      failed: (_error, retryInMs) => retries.push(retryInMs),
    })
    log.refused(add(1), 'too-much', null)
    for (let time = 0; time < 6; time++) await log.flush()
    expect(retries).toEqual([2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
    away = false
    await log.flush()
    expect((await attempts()).map(({ type }) => type)).toEqual(['attempt.Refused'])
    await log.close()
  })

  it('leaves out what the program does by itself', async () => {
    const log = opened()
    const commands = new CommandHandler({ store, clock, workflows: [counter], attempts: log })
    await commands.handle(add(1, { actor: { ...nobody, id: 'system', roles: ['system'] } }))
    await commands.handle(add(2_000, { actor: { ...nobody, roles: ['system'] } })).catch(() => undefined)
    await log.close()
    expect(await attempts()).toEqual([])
  })
})
