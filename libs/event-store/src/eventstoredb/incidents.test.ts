import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually, standInEventStoreDb, type StandInEventStoreDb } from '#testing'
import { copyLog } from '../copy/copy-log.js'
import { openTarget } from '../copy/open-log.js'
import { freshStream, someEvents } from '../contract/harness.js'
import { InMemoryEventStore } from '../in-memory/in-memory-event-store.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'
import { listIncidents } from './incidents.js'

describe('incidents of a log', () => {
  it('are none where nothing happened, on any store', async () => {
    expect(await listIncidents(new InMemoryEventStore())).toEqual([])
  })
})

describe('incidents of a log that was moved', () => {
  let first: StandInEventStoreDb
  let second: StandInEventStoreDb
  beforeAll(async () => {
    first = await standInEventStoreDb()
    second = await standInEventStoreDb()
  })
  afterAll(() => {
    first.stop()
    second.stop()
  })
  const limit = async (url: string, stream: string) => {
    const administrator = EventStoreDBClient.connectionString(url)
    await administrator.setStreamMetadata(stream, { maxCount: 1 })
    await administrator.dispose()
  }

  it('go with it, and those of the new log are noticed from its beginning on', async () => {
    const stream = freshStream()
    const store = await EventStoreDbEventStore.open({ url: first.url })
    await store.append(stream, someEvents(200), 'no-stream')
    await limit(first.url, stream)
    const stop = new AbortController()
    void store.watchIncidents(stop.signal)
    await eventually(async () => expect(await listIncidents(store)).toHaveLength(1))
    const target = await openTarget(second.url)
    await limit(second.url, 'elsewhere-1')
    await copyLog(store, target.store, target.writer)
    await target.close()
    const [noticed] = await listIncidents(store)
    await store.close()

    const moved = await EventStoreDbEventStore.open({ url: second.url })
    expect(await listIncidents(moved)).toEqual([noticed])
    void moved.watchIncidents(stop.signal)
    await limit(second.url, stream)
    await eventually(async () =>
      expect((await listIncidents(moved)).map((one) => one.stream)).toEqual([stream, 'elsewhere-1', stream]),
    )
    expect((await listIncidents(moved, 1))[0]).toMatchObject({ kind: 'retention-limited' })
    await moved.close()
  })
})

describe('a watch that cannot record', () => {
  it('ends with the reason, so that its caller hears of it', async () => {
    const server = await standInEventStoreDb()
    const store = await EventStoreDbEventStore.open({ url: server.url })
    const administrator = EventStoreDBClient.connectionString(server.url)
    const stop = new AbortController()
    const watching = store.watchIncidents(stop.signal)
    await store.append('incident-log', someEvents(1), 'no-stream')
    await administrator.tombstoneStream('incident-log')
    await expect(watching).rejects.toMatchObject({ code: 'stream-tombstoned' })
    await expect(store.watchIncidents(stop.signal)).rejects.toMatchObject({ code: 'stream-tombstoned' })
    expect(await listIncidents(store)).toMatchObject([{ stream: 'incident-log', kind: 'tombstoned' }])
    server.stop()
    await expect(store.watchIncidents(stop.signal)).rejects.toMatchObject({ code: 'event-store-unavailable' })
    await administrator.dispose()
    await store.close()
  })
})
