import { describe, expect, it } from '@jest/globals'
import { InMemoryEventStore, type RecordedEvent } from '#event-store'
import { newId, type JsonValue } from '#kernel'
import { virtualClock } from '#testing'
import type { Projection, Transaction } from '../projecting/projection.js'
import { attemptLogProjection } from './attempts/attempt-log.projection.js'
import { eventTraceProjection } from './trace/event-trace.projection.js'

const id = '0197a1b2-0000-7000-8000-000000000001'
const commandId = '0197a1b2-0000-7000-8000-000000000002'

/** The rows that a projection writes for one event as it stands in a log. */
async function rowsOf(
  projection: Projection,
  event: { readonly type: string; readonly data: JsonValue; readonly metadata: JsonValue },
): Promise<unknown> {
  const store = new InMemoryEventStore({ clock: virtualClock('2025-03-14T01:00:00.000Z') })
  await store.append('attempts-a1:2025-03-14', [{ id, ...event }], 'any')
  const events: readonly RecordedEvent[] = await store.readStream('attempts-a1:2025-03-14')
  const written: unknown[] = []
  const query = (_statement: string, [rows]: readonly string[]): void => void written.push(JSON.parse(rows!))
  await projection.apply({ query } as unknown as Transaction, events)
  return written[0]
}

/** As they were written since the first version: logs keep them for ever. */
describe('events of attempts as they stand in logs', () => {
  const metadata = { actor: 'system', occurredAt: '2025-03-14T01:00:00.000Z', commandId: id }

  it('give the rows they always gave', async () => {
    const data = {
      kind: 'command',
      actor: 'a1',
      agency: 'so-tu-phap',
      target: 'task',
      transition: 'Issue',
      aggregate: 'CCHC2025-II-5',
      code: 'not-permitted',
      commandId,
      dryRun: false,
    }
    expect(await rowsOf(attemptLogProjection, { type: 'attempt.Refused', data, metadata })).toEqual([
      {
        position: '1',
        at: '2025-03-14T01:00:00.000Z',
        kind: 'command',
        actor: 'a1',
        agency: 'so-tu-phap',
        target: 'task',
        transition: 'Issue',
        aggregate: 'CCHC2025-II-5',
        code: 'not-permitted',
        command_id: commandId,
        dry_run: false,
        counted: 1,
      },
    ])
    const instants = { since: '2025-03-14T00:59:00.000Z', until: '2025-03-14T01:00:00.000Z' }
    const suppressed = { actor: 'a1', count: 40, codes: { 'not-permitted': 40 }, ...instants }
    expect(
      await rowsOf(attemptLogProjection, { type: 'attempt.Suppressed', data: suppressed, metadata }),
    ).toEqual([
      {
        position: '1',
        at: '2025-03-14T01:00:00.000Z',
        actor: 'a1',
        kind: 'suppressed',
        dry_run: false,
        counted: 40,
        reasons: { 'not-permitted': 40 },
      },
    ])
  })
})

describe('the index of traces', () => {
  const place = { id, stream: 'attempts-a1:2025-03-14', revision: '0', position: '1' }
  const cause = newId()

  it.each<[string, JsonValue, string | null, string | null]>([
    ['began its own whole', { commandId, correlationId: commandId, causationId: null }, null, null],
    [
      'belongs to another',
      { commandId, correlationId: cause, causationId: cause.toUpperCase() },
      cause,
      cause,
    ],
    ['was written by others, without metadata', null, null, null],
    ['was written by others, with metadata of their own', { correlationId: 7, causationId: 'x' }, null, null],
    ['has a list for metadata', [1], null, null],
  ])('takes an event that %s', async (_what, metadata, correlation, causation) => {
    const event = { type: 'any.Type', data: {}, metadata }
    expect(await rowsOf(eventTraceProjection, event)).toEqual([{ ...place, correlation, causation }])
  })
})
