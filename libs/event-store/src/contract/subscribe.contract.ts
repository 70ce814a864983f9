/* oxlint-disable jest/no-conditional-expect -- deliveries of both kinds come through one loop */
import { describe, expect, it } from '@jest/globals'
import { PositionBeyondEnd } from '../port/errors.js'
import {
  caughtUp,
  collect,
  deliveriesUntil,
  event,
  eventsOf,
  freshCategory,
  freshStream,
  ids,
  refusal,
  someEvents,
  type StoreAccess,
} from './harness.js'

export function subscribeContract(store: StoreAccess): void {
  describe('subscribe', () => {
    it('gives what is there, says that this was all, then what comes, and says so again', async () => {
      const from = await store().head()
      const before = someEvents(3)
      const after = someEvents(2)
      const stream = freshStream()
      await store().append(stream, before, 'no-stream')
      const kinds: string[] = []
      const seen: string[] = []
      for await (const delivery of store().subscribe(from)) {
        kinds.push(delivery.kind)
        expect(delivery.checkpoint).toBe(await store().head())
        if (delivery.kind === 'events') seen.push(...ids(delivery.events))
        else if (seen.length === 3) await store().append(stream, after, 2n)
        else break
      }
      expect(seen).toEqual(ids([...before, ...after]))
      expect(kinds).toEqual(['events', 'caught-up', 'events', 'caught-up'])
    })

    it('starts after any position, as readAll does', async () => {
      const start = await store().head()
      for (let n = 0; n < 5; n++) await store().append(freshStream(), someEvents(2), 'any')
      const all = await collect(store(), { from: start })
      for (const [index, { position }] of all.entries()) {
        const deliveries = await deliveriesUntil(store(), position, {}, caughtUp)
        expect(ids(eventsOf(deliveries))).toEqual(ids(all.slice(index + 1)))
      }
      const fromStart = await deliveriesUntil(store(), 0n, {}, caughtUp)
      expect(ids(eventsOf(fromStart))).toEqual(ids(await collect(store())))
    })

    it('is caught up at once at the end', async () => {
      const from = await store().head()
      expect(await deliveriesUntil(store(), from, {}, () => true)).toEqual([
        { kind: 'caught-up', checkpoint: from },
      ])
    })

    it('gives pages of the size asked for, each with the place to resume from', async () => {
      const from = await store().head()
      const events = someEvents(10)
      await store().append(freshStream(), events, 'no-stream')
      const deliveries = await deliveriesUntil(store(), from, { pageSize: 4 }, caughtUp)
      const pages = deliveries.flatMap((one) => (one.kind === 'events' ? [one] : []))
      expect(pages.every((page) => page.events.length > 0 && page.events.length <= 4)).toBe(true)
      expect(ids(eventsOf(deliveries))).toEqual(ids(events))
      for (const page of pages) expect(page.checkpoint).toBe(page.events.at(-1)!.position)
    })

    it('resumes from each checkpoint without a gap or a repetition', async () => {
      const from = await store().head()
      const events = someEvents(9)
      await store().append(freshStream(), events, 'no-stream')
      const seen: string[] = []
      for (let at = from; seen.length < events.length;) {
        const [first] = await deliveriesUntil(store(), at, { pageSize: 2 }, () => true)
        seen.push(...ids(eventsOf([first!])))
        at = first!.checkpoint
      }
      expect(seen).toEqual(ids(events))
    })

    it('filters, and its checkpoint passes over what does not match', async () => {
      const from = await store().head()
      const category = freshCategory()
      await store().append(freshStream(), someEvents(20), 'any')
      await store().append(
        `${category}1`,
        [event({}, 'thing.A'), event({}, 'thing.B'), event({}, 'thing.A')],
        'any',
      )
      await store().append(freshStream(), someEvents(20, 'thing.A'), 'any')
      const filter = { streamPrefix: category, types: ['thing.A'], pageSize: 5 }
      const deliveries = await deliveriesUntil(store(), from, filter, caughtUp)
      expect(eventsOf(deliveries).map(({ type, revision }) => [type, revision])).toEqual([
        ['thing.A', 0n],
        ['thing.A', 2n],
      ])
      expect(deliveries.at(-1)!.checkpoint).toBe(await store().head())
      const later = await deliveriesUntil(store(), deliveries.at(-1)!.checkpoint, filter, caughtUp)
      expect(later).toHaveLength(1)
    })

    it('passes over what comes later and does not match, too', async () => {
      const from = await store().head()
      let appended = from
      const checkpoints: bigint[] = []
      for await (const delivery of store().subscribe(from, { types: ['thing.Never'] })) {
        expect(delivery.kind).toBe('caught-up')
        checkpoints.push(delivery.checkpoint)
        if (checkpoints.length > 3 && delivery.checkpoint === appended) break
        if (delivery.checkpoint !== appended) continue
        appended = (await store().append(freshStream(), someEvents(1), 'any')).position
      }
      expect(checkpoints).toEqual([...new Set(checkpoints)].toSorted((a, b) => (a < b ? -1 : 1)))
    })

    it('waits for its consumer: what came meanwhile follows in order', async () => {
      const from = await store().head()
      const written = someEvents(30)
      const stream = freshStream()
      const seen: string[] = []
      let left = 30
      for await (const delivery of store().subscribe(from, { pageSize: 3 })) {
        if (delivery.kind === 'events') {
          expect(delivery.events.length).toBeLessThanOrEqual(3)
          seen.push(...ids(delivery.events))
        }
        for (let n = 0; n < 5 && left > 0; n++, left--)
          await store().append(stream, [written[30 - left]!], 'any')
        if (seen.length === 30) break
      }
      expect(seen).toEqual(ids(written))
    })

    it.each(['while it waits', 'from within'])(
      'finishes without an error when its signal says so: %s',
      async (when) => {
        const stop = new AbortController()
        const kinds: string[] = []
        for await (const { kind } of store().subscribe(await store().head(), { signal: stop.signal })) {
          kinds.push(kind)
          if (when === 'from within') stop.abort()
          else setImmediate(() => stop.abort())
        }
        expect(kinds).toEqual(['caught-up'])
      },
    )

    it('gives nothing when its signal has spoken before', async () => {
      const signal = AbortSignal.abort()
      expect(await deliveriesUntil(store(), 0n, { signal }, () => false)).toEqual([])
    })

    it('serves many subscribers at once, each at its own pace', async () => {
      const from = await store().head()
      const events = someEvents(20)
      const followers = [1, 2, 3, 7, 100].map((pageSize) =>
        deliveriesUntil(store(), from, { pageSize }, (_, all) => eventsOf(all).length === 20),
      )
      for (const one of events) await store().append(freshStream(), [one], 'any')
      for (const deliveries of await Promise.all(followers))
        expect(ids(eventsOf(deliveries))).toEqual(ids(events))
    })

    it('refuses a place the log does not have instead of waiting there', async () => {
      const beyond = (await store().head()) + 1_000_000_000n
      const error = await refusal(deliveriesUntil(store(), beyond, {}, () => true))
      expect(error).toBeInstanceOf(PositionBeyondEnd)
      expect(error).toMatchObject({ position: beyond, head: await store().head() })
    })
  })
}
