import { expect } from '@jest/globals'
import {
  AppendOutcomeUnknown,
  EventStoreUnavailable,
  type EventStoreDbEventStore,
  type NewEvent,
} from '#event-store'
import { eventually } from '#testing'

const writers = 8

/** A server that elects a new leader, or reads its log after a restart, takes its time, as does a machine with other work. */
export const patience = { timeout: 1_800_000 }

/** Writers that repeat what got no answer, each on streams of its own, and one subscriber that counts it all. */
export async function startLoad(store: EventStoreDbEventStore, appends: number) {
  let acknowledged = 0
  let faults = 0
  const from = await eventually(() => store.head())
  const stop = new AbortController()
  const seen: string[] = []
  let reached = from
  const following = (async () => {
    for await (const delivery of store.subscribe(from, { signal: stop.signal, pageSize: 200 })) {
      reached = delivery.checkpoint
      if (delivery.kind === 'events') seen.push(...delivery.events.map(({ id }) => id))
    }
  })()
  const appendUntilAnswered = (stream: string, events: NewEvent[], last: number) =>
    eventually(async () => {
      try {
        return await store.append(stream, events, last < 0 ? 'no-stream' : BigInt(last))
      } catch (error) {
        if (!(error instanceof AppendOutcomeUnknown || error instanceof EventStoreUnavailable)) throw error
        faults++
        return false
      }
    }, patience)
  const writing = Array.from({ length: writers }, async () => {
    const stream = `load-${crypto.randomUUID()}`
    const written: string[] = []
    for (let n = 0; n < appends / writers; n++) {
      const one = noted(n)
      const { lastRevision } = await appendUntilAnswered(stream, [one], n - 1)
      expect(lastRevision).toBe(BigInt(n))
      written.push(one.id)
      acknowledged++
    }
    return written
  })

  return {
    acknowledged: () => acknowledged,
    faults: () => faults,
    /** Every event once in the log and once at the subscriber, in the same order, and the subscriber at the end. */
    async verify() {
      const written = await Promise.all(writing)
      const head = await eventually(() => store.head(), patience)
      await eventually(() => reached >= head, patience)
      stop.abort()
      await following
      const inLog: string[] = []
      await eventually(async () => {
        inLog.length = 0
        for await (const page of store.readAll({ from })) inLog.push(...page.map(({ id }) => id))
      }, patience)
      expect(inLog.toSorted()).toEqual(written.flat().toSorted())
      expect(seen).toEqual(inLog)
      const places = new Map(inLog.map((id, index) => [id, index]))
      for (const mine of written) {
        const order = mine.map((id) => places.get(id)!)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }
    },
  }
}

/** An event with a number. */
export function noted(n: number): NewEvent {
  return { id: crypto.randomUUID(), type: 'thing.Noted', data: { n }, metadata: {} }
}
