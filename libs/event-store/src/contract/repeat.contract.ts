import { describe, expect, it } from '@jest/globals'
import { newId } from '#kernel'
import { EventIdTaken } from '../port/errors.js'
import { event, freshStream, refusal, someEvents, type StoreAccess } from './harness.js'

export function repeatContract(store: StoreAccess): void {
  describe('the same event ids again', () => {
    it.each(['no-stream', 'any'] as const)(
      'answer as the first time and add nothing (%s)',
      async (expected) => {
        const stream = freshStream()
        const events = someEvents(3)
        const first = await store().append(stream, events, expected)
        expect(first.repeated).toBe(false)
        expect(await store().append(stream, events, expected)).toEqual({ ...first, repeated: true })
        expect(await store().readStream(stream)).toHaveLength(3)
      },
    )

    it('answer so also when other events have come in between', async () => {
      const stream = freshStream()
      await store().append(stream, someEvents(2), 'no-stream')
      const events = someEvents(2)
      const first = await store().append(stream, events, 1n)
      await store().append(stream, someEvents(2), 3n)
      await store().append(freshStream(), someEvents(1), 'any')
      expect(await store().append(stream, events, 1n)).toEqual({ ...first, repeated: true })
      expect(await store().readStream(stream)).toHaveLength(6)
    })

    it('answer so whatever is expected now: the expectation held when they were written', async () => {
      const stream = freshStream()
      const events = someEvents(1)
      const first = await store().append(stream, events, 'no-stream')
      for (const expected of [7n, 0n, 'any', 'stream-exists'] as const)
        expect(await store().append(stream, events, expected)).toEqual({ ...first, repeated: true })
    })

    it('answer so when they race each other', async () => {
      const stream = freshStream()
      const events = someEvents(2)
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => store().append(stream, events, 'no-stream')),
      )
      expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
      expect(new Set(answers.map(({ position }) => position)).size).toBe(1)
      expect(await store().readStream(stream)).toHaveLength(2)
    })

    it('are the same in upper case', async () => {
      const stream = freshStream()
      const id = newId()
      await store().append(stream, [event({}, 'thing.Noted', id.toUpperCase())], 'no-stream')
      expect(await store().append(stream, [event({}, 'thing.Noted', id)], 'no-stream')).toMatchObject({
        repeated: true,
      })
      expect(await store().readStream(stream)).toMatchObject([{ id }])
    })

    it('are refused when only some of them are known', async () => {
      const stream = freshStream()
      const [a, b, c] = someEvents(3)
      await store().append(stream, [a!, b!], 'no-stream')
      for (const overlap of [
        [b!, c!],
        [c!, a!],
        [a!, c!, b!],
        [a!, b!, c!],
      ]) {
        const error = await refusal(store().append(stream, overlap, 1n))
        expect(error).toBeInstanceOf(EventIdTaken)
        expect(error).toMatchObject({ stream, kind: 'conflict' })
      }
      expect(await store().readStream(stream)).toHaveLength(2)
    })

    it('are refused in another order', async () => {
      const stream = freshStream()
      const events = someEvents(3)
      await store().append(stream, events, 'no-stream')
      expect(await refusal(store().append(stream, events.toReversed(), 'no-stream'))).toBeInstanceOf(
        EventIdTaken,
      )
    })

    it('are refused on another stream, naming the id and where it is', async () => {
      const stream = freshStream()
      const taken = event()
      await store().append(stream, [taken], 'no-stream')
      const error = await refusal(store().append(freshStream(), [event(), taken], 'no-stream'))
      expect(error).toBeInstanceOf(EventIdTaken)
      expect(error).toMatchObject({ eventId: taken.id, stream })
    })

    it.each([
      ['data', { data: { other: true } }],
      ['metadata', { metadata: { other: true } }],
      ['type', { type: 'thing.Other' }],
    ])('are refused with other %s', async (_, change) => {
      const stream = freshStream()
      const first = event({ a: 1 })
      await store().append(stream, [first], 'no-stream')
      const error = await refusal(store().append(stream, [{ ...first, ...change }], 'no-stream'))
      expect(error).toBeInstanceOf(EventIdTaken)
      expect(error).toMatchObject({ eventId: first.id, stream })
    })

    it('are refused when two appends that race share one of them', async () => {
      const shared = event()
      const appends = [freshStream(), freshStream()].map((stream) =>
        store().append(stream, [event(), shared], 'no-stream'),
      )
      const outcomes = await Promise.allSettled(appends)
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'event-id-taken', eventId: shared.id },
      })
    })

    it('are refused twice in one append, which writes nothing', async () => {
      const stream = freshStream()
      const one = event()
      expect(await refusal(store().append(stream, [one, event(), one], 'any'))).toMatchObject({
        code: 'append-repeats-event-id',
        kind: 'invalid',
      })
      expect(await store().readStream(stream)).toEqual([])
    })
  })
}
