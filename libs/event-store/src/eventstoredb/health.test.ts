import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually, standInEventStoreDb, type StandInEventStoreDb } from '#testing'
import { event, freshStream, someEvents } from '../contract/harness.js'
import { beforeFirst, type Delivery } from '../port/event-store.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'

describe('the health of a store', () => {
  let server: StandInEventStoreDb
  let store: EventStoreDbEventStore
  const running: AbortController[] = []
  beforeAll(async () => {
    server = await standInEventStoreDb()
    store = await EventStoreDbEventStore.open({ url: server.url })
  })
  afterEach(() => running.splice(0).forEach((one) => one.abort()))
  afterAll(async () => {
    await store.close()
    server.stop()
  })
  /** A subscriber that takes a delivery when it is told to. */
  const subscriber = (pageSize: number) => {
    const stop = new AbortController()
    running.push(stop)
    const deliveries = store
      .subscribe(beforeFirst, { pageSize, signal: stop.signal, types: ['thing.Noted'] })
      [Symbol.asyncIterator]()
    const take = async (): Promise<Delivery> => (await deliveries.next()).value as Delivery
    return { take, leave: () => deliveries.return!() }
  }
  const only = () => store.health().subscriptions[0]!

  it('tells of each subscription how far it is, and whether it has seen everything', async () => {
    await store.append(freshStream(), someEvents(5), 'no-stream')
    expect(store.health().subscriptions).toEqual([])
    const one = subscriber(3)
    expect((await one.take()).kind).toBe('events')
    expect(only()).toMatchObject({ types: ['thing.Noted'], caughtUp: false })
    // Nothing passed over but the server's own: 3 of 5 took about three fifths of the bytes.
    expect([1, 2, 3]).toContain(only().eventsBehind)
    expect(only().bytesBehind).toBeGreaterThan(0n)
    expect(only().secondsBehind).toBeGreaterThan(0)
    await one.take()
    expect((await one.take()).kind).toBe('caught-up')
    expect(only()).toMatchObject({ caughtUp: true, bytesBehind: 0n, eventsBehind: 0, secondsBehind: 0 })
    expect(only().checkpoint).toBe(await store.head())
    await store.append(freshStream(), someEvents(7), 'no-stream')
    await one.take()
    expect(only().caughtUp).toBe(false)
    expect(store.health().fellBehind).toBe(1)
    await one.leave()
    expect(store.health().subscriptions).toEqual([])
  })

  it('counts drops and reconnects, and knows what others append', async () => {
    const one = subscriber(100)
    while ((await one.take()).kind !== 'caught-up');
    await eventually(() => store.health().listening)
    const { drops } = store.health()
    server.dropSubscriptions()
    await eventually(() => store.health().drops === drops + 1)
    await eventually(() => store.health().listening)
    server.stop()
    await server.start()
    await eventually(() => store.health().reconnects === drops + 2)
    const other = await EventStoreDbEventStore.open({ url: server.url })
    const { position } = await other.append(freshStream(), [event()], 'no-stream')
    await other.close()
    await eventually(() => only().bytesBehind > 0n)
    expect(await one.take()).toMatchObject({ kind: 'events', checkpoint: position })
  })

  it('counts what a missing server costs', async () => {
    const one = subscriber(100)
    while ((await one.take()).kind !== 'caught-up');
    const before = store.health()
    server.stop()
    const coming = one.take()
    await eventually(() => store.health().pageRetries > before.pageRetries)
    await server.start()
    await eventually(() => store.append(freshStream(), [event()], 'no-stream'))
    expect((await coming).kind).toBe('events')
  })
})
