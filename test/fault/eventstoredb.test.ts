import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  AppendOutcomeUnknown,
  EventStoreDbEventStore,
  EventStoreUnavailable,
  type NewEvent,
} from '#event-store'
import { eventually, standInEventStoreDb, tcpProxy, type TcpProxy } from '#testing'

const realServer = process.env['ROVIEC_TEST_EVENTSTORE_URL']

/** A command that stops that server and starts it again on the same data; ends when the server answers. */
const restartCommand = process.env['ROVIEC_TEST_EVENTSTORE_RESTART']

/** Short everywhere; the full load where a real server has been named, since that is what it is for. */
const load = realServer ? { appends: 20_000, cuts: 100 } : { appends: 1_600, cuts: 12 }
const writers = 8
const patience = { timeout: 600_000 }

describe(`EventStoreDB, ${realServer ? 'a real server' : 'the stand-in'}, behind a connection that fails`, () => {
  let proxy: TcpProxy
  let store: EventStoreDbEventStore
  let stop: () => void = () => undefined
  beforeAll(async () => {
    const server = realServer ? undefined : await standInEventStoreDb()
    stop = () => server?.stop()
    proxy = await tcpProxy(server?.port ?? Number(new URL(realServer!).port))
    store = await EventStoreDbEventStore.open({ url: `esdb://127.0.0.1:${proxy.port}?tls=false` })
  })
  afterAll(async () => {
    await store.close()
    await proxy.close()
    stop()
  })

  it(
    `loses and doubles nothing over ${load.cuts} cuts at random points of ${load.appends} appends by ${writers} writers`,
    async () => {
      const running = await startLoad(store, load.appends)
      const points = Array.from({ length: load.cuts }, () => randomInt(1, load.appends)).sort((a, b) => a - b)
      for (const point of points) {
        await eventually(() => running.acknowledged() >= point, patience)
        proxy.cut()
      }
      await running.verify()
      expect(running.faults()).toBeGreaterThan(0)
    },
    patience.timeout,
  )

  it(
    'loses and doubles nothing when a connection goes silent',
    async () => {
      const running = await startLoad(store, 400)
      await eventually(() => running.acknowledged() >= 100, patience)
      proxy.hang()
      await eventually(() => running.faults() > 0, patience)
      proxy.heal()
      await running.verify()
      expect(running.acknowledged()).toBe(400)
    },
    patience.timeout,
  )
})

const whereRestartable = restartCommand && realServer ? describe : describe.skip
whereRestartable('EventStoreDB, a real server, that is restarted (ROVIEC_TEST_EVENTSTORE_RESTART)', () => {
  it(
    'loses and doubles nothing over three restarts under load',
    async () => {
      const store = await EventStoreDbEventStore.open({ url: realServer! })
      const running = await startLoad(store, 8_000)
      for (const share of [0.2, 0.5, 0.7]) {
        await eventually(() => running.acknowledged() >= share * 8_000, patience)
        await promisify(execFile)(restartCommand!)
      }
      await running.verify()
      expect(running.faults()).toBeGreaterThan(0)
      await store.close()
    },
    patience.timeout,
  )
})

describe('EventStoreDB, the stand-in, that goes away', () => {
  it('loses and doubles nothing when it is stopped, started, and drops its subscriptions', async () => {
    const server = await standInEventStoreDb()
    const store = await EventStoreDbEventStore.open({ url: server.url })
    const running = await startLoad(store, 800)
    for (const share of [0.2, 0.5, 0.7]) {
      await eventually(() => running.acknowledged() >= share * 800, patience)
      server.dropSubscriptions()
      server.stop()
      await server.start()
    }
    await running.verify()
    expect(running.faults()).toBeGreaterThan(0)
    await store.close()
    server.stop()
  }, 120_000)

  it('says that nothing was written while nobody is there, and recovers by itself', async () => {
    const server = await standInEventStoreDb()
    const store = await EventStoreDbEventStore.open({ url: server.url })
    const stream = `thing-${crypto.randomUUID()}`
    await store.append(stream, [event(0)], 'no-stream')
    server.stop()
    const late = event(1)
    await eventually(
      async () => (await failure(store.append(stream, [late], 0n))) instanceof EventStoreUnavailable,
    )
    expect(await failure(store.readStream(stream))).toBeInstanceOf(EventStoreUnavailable)
    expect(await failure(store.head())).toBeInstanceOf(EventStoreUnavailable)
    await server.start()
    const appended = await eventually(() => store.append(stream, [late], 0n))
    expect(appended).toMatchObject({ lastRevision: 1n })
    await store.close()
    server.stop()
  })
})

/** Writers that repeat what got no answer, each on streams of its own, and one subscriber that counts it all. */
async function startLoad(store: EventStoreDbEventStore, appends: number) {
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
      const one = event(n)
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

function event(n: number): NewEvent {
  return { id: crypto.randomUUID(), type: 'thing.Noted', data: { n }, metadata: {} }
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
