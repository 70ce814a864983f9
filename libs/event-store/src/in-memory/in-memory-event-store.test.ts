import { describe, expect, it } from '@jest/globals'
import { event, someEvents } from '../contract/harness.js'
import { eventStoreContract } from '../contract/event-store.contract.js'
import { InMemoryEventStore } from './in-memory-event-store.js'

eventStoreContract('InMemoryEventStore', () => Promise.resolve({ store: new InMemoryEventStore() }))

describe('InMemoryEventStore', () => {
  it('is empty at first', async () => {
    expect(await new InMemoryEventStore().head()).toBe(0n)
  })

  it('records by its clock, which may stand still or go back, but never back in the log', async () => {
    let now = 1_000
    const store = new InMemoryEventStore({ clock: { now: () => new Date(now) } })
    for (const time of [1_000, 5_000, 2_000]) {
      now = time
      await store.append('thing-1', [event()], 'any')
    }
    const times = (await store.readStream('thing-1')).map(({ recordedAt }) => recordedAt.getTime())
    expect(times).toEqual([1_000, 5_000, 5_000])
  })

  it('numbers without gaps', async () => {
    const store = new InMemoryEventStore()
    await store.append('thing-1', someEvents(3), 'any')
    expect((await store.readStream('thing-1')).map(({ position }) => position)).toEqual([1n, 2n, 3n])
  })
})
