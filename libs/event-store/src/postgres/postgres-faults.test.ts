import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { eventually, testServer, type TestServer } from '#testing'
import { collect, event, freshStream, ids, refusal } from '../contract/harness.js'
import { AppendOutcomeUnknown, EventStoreUnavailable } from '../port/errors.js'
import type { NewEvent } from '../port/event-store.js'
import { PostgresEventStore } from './postgres-event-store.js'

const writers = 8
const appendsEach = 60

describe('PostgresEventStore, when the server fails', () => {
  let server: TestServer
  let store: PostgresEventStore
  beforeAll(async () => {
    server = await testServer()
    store = await PostgresEventStore.open({ connection: server.url })
  })
  afterAll(async () => {
    await store.close()
    await server.close()
  })

  it('loses and doubles nothing while its sessions are killed', async () => {
    const load = await startLoad(store)
    for (let done = 20; done < writers * appendsEach; done += 20) {
      await eventually(() => load.acknowledged() >= done)
      await killSessions(server.url)
    }
    await load.verify()
    expect(load.faults()).toBeGreaterThan(0)
  })

  it.each(['fast', 'immediate', 'kill -9'] as const)(
    'loses and doubles nothing over a restart (%s)',
    async (mode) => {
      const load = await startLoad(store)
      for (const share of [0.2, 0.6]) {
        await eventually(() => load.acknowledged() >= share * writers * appendsEach)
        await (mode === 'kill -9' ? server.kill9() : server.stop(mode))
        await server.start()
      }
      await load.verify()
      expect(load.faults()).toBeGreaterThan(0)
    },
  )

  it('says that nothing was written while the server is away, and recovers by itself', async () => {
    const stream = freshStream()
    await store.append(stream, [event()], 'no-stream')
    await server.stop()
    const events = [event()]
    await eventually(
      async () => (await refusal(store.append(stream, events, 0n))) instanceof EventStoreUnavailable,
    )
    expect(await refusal(store.readStream(stream))).toBeInstanceOf(EventStoreUnavailable)
    expect(await refusal(store.head())).toBeInstanceOf(EventStoreUnavailable)
    expect(await refusal(collect(store))).toBeInstanceOf(EventStoreUnavailable)
    await server.start()
    expect(await store.append(stream, events, 0n)).toMatchObject({ lastRevision: 1n, repeated: false })
  })
})

/** Writers that repeat what got no answer, each on a stream of its own, and one subscriber that sees it all. */
async function startLoad(store: PostgresEventStore) {
  let acknowledged = 0
  let faults = 0
  const from = await eventually(() => store.head())
  const stop = new AbortController()
  const seen: string[] = []
  const following = (async () => {
    for await (const delivery of store.subscribe(from, { signal: stop.signal, pageSize: 50 }))
      if (delivery.kind === 'events') seen.push(...ids(delivery.events))
  })()
  const appendUntilAnswered = (stream: string, events: NewEvent[], revision: number) =>
    eventually(async () => {
      try {
        return await store.append(stream, events, revision < 0 ? 'no-stream' : BigInt(revision))
      } catch (error) {
        if (!(error instanceof AppendOutcomeUnknown || error instanceof EventStoreUnavailable)) throw error
        faults++
        return false
      }
    })
  const writing = Array.from({ length: writers }, async () => {
    const stream = freshStream()
    const written: string[] = []
    for (let n = 0; n < appendsEach; n++) {
      const events = [event({ n }), event({ n })]
      const { lastRevision } = await appendUntilAnswered(stream, events, written.length - 1)
      written.push(...ids(events))
      expect(lastRevision).toBe(BigInt(written.length - 1))
      acknowledged++
    }
    return written
  })

  return {
    acknowledged: () => acknowledged,
    faults: () => faults,
    async verify() {
      const written = await Promise.all(writing)
      const inLog = await collect(store, { from: from })
      expect(ids(inLog).toSorted()).toEqual(written.flat().toSorted())
      expect(inLog.map(({ position }) => position)).toEqual(
        inLog.map((_, index) => from + BigInt(index) + 1n),
      )
      await eventually(() => seen.length >= inLog.length)
      stop.abort()
      await following
      expect(seen).toEqual(ids(inLog))
      for (const mine of written) expect(ids(inLog).filter((id) => mine.includes(id))).toEqual(mine)
    },
  }
}

/** Appending, reading and listening sessions alike. */
async function killSessions(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'roviec event store'`,
  )
  await client.end()
}
