import { describe, expect, it } from '@jest/globals'
import type { Delivery, RecordedEvent } from '#event-store'
import { spareCheckpoints } from './spare-checkpoints.js'

const caughtUp = (checkpoint: number): Delivery => ({ kind: 'caught-up', checkpoint: BigInt(checkpoint) })
const events = (checkpoint: number): Delivery => ({
  kind: 'events',
  events: [{} as RecordedEvent],
  checkpoint: BigInt(checkpoint),
})

/** Delivers what is pushed; ends when told so, as a subscription does by its signal. */
function pushed() {
  const [waiting, arrived]: [(() => void)[], (Delivery | null)[]] = [[], []]
  const push = (...deliveries: readonly (Delivery | null)[]): void => {
    arrived.push(...deliveries)
    for (const wake of waiting.splice(0)) wake()
  }
  async function* subscription(): AsyncGenerator<Delivery> {
    for (;;) {
      while (arrived.length === 0) await new Promise<void>((resolve) => waiting.push(resolve))
      const next = arrived.shift()
      if (next === null || next === undefined) return
      yield next
    }
  }
  return { push, subscription: subscription() }
}

describe('checkpoints that only tell a later place', () => {
  it('are told at once when there was none for a while, and the last of many in a while', async () => {
    const { push, subscription } = pushed()
    const spared = spareCheckpoints(subscription, 60)
    push(caughtUp(1))
    expect((await spared.next()).value).toEqual(caughtUp(1))
    push(caughtUp(2), caughtUp(3), caughtUp(4))
    expect((await spared.next()).value).toEqual(caughtUp(4))
    push(null)
    expect((await spared.next()).done).toBe(true)
  })

  it('are left out where events come, which wait for nothing', async () => {
    const { push, subscription } = pushed()
    const spared = spareCheckpoints(subscription, 3_600_000)
    push(caughtUp(1), caughtUp(2), events(3), caughtUp(4), events(5), caughtUp(6), null)
    const told: Delivery[] = []
    for await (const delivery of spared) told.push(delivery)
    expect(told).toEqual([caughtUp(1), events(3), events(5)])
  })

  it('keep no order from anybody: an error of the subscription is thrown on', async () => {
    async function* failing(): AsyncGenerator<Delivery> {
      yield caughtUp(1)
      yield caughtUp(2)
      throw new Error('gone')
    }
    const spared = spareCheckpoints(failing(), 3_600_000)
    await spared.next()
    await expect(spared.next()).rejects.toThrow('gone')
  })
})
