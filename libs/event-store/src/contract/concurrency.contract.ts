import { describe, expect, it } from '@jest/globals'
import type { EventStore, Position } from '../port/event-store.js'
import { StreamRevisionMismatch } from '../port/errors.js'
import { collect, event, freshCategory, ids, type StoreAccess } from './harness.js'

const writers = 8
const appendsEach = 40

export function concurrencyContract(store: StoreAccess): void {
  describe('eight writers at once', () => {
    it('lose and double nothing, for a steady subscriber and for one that starts anew at each page', async () => {
      const from = await store().head()
      const category = freshCategory()
      const total = { events: Infinity }
      const following = [
        followSteadily(store(), from, category, total),
        followInPieces(store(), from, category, total),
      ]
      const written = await Promise.all(
        Array.from({ length: writers }, (_, writer) => write(store(), category, writer)),
      )
      total.events = written.flat().length
      // A subscriber that has seen everything waits for a next event: this one ends the wait.
      await store().append(`${category}end`, [event({}, 'thing.End')], 'any')

      const inLog = await collect(store(), { from, streamPrefix: category })
      expect(ids(inLog).slice(0, -1).toSorted()).toEqual(written.flat().toSorted())
      for (const seen of await Promise.all(following)) expect(seen).toEqual(ids(inLog))
      for (const mine of written) {
        const set = new Set(mine)
        expect(ids(inLog).filter((id) => set.has(id))).toEqual(mine)
      }
      await expectDenseRevisions(store(), category)
    })
  })
}

/** Appends to four streams all writers share, half of the time with an expectation that the others may break. */
async function write(store: EventStore, category: string, writer: number): Promise<string[]> {
  const written: string[] = []
  for (let n = 0; n < appendsEach; n++) {
    const stream = `${category}${(writer + n) % 4}`
    const events = Array.from({ length: 1 + (n % 3) }, (_, index) => event({ writer, n, index }))
    for (let done = false; !done;) {
      const last =
        n % 2 ? (await store.readStream(stream, { direction: 'backward', limit: 1 }))[0] : undefined
      const expected = n % 2 ? (last?.revision ?? 'no-stream') : 'any'
      done = await store.append(stream, events, expected).then(
        () => true,
        (error: unknown) => {
          if (error instanceof StreamRevisionMismatch) return false
          throw error
        },
      )
    }
    written.push(...ids(events))
  }
  return written
}

async function followSteadily(
  store: EventStore,
  from: Position,
  category: string,
  total: { readonly events: number },
): Promise<string[]> {
  const seen: string[] = []
  for await (const delivery of store.subscribe(from, { streamPrefix: category, pageSize: 7 })) {
    if (delivery.kind === 'events') seen.push(...ids(delivery.events))
    if (seen.length > total.events) break
  }
  return seen
}

async function followInPieces(
  store: EventStore,
  from: Position,
  category: string,
  total: { readonly events: number },
): Promise<string[]> {
  const seen: string[] = []
  for (let at = from; seen.length <= total.events;) {
    for await (const delivery of store.subscribe(at)) {
      at = delivery.checkpoint
      if (delivery.kind !== 'events') continue
      seen.push(...ids(delivery.events.filter(({ stream }) => stream.startsWith(category))))
      break
    }
  }
  return seen
}

async function expectDenseRevisions(store: EventStore, category: string): Promise<void> {
  for (let n = 0; n < 4; n++) {
    const events = await store.readStream(`${category}${n}`)
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => BigInt(index)))
    const positions = events.map(({ position }) => position)
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)))
  }
}
