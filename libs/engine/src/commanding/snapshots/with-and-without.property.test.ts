import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deriveId, type JsonValue } from '#kernel'
import { InMemoryEventStore } from '#event-store'
import { virtualClock } from '#testing'
import { CommandHandler, type Command, type Outcome } from '#engine'
import { add } from '../counter.fixture.js'
import { inMemory, tricky } from './long-stream.fixture.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')

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
