/* oxlint-disable jest/no-conditional-expect -- one table gives both outcomes; each row runs one known branch */
import { describe, expect, it } from '@jest/globals'
import type { ExpectedRevision } from '../port/event-store.js'
import { StreamRevisionMismatch } from '../port/errors.js'
import { event, freshStream, ids, refusal, someEvents, type StoreAccess } from './harness.js'

/** [expected, events in the stream before, holds] */
const table: [ExpectedRevision, number, boolean][] = [
  ['any', 0, true],
  ['any', 1, true],
  ['any', 3, true],
  ['no-stream', 0, true],
  ['no-stream', 1, false],
  ['no-stream', 3, false],
  ['stream-exists', 0, false],
  ['stream-exists', 1, true],
  ['stream-exists', 3, true],
  [0n, 0, false],
  [0n, 1, true],
  [0n, 3, false],
  [2n, 0, false],
  [2n, 1, false],
  [2n, 3, true],
  [3n, 3, false],
  [2n ** 63n - 1n, 3, false],
]

export function expectationContract(store: StoreAccess): void {
  describe('expected revision', () => {
    it.each(table)('%s on a stream of %d events: holds is %s', async (expected, before, holds) => {
      const stream = freshStream()
      if (before > 0) await store().append(stream, someEvents(before), 'no-stream')
      const added = someEvents(2)
      const appending = store().append(stream, added, expected)
      if (holds) {
        expect(await appending).toMatchObject({
          stream,
          firstRevision: BigInt(before),
          lastRevision: BigInt(before) + 1n,
          repeated: false,
        })
        expect(ids(await store().readStream(stream)).slice(before)).toEqual(ids(added))
      } else {
        const error = await refusal(appending)
        expect(error).toBeInstanceOf(StreamRevisionMismatch)
        expect(error).toMatchObject({ stream, expected, actual: before === 0 ? null : BigInt(before) - 1n })
        expect(await store().readStream(stream)).toHaveLength(before)
      }
    })

    it.each(table)(
      'is judged for an empty append too: %s on %d events, %s',
      async (expected, before, holds) => {
        const stream = freshStream()
        if (before > 0) await store().append(stream, someEvents(before), 'no-stream')
        const last = before === 0 ? null : BigInt(before) - 1n
        const appending = store().append(stream, [], expected)
        if (holds) {
          const position = await store().head()
          expect(await appending).toEqual({
            stream,
            firstRevision: last,
            lastRevision: last,
            position,
            repeated: false,
          })
        } else expect(await refusal(appending)).toMatchObject({ expected, actual: last })
        expect(await store().readStream(stream)).toHaveLength(before)
      },
    )

    it.each([-1n, -(2n ** 70n), 2n ** 63n])('refuses %s, which no stream can have', async (expected) => {
      expect(await refusal(store().append(freshStream(), [event()], expected))).toMatchObject({
        code: 'expected-revision-invalid',
      })
    })

    it('lets one of many racing writers win and tells the others where the stream is', async () => {
      const stream = freshStream()
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => store().append(stream, someEvents(2), 'no-stream')),
      )
      const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
      expect(lost).toHaveLength(19)
      for (const error of lost) {
        expect(error).toBeInstanceOf(StreamRevisionMismatch)
        expect(error).toMatchObject({ stream, expected: 'no-stream', actual: 1n })
      }
      expect(await store().readStream(stream)).toHaveLength(2)
    })

    it('judges each of the appends that are under way together by itself', async () => {
      const taken = freshStream()
      await store().append(taken, someEvents(1), 'no-stream')
      const streams = Array.from({ length: 10 }, () => freshStream())
      const outcomes = await Promise.allSettled(
        streams.flatMap((stream) => [
          store().append(stream, someEvents(3), 'no-stream'),
          store().append(taken, someEvents(1), 'no-stream'),
          store().append(stream, someEvents(1), 2n),
          store().append(stream, someEvents(1), 2n),
        ]),
      )
      expect(outcomes.map(({ status }) => status)).toEqual(
        streams.flatMap(() => ['fulfilled', 'rejected', 'fulfilled', 'rejected']),
      )
      for (const stream of streams) expect(await store().readStream(stream)).toHaveLength(4)
    })
  })
}
