import 'reflect-metadata'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { AppendOutcomeUnknown, EventStoreUnavailable, InMemoryEventStore } from '#event-store'
import { virtualClock } from '#testing'
import { actor, add, counter } from '../../commanding/counter.fixture.js'
import { withAppend } from '../with-append.fixture.js'
import { AttemptLog } from './attempt-log.js'
import { attemptsIn, counted } from './attempts.test-support.js'

const clock = virtualClock('2025-03-14T01:00:00.000Z')

/** Flushed by hand; the timer would come later than any test. */
const limits = { workflows: [counter], flushMs: 3_600_000, perMinute: 20, queued: 45 }

describe('AttemptLog', () => {
  it('tells of every attempt exactly once, whatever fails and whoever comes when', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          actor: fc.constantFrom('a', 'b', 'c'),
          times: fc.integer({ min: 1, max: 30 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ seconds: fc.integer({ min: 1, max: 90 }) }) },
      {
        weight: 3,
        arbitrary: fc.record({ flush: fc.constantFrom('works', 'fails', 'away', 'answer lost') }),
      },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const inner = new InMemoryEventStore({ clock })
        let next = 'works'
        const faulty = withAppend(inner, async (...args) => {
          if (next === 'fails') throw new Error('nobody knows why')
          if (next === 'away') throw new EventStoreUnavailable(new Error('the log is away'))
          const appended = await inner.append(...args)
          if (next === 'answer lost') throw new AppendOutcomeUnknown(args[0], new Error('cut'))
          return appended
        })
        const log = new AttemptLog({ store: faulty, clock, ...limits })
        const noted = { a: 0, b: 0, c: 0 }
        for (const one of steps)
          if ('actor' in one) {
            noted[one.actor as 'a'] += one.times
            for (let time = 0; time < one.times; time++)
              log.refused(add(1, { actor: { ...actor, id: one.actor } }), 'too-much', null)
          } else if ('seconds' in one) clock.advance(one.seconds * 1_000)
          else {
            next = one.flush
            await log.flush()
          }
        next = 'works'
        await log.close()
        const events = await attemptsIn(inner)
        for (const [id, times] of Object.entries(noted))
          expect(counted(events.filter(({ data }) => (data as { actor?: string }).actor === id))).toBe(times)
        const singles = events
          .filter(({ type }) => type === 'attempt.Refused')
          .map(
            ({ data, metadata }) =>
              `${(data as { actor: string }).actor} ${(metadata as { occurredAt: string }).occurredAt.slice(0, 16)}`,
          )
        for (const key of new Set(singles))
          expect(singles.filter((one) => one === key).length).toBeLessThanOrEqual(20)
      }),
    )
  })
})
