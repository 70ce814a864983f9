import { EventEmitter, once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { EventStore, Position } from '../port/event-store.js'
import { EventStoreUnavailable } from '../port/errors.js'
import { appendContract } from './append.contract.js'
import { concurrencyContract } from './concurrency.contract.js'
import { expectationContract } from './expectation.contract.js'
import { collect, event, freshStream, refusal, someEvents, type StoreUnderTest } from './harness.js'
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
    let opened: StoreUnderTest | undefined
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened?.release?.())

    it('finishes what is under way, ends its subscriptions and refuses what comes later', async () => {
      const { store } = opened!
      const from = await store.head()
      const reachedEnd = new EventEmitter()
      const following = follow(store, from, reachedEnd)
      await once(reachedEnd, 'end')
      const underWay = [1, 2, 3].map(() => store.append(freshStream(), someEvents(2), 'no-stream'))
      await store.close()
      await expect(Promise.all(underWay)).resolves.toHaveLength(3)
      await expect(following).resolves.toBeUndefined()
      for (const call of [
        () => store.append(freshStream(), [event()], 'any'),
        () => store.readStream(freshStream()),
        () => store.head(),
        () => collect(store),
        () => follow(store, from, reachedEnd),
      ])
        expect(await refusal(call())).toBeInstanceOf(EventStoreUnavailable)
      await expect(store.close()).resolves.toBeUndefined()
    })
  })
}

async function follow(store: EventStore, from: Position, reachedEnd: EventEmitter): Promise<void> {
  for await (const { kind } of store.subscribe(from)) if (kind === 'caught-up') reachedEnd.emit('end')
}
