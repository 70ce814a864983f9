import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { EventStore } from '../port/event-store.js'
import { EventStoreUnavailable } from '../port/errors.js'
import { appendContract } from './append.contract.js'
import { concurrencyContract } from './concurrency.contract.js'
import { expectationContract } from './expectation.contract.js'
import { event, freshStream, refusal, someEvents, type StoreUnderTest } from './harness.js'
import { modelContract } from './model.contract.js'
import { payloadContract } from './payload.contract.js'
import { readContract } from './read.contract.js'
import { repeatContract } from './repeat.contract.js'
import { subscribeContract } from './subscribe.contract.js'

/** What every adapter promises. Knows nothing of any of them: positions are opaque and the log need not be empty. */
export function eventStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the event store contract`, () => {
    let opened: StoreUnderTest | undefined
    const access = (): EventStore => opened!.store

    beforeAll(async () => {
      opened = await open()
    })
    afterAll(async () => {
      await opened?.store.close()
      await opened?.release?.()
    })

    expectationContract(access)
    repeatContract(access)
    appendContract(access)
    payloadContract(access)
    readContract(access)
    subscribeContract(access)
    concurrencyContract(access)
    modelContract(access)
  })

  describe(`${name}, when closed`, () => {
    it('finishes what is under way, ends its subscriptions and refuses what comes later', async () => {
      const { store, release } = await open()
      const follower = drain(store)
      const underWay = [1, 2, 3].map(() => store.append(freshStream(), someEvents(2), 'no-stream'))
      await store.close()
      await expect(Promise.all(underWay)).resolves.toHaveLength(3)
      await expect(follower).resolves.toBeUndefined()
      const stream = freshStream()
      expect(await refusal(store.append(stream, [event()], 'any'))).toBeInstanceOf(EventStoreUnavailable)
      expect(await refusal(store.readStream(stream))).toBeInstanceOf(EventStoreUnavailable)
      expect(await refusal(store.head())).toBeInstanceOf(EventStoreUnavailable)
      await release?.()
    })
  })
}

async function drain(store: EventStore): Promise<void> {
  for await (const delivery of store.subscribe(await store.head())) void delivery
}
