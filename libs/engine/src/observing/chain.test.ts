import { IsString } from 'class-validator'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import {
  CommandHandler,
  findTrace,
  Leadership,
  observingContext,
  process,
  processingContext,
  ProcessRunner,
  ProjectionRunner,
  QueryHandler,
  TimerRunner,
  timingContext,
  type Trace,
  type TracedEvent,
} from '#engine'
import { NoData, party, workflow, type Actor } from '#engine/workflow'
import { PostgresEventStore } from '#event-store'
import { newId, systemClock } from '#kernel'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { migrateTimers } from '../timing/timers.test-support.js'
import { recordSpans } from './recorded-spans.fixture.js'

class Ask {
  @IsString() what!: string
}

interface Request {
  readonly status: 'none' | 'asked' | 'reminded'
}

const anyone = party<Request>('anyone', { vi: 'bất kỳ ai', en: 'anyone' }, () => true)

/** Somebody asks for something, and is reminded of it when its time has come. */
const request = workflow<
  Request,
  { Ask: Ask; Remind: NoData },
  { 'request.Asked': Ask; 'request.Reminded': Record<string, never> }
>({
  name: 'request',
  initial: { status: 'none' },
  statuses: {
    none: { vi: 'chưa có', en: 'none' },
    asked: { vi: 'đã hỏi', en: 'asked' },
    reminded: { vi: 'đã nhắc', en: 'reminded' },
  },
  transitions: {
    Ask: {
      text: { vi: 'Hỏi', en: 'Ask' },
      input: Ask,
      from: ['none'],
      by: [anyone],
      to: ['asked'],
      decide: ({ command }) => [{ type: 'request.Asked', data: { what: command.what } }],
    },
    Remind: {
      text: { vi: 'Nhắc', en: 'Remind' },
      input: NoData,
      from: ['asked'],
      by: [anyone],
      to: ['reminded'],
      decide: () => [{ type: 'request.Reminded', data: {} }],
    },
  },
  evolve: {
    'request.Asked': () => ({ status: 'asked' }),
    'request.Reminded': () => ({ status: 'reminded' }),
  },
})

type Input = { readonly kind: 'asked'; readonly at: string } | { readonly kind: 'due' }

const reminding = process<null, Input>({
  name: 'reminding',
  version: 1,
  reacts: {
    'request.Asked': {
      instance: ({ stream }) => stream.slice('request-'.length),
      input: ({ recordedAt }) => ({ kind: 'asked', at: recordedAt }),
    },
  },
  timers: { reminder: () => ({ kind: 'due' }) },
  initial: null,
  evolve: (state) => state,
  decide: (input, _state, { timers, instance }) => ({
    commands:
      input.kind === 'asked'
        ? [timers.schedule('reminder', { at: input.at })]
        : [{ workflow: 'request', aggregate: instance, transition: 'Remind', data: {} }],
  }),
})

const officer: Actor = { id: 'can-bo', agency: 'so-tu-phap', roles: [], scope: 'all' }
const auditor: Actor = { ...officer, id: 'kiem-tra', roles: ['auditor'] }

const spans = recordSpans()

describe('the chain from a command over a process and a timer to another command', () => {
  let server: TestDatabase
  let database: Database
  let store: PostgresEventStore
  let leadership: Leadership
  const running: { stop(): Promise<void> }[] = []

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 20 })
    await migrateTimers(database)
    leadership = new Leadership(database)
    store = await PostgresEventStore.open({ connection: server.url })
  })
  afterAll(async () => {
    await Promise.all(running.map((one) => one.stop()))
    leadership.withdraw()
    await store.close()
    await server.close()
  })

  it('is one whole: every event names its cause, and the way can be gone from any of them', async () => {
    const contexts = [observingContext, timingContext, processingContext]
    const workflows = [request, ...contexts.flatMap((context) => context.workflows)]
    const commands = new CommandHandler({ store, clock: systemClock, workflows })
    const failed = (name: string, error: Error): void => console.error(name, error)
    const projections = new ProjectionRunner(store, database, { failed })
    const timers = new TimerRunner({ store, database, leadership, failed })
    const processes = new ProcessRunner({ store, commands, workflows, leadership, failed })
    running.push(processes, timers, projections)
    projections.start(contexts.flatMap((context) => context.projections))
    timers.start()
    processes.start([reminding])

    const correlationId = newId()
    await commands.handle({
      id: newId(),
      workflow: 'request',
      aggregate: 'r1',
      transition: 'Ask',
      data: { what: 'Nguyễn Văn An' },
      actor: officer,
      correlationId,
    })
    const reminded = await eventually(async () => {
      const event = (await store.readStream('request-r1')).find(({ type }) => type === 'request.Reminded')
      return event ?? false
    })

    const queries = new QueryHandler(database, store, systemClock, 10_000)
    const ask = async (id: string): Promise<Trace> =>
      (await queries.ask(findTrace, { id }, auditor, await store.head())).answer
    const trace = await ask(reminded.id)
    expect(trace.correlationId).toBe(correlationId)
    const [root] = trace.roots
    const way: TracedEvent[] = []
    for (let at = root; at !== undefined; at = at.caused[0]) way.push(at)
    expect(way.map(({ type, actor, transition }) => [type, actor, transition])).toEqual([
      ['request.Asked', 'can-bo', 'Ask'],
      ['process.Reacted', 'system', 'React'],
      ['timer.Scheduled', 'system', 'Schedule'],
      ['timer.Fired', 'system', 'Fire'],
      ['process.Reacted', 'system', 'React'],
      ['request.Reminded', 'system', 'Remind'],
    ])
    for (const [at, { causationId, correlationId: whole }] of way.entries())
      expect([causationId, whole]).toEqual([way[at - 1]?.id ?? null, correlationId])
    expect(JSON.stringify(trace)).not.toContain('Nguyễn')

    // From the other end the same events are seen, and what belongs to them beside.
    const flat = (nodes: readonly TracedEvent[]): string[] =>
      nodes.flatMap(({ id, caused }) => [id, ...flat(caused)])
    const fromRoot = await eventually(async () => {
      const { roots } = await ask(way[0]!.id)
      return flat(roots).length >= 8 ? roots : false
    })
    expect(flat(fromRoot)).toEqual(expect.arrayContaining(way.map(({ id }) => id)))
    expect(flat((await ask(correlationId)).roots).toSorted()).toEqual(flat(fromRoot).toSorted())
  })

  it('is followed by spans with the same ids, and none with what was said', async () => {
    const ended = (name: string) => spans.named(name).map(({ attributes }) => attributes)
    await eventually(() => ended('roviec.process.reaction').length >= 2)
    const commanded = ended('roviec.command')
    const whole = commanded[0]!['roviec.correlation_id']
    expect(new Set(commanded.map((span) => span['roviec.correlation_id']))).toEqual(new Set([whole]))
    expect(commanded.map((span) => span['roviec.transition'])).toEqual(
      expect.arrayContaining(['Ask', 'React', 'Schedule', 'Fire', 'Remind', 'Settle']),
    )
    expect(ended('roviec.timer.fire')[0]).toMatchObject({ 'roviec.correlation_id': whole })
    expect(ended('roviec.process.reaction')[0]).toMatchObject({
      'roviec.process': 'reminding',
      'roviec.correlation_id': whole,
    })
    // What a reaction sends is sent within its span.
    const reactions = new Set(spans.named('roviec.process.reaction').map((span) => span.spanContext().spanId))
    const remind = spans
      .named('roviec.command')
      .find(({ attributes }) => attributes['roviec.transition'] === 'Remind')
    expect(reactions.has(remind!.parentSpanContext!.spanId)).toBe(true)
    const written = spans.finished().map(({ name, attributes, events }) => ({ name, attributes, events }))
    expect(JSON.stringify(written)).not.toContain('Nguyễn')
  })
})
