import { beforeAll, describe, expect, it } from '@jest/globals'
import type { ReadOptions, RecordedEvent } from '../port/event-store.js'
import {
  collect,
  event,
  freshCategory,
  freshStream,
  ids,
  refusal,
  someEvents,
  type StoreAccess,
} from './harness.js'

export function readContract(store: StoreAccess): void {
  describe('readStream', () => {
    const stream = freshStream()
    beforeAll(() => store().append(stream, someEvents(5), 'no-stream'))

    it.each<[ReadOptions, number[]]>([
      [{}, [0, 1, 2, 3, 4]],
      [{ direction: 'forward', fromRevision: 2n }, [2, 3, 4]],
      [{ fromRevision: 1n, limit: 2 }, [1, 2]],
      [{ fromRevision: 5n }, []],
      [{ fromRevision: 2n ** 80n }, []],
      [{ limit: 0 }, []],
      [{ limit: 100 }, [0, 1, 2, 3, 4]],
      [{ direction: 'backward' }, [4, 3, 2, 1, 0]],
      [{ direction: 'backward', limit: 1 }, [4]],
      [{ direction: 'backward', fromRevision: 2n }, [2, 1, 0]],
      [{ direction: 'backward', fromRevision: 3n, limit: 2 }, [3, 2]],
      [{ direction: 'backward', fromRevision: 2n ** 80n, limit: 2 }, [4, 3]],
      [{ direction: 'backward', fromRevision: 0n }, [0]],
    ])('%p gives revisions %j', async (options, revisions) => {
      const events = await store().readStream(stream, options)
      expect(events.map(({ revision }) => Number(revision))).toEqual(revisions)
    })

    it('gives nothing for a stream that is not there', async () => {
      expect(await store().readStream(freshStream())).toEqual([])
      expect(await store().readStream(freshStream(), { direction: 'backward' })).toEqual([])
    })

    it('answers many at once, each with its own', async () => {
      const streams = Array.from({ length: 30 }, () => freshStream())
      await Promise.all(streams.map((one, index) => store().append(one, someEvents(index % 4), 'any')))
      const answers = await Promise.all(
        streams.flatMap((one) => [
          store().readStream(one),
          store().readStream(one, { direction: 'backward', limit: 1 }),
        ]),
      )
      streams.forEach((one, index) => {
        const count = index % 4
        expect(answers[2 * index]!.map((found) => [found.stream, Number(found.revision)])).toEqual(
          Array.from({ length: count }, (_, revision) => [one, revision]),
        )
        expect(answers[2 * index + 1]!.map(({ revision }) => Number(revision))).toEqual(
          count ? [count - 1] : [],
        )
      })
    })

    it('sees what was appended before it was called', async () => {
      for (let count = 1; count <= 10; count++) {
        const one = freshStream()
        await store().append(one, someEvents(count), 'no-stream')
        expect(await store().readStream(one)).toHaveLength(count)
      }
    })

    it('ends with the reason of its signal', async () => {
      const reason = new Error('enough')
      const signal = AbortSignal.abort(reason)
      await expect(store().readStream(stream, { signal })).rejects.toBe(reason)
    })

    it.each([{ fromRevision: -1n }, { limit: -1 }, { limit: 1.5 }, { limit: Number.NaN }])(
      'refuses %p',
      async (options) => {
        expect(await refusal(store().readStream(stream, options))).toMatchObject({
          code: 'read-option-invalid',
        })
      },
    )
  })

  describe('readAll', () => {
    const category = freshCategory()
    const mine = { streamPrefix: category }
    let all: RecordedEvent[] = []

    beforeAll(async () => {
      for (let index = 0; index < 12; index++) {
        const type = index % 3 === 0 ? 'thing.Third' : 'thing.Noted'
        await store().append(
          `${category}${index % 2 ? 'odd' : 'even'}`,
          [event({ index }, type), event()],
          'any',
        )
        await store().append(freshStream(), someEvents(3), 'any')
      }
      all = await collect(store(), mine)
    })

    it('gives every event in the order of positions', async () => {
      expect(all).toHaveLength(24)
      const positions = all.map(({ position }) => position)
      expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)))
      const everything = await collect(store())
      expect(ids(everything.filter((one) => one.stream.startsWith(category)))).toEqual(ids(all))
      expect(everything.at(-1)!.position).toBe(await store().head())
    })

    it('goes backward the same way', async () => {
      expect(ids(await collect(store(), { ...mine, direction: 'backward' }))).toEqual(ids(all).toReversed())
      expect(ids(await collect(store(), { direction: 'backward', limit: 1 }))).toEqual(
        ids(await collect(store(), { from: all.at(-1)!.position })).slice(-1),
      )
    })

    it('starts after, and backward before, a position', async () => {
      const from = all[9]!.position
      expect(ids(await collect(store(), { ...mine, from }))).toEqual(ids(all.slice(10)))
      expect(ids(await collect(store(), { ...mine, from, direction: 'backward' }))).toEqual(
        ids(all.slice(0, 9).toReversed()),
      )
      expect(await collect(store(), { from: await store().head() })).toEqual([])
      expect(await collect(store(), { from: 2n ** 80n })).toEqual([])
      expect(await collect(store(), { from: 0n, direction: 'backward' })).toEqual([])
      expect(ids(await collect(store(), { ...mine, from: 2n ** 80n, direction: 'backward' }))).toHaveLength(
        24,
      )
    })

    it.each(['forward', 'backward'] as const)('keeps limit and page size (%s)', async (direction) => {
      const expected = direction === 'forward' ? ids(all) : ids(all).toReversed()
      for (const [limit, pageSize] of [
        [7, 3],
        [3, 7],
        [6, 3],
        [0, 3],
        [24, 5],
        [100, 1],
      ] as const) {
        const pages: string[][] = []
        for await (const page of store().readAll({ ...mine, direction, limit, pageSize }))
          pages.push(ids(page))
        expect(pages.flat()).toEqual(expected.slice(0, limit))
        for (const page of pages) {
          expect(page.length).toBeGreaterThan(0)
          expect(page.length).toBeLessThanOrEqual(pageSize)
        }
      }
    })

    it('filters by type, by prefix and by both', async () => {
      const third = await collect(store(), { ...mine, types: ['thing.Third', 'thing.Never'] })
      expect(ids(third)).toEqual(ids(all.filter(({ type }) => type === 'thing.Third')))
      expect(third).toHaveLength(4)
      const even = await collect(store(), { streamPrefix: `${category}even` })
      expect(ids(even)).toEqual(ids(all.filter(({ stream }) => stream.endsWith('even'))))
      expect(
        ids(
          await collect(store(), {
            streamPrefix: `${category}even`,
            types: ['thing.Third'],
            direction: 'backward',
          }),
        ),
      ).toEqual(ids(even.filter(({ type }) => type === 'thing.Third').toReversed()))
      expect(await collect(store(), { types: [] })).toEqual([])
      expect(ids(await collect(store(), { streamPrefix: '' }))).toEqual(ids(await collect(store())))
    })

    it('takes a prefix as it is, wildcards and Unicode form included', async () => {
      const base = freshCategory()
      const names = [
        `${base}a%b`,
        `${base}axb`,
        `${base}a_b`,
        `${base}a\\b`,
        `${base}ử`.normalize('NFC'),
        `${base}ử`.normalize('NFD'),
        `${base}\u{10ffff}`,
      ]
      for (const name of names) await store().append(name, someEvents(1), 'no-stream')
      for (const name of names)
        expect((await collect(store(), { streamPrefix: name })).map(({ stream }) => stream)).toEqual([name])
      expect(await collect(store(), { streamPrefix: base })).toHaveLength(names.length)
    })

    it('may be left at any page', async () => {
      for await (const page of store().readAll({ pageSize: 2 })) {
        expect(page).toHaveLength(2)
        break
      }
      const reason = new Error('enough')
      const stop = new AbortController()
      const reading = (async () => {
        for await (const page of store().readAll({ pageSize: 2, signal: stop.signal }))
          if (page.length > 0) stop.abort(reason)
      })()
      await expect(reading).rejects.toBe(reason)
    })

    it.each([{ from: -1n }, { limit: -1 }, { pageSize: 0 }, { pageSize: 2.5 }])(
      'refuses %p',
      async (options) => {
        expect(await refusal(collectLater(() => store().readAll(options)))).toMatchObject({
          code: 'read-option-invalid',
        })
      },
    )
  })
}

async function collectLater(read: () => AsyncIterable<unknown>): Promise<void> {
  for await (const page of read()) void page
}
