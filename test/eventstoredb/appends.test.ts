import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EventStoreDbEventStore, EventStoreUnavailable } from '#event-store'
import {
  eventually,
  realEventStoreDb,
  standInEventStoreDb,
  startEventStoreDb,
  tcpProxy,
  type TcpProxy,
} from '#testing'
import { noted, patience, startLoad } from './load.test-support.js'

const real = realEventStoreDb()

/** A command that stops that server and starts it again on the same data; ends when the server answers. */
const restartCommand = process.env['ROVIEC_TEST_EVENTSTORE_RESTART']

/** Short everywhere; the full load where a real server has been named, since that is what it is for. */
const load = real.kind !== 'none' ? { appends: 20_000, cuts: 100 } : { appends: 1_600, cuts: 12 }

describe(`EventStoreDB, ${real.kind === 'none' ? `the stand-in (${real.why})` : 'a real server'}, behind a connection that fails`, () => {
  let proxy: TcpProxy
  let store: EventStoreDbEventStore
  let stop: () => unknown = () => undefined
  beforeAll(async () => {
    const server = real.kind === 'none' ? await standInEventStoreDb() : await startEventStoreDb(real)
    stop = () => server.stop()
    proxy = await tcpProxy(Number(new URL(server.url).port))
    store = await EventStoreDbEventStore.open({ url: `esdb://127.0.0.1:${proxy.port}?tls=false` })
  })
  afterAll(async () => {
    await store.close()
    await proxy.close()
    await stop()
  })

  it(
    `loses and doubles nothing over ${load.cuts} cuts at random points of ${load.appends} appends by 8 writers`,
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

const restartable = real.kind === 'named' && restartCommand ? real.url : undefined
const whereRestartable = restartable ? describe : describe.skip
whereRestartable('EventStoreDB, a real server, that is restarted: set ROVIEC_TEST_EVENTSTORE_RESTART', () => {
  it(
    'loses and doubles nothing over three restarts under load',
    async () => {
      const store = await EventStoreDbEventStore.open({ url: restartable! })
      const running = await startLoad(store, 8_000)
      for (const share of [0.2, 0.5, 0.7]) {
        await eventually(() => running.acknowledged() >= share * 8_000, patience)
        await promisify(execFile)('/bin/sh', ['-c', restartCommand!])
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
    await store.append(stream, [noted(0)], 'no-stream')
    server.stop()
    const late = noted(1)
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

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
