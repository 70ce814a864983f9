import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SpanStatusCode } from '@opentelemetry/api'
import { CommandHandler, ProjectionRunner, type Measures } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { deriveId, newId } from '#kernel'
import { eventually, testDatabase, virtualClock, type TestDatabase } from '#testing'
import { actor, add, counter } from '../commanding/counter.fixture.js'
import { appendAmounts, openStore, tally } from '../projecting/tally.fixture.js'
import { recordSpans } from './recorded-spans.fixture.js'
import { withAppend } from './with-append.fixture.js'

const spans = recordSpans()
const clock = virtualClock('2025-03-14T01:00:00.000Z')

describe('spans and measures of a command', () => {
  let counted: string[]
  const measures: Measures = {
    commanded: (...labels) => void counted.push(labels.slice(0, 3).join(' ')),
    appended: (outcome) => void counted.push(`append ${outcome}`),
    attempted: () => undefined,
    fired: () => undefined,
  }
  let commands: CommandHandler
  beforeEach(() => {
    spans.reset()
    counted = []
    commands = new CommandHandler({
      store: new InMemoryEventStore({ clock }),
      clock,
      workflows: [counter],
      measures,
    })
  })

  it('follow the ids of the command from deciding to appending', async () => {
    const [correlationId, causationId] = [newId(), newId()]
    const command = add(5, { correlationId, causationId })
    await commands.handle(command)
    const [decide, append, whole] = spans.finished()
    expect([decide, append, whole].map((span) => span?.name)).toEqual([
      'roviec.decide',
      'roviec.append',
      'roviec.command',
    ])
    const { traceId, spanId } = whole!.spanContext()
    for (const part of [decide, append])
      expect([part!.spanContext().traceId, part!.parentSpanContext?.spanId]).toEqual([traceId, spanId])
    expect(whole!.attributes).toEqual({
      'roviec.workflow': 'counter',
      'roviec.transition': 'Add',
      'roviec.command_id': command.id,
      'roviec.correlation_id': correlationId,
      'roviec.causation_id': causationId,
      'roviec.outcome': 'accepted',
    })
    expect(append!.attributes).toEqual({
      'roviec.events': 1,
      'roviec.position': '1',
      'roviec.event_id': deriveId(command.id, 0),
    })
    expect(counted).toEqual(['append written', 'counter Add accepted'])
  })

  it('tell a refusal by its code, and only what broke as an error', async () => {
    await commands.handle(add(1, { actor: { ...actor, roles: [] } }))
    await commands.handle(add(5_000)).catch(() => undefined)
    const broken = new CommandHandler({
      store: withAppend(new InMemoryEventStore(), () => Promise.reject(new Error('Nguyễn Văn An'))),
      clock,
      workflows: [counter],
      measures,
    })
    await broken.handle(add(1)).catch(() => undefined)
    const told = spans
      .named('roviec.command')
      .map(({ attributes, status }) => [attributes['roviec.outcome'], attributes['roviec.code'], status.code])
    expect(told).toEqual([
      ['refused', 'not-permitted', SpanStatusCode.UNSET],
      ['invalid', 'invalid-input', SpanStatusCode.UNSET],
      ['fault', 'unexpected-error', SpanStatusCode.ERROR],
    ])
    expect(counted).toEqual([
      'counter Add refused',
      'counter Add invalid',
      'append failed',
      'counter Add fault',
    ])
  })

  it('carry nothing that a sender has made up', async () => {
    const personal = 'Nguyễn Văn An'
    for (const made of [
      { aggregate: personal },
      { transition: personal },
      { workflow: personal },
      { id: personal },
      { correlationId: personal },
      { causationId: personal },
      { data: { amount: personal } },
    ])
      await commands.handle(add(1, made)).catch(() => undefined)
    expect(spans.named('roviec.command')).toHaveLength(7)
    const written = spans
      .finished()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }))
    expect(JSON.stringify(written) + counted.join()).not.toContain(personal)
    expect(counted).toContain('counter unknown invalid')
    expect(counted).toContain('unknown unknown invalid')
  })
})

describe('spans of a projection', () => {
  let server: TestDatabase
  beforeAll(async () => {
    server = await testDatabase()
  })
  afterAll(() => server.close())

  it('are one for each page', async () => {
    const database = server.connect()
    const store = await openStore(database, server.url)
    await appendAmounts(store, 25)
    spans.reset()
    const runner = new ProjectionRunner(store, database, { failed: () => undefined }, { pageSize: 10 })
    runner.start([tally()])
    await eventually(() => spans.named('roviec.projection.page').length === 3)
    await runner.stop()
    await store.close()
    const pages = spans.named('roviec.projection.page').map(({ attributes }) => attributes)
    expect(pages.map((page) => page['roviec.events'])).toEqual([10, 10, 5])
    expect(pages.every((page) => page['roviec.projection'] === 'tally')).toBe(true)
  })
})
