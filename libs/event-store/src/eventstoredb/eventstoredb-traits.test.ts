import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually, realEventStoreDb, standInEventStoreDb, startEventStoreDb } from '#testing'
import { collect, event, freshCategory, freshStream, ids, refusal, someEvents } from '../contract/harness.js'
import { EventIdTaken, StreamRevisionMismatch } from '../port/errors.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'
import type { LogIncident } from './incidents.js'

const real = realEventStoreDb()

describe(`EventStoreDbEventStore on ${real.kind === 'none' ? 'the stand-in' : 'a real server'}`, () => {
  let url = ''
  let stop: () => unknown = () => undefined
  let store: EventStoreDbEventStore
  /** Who is allowed more than the application: an administrator at the server's own tools. */
  let administrator: EventStoreDBClient
  beforeAll(async () => {
    const server = real.kind === 'none' ? await standInEventStoreDb() : await startEventStoreDb(real)
    url = server.url
    stop = () => server.stop()
    store = await EventStoreDbEventStore.open({ url })
    administrator = EventStoreDBClient.connectionString(url)
  })
  afterAll(async () => {
    await administrator.dispose()
    await store.close()
    await stop()
  })
  const inAnotherProcess = async <T>(work: (other: EventStoreDbEventStore) => Promise<T>): Promise<T> => {
    const other = await EventStoreDbEventStore.open({ url })
    try {
      return await work(other)
    } finally {
      await other.close()
    }
  }

  it.each(['no-stream', 'any', 'stream-exists', 2n] as const)(
    'knows its events again after a restart, wherever they stand (%s)',
    async (expected) => {
      const stream = freshStream()
      const events = someEvents(2)
      const first = await store.append(stream, events, 'no-stream')
      await store.append(stream, someEvents(1), 1n)
      expect(await inAnotherProcess((other) => other.append(stream, events, expected))).toEqual({
        ...first,
        repeated: true,
      })
    },
  )

  it('refuses a known id with other content after a restart, which the server itself would take', async () => {
    const stream = freshStream()
    const [one] = someEvents(1)
    await store.append(stream, [one!], 'no-stream')
    const changed = { ...one!, data: { other: true } }
    for (const expected of ['no-stream', 'any'] as const)
      expect(
        await inAnotherProcess((other) => refusal(other.append(stream, [changed], expected))),
      ).toBeInstanceOf(EventIdTaken)
    expect(await store.readStream(stream)).toMatchObject([{ data: one!.data }])
  })

  it('tells where a stream is that another process has moved on', async () => {
    const stream = freshStream()
    await store.append(stream, someEvents(1), 'no-stream')
    await inAnotherProcess((other) => other.append(stream, someEvents(3), 0n))
    expect(await refusal(store.append(stream, [event()], 0n))).toMatchObject({ actual: 3n })
    expect(await refusal(store.append(stream, [event()], 'no-stream'))).toBeInstanceOf(StreamRevisionMismatch)
    expect(await store.append(stream, [event()], 'any')).toMatchObject({ firstRevision: 4n })
  })

  it('never shows what the server writes for itself', async () => {
    const stream = freshStream()
    const { position } = await store.append(stream, someEvents(1), 'no-stream')
    await administrator.setStreamMetadata(stream, { note: 1 })
    expect(await store.head()).toBe(position)
    expect(await collect(store, { from: position })).toEqual([])
    expect(await collect(store, { direction: 'backward', limit: 1 })).toMatchObject([{ stream }])
  })

  it('finds by prefix what only a language would take for something else', async () => {
    const category = freshCategory()
    const names = [`${category}ca\u0301`, `${category}c\u00e1`, `${category}ca`, `${category}C`]
    for (const name of names) await store.append(name, someEvents(1), 'no-stream')
    const found = await collect(store, { streamPrefix: `${category}ca` })
    expect(found.map(({ stream }) => stream)).toEqual([names[0], names[2]])
  })

  it('takes types literally', async () => {
    const stream = freshStream()
    const from = await store.head()
    const types = ['a.B', 'aXB', 'a.BC', 'a(B', 'a B']
    await store.append(
      stream,
      types.map((type) => event({}, type)),
      'no-stream',
    )
    for (const type of types)
      expect((await collect(store, { from, types: [type] })).map((one) => one.type)).toEqual([type])
  })

  it('says what to change when an append is too large', async () => {
    const error = await refusal(store.append(freshStream(), [event('x'.repeat(9_000_000))], 'any'))
    expect(error).toMatchObject({ code: 'append-too-large', kind: 'invalid' })
    expect(error.message).toContain('MaxAppendSize')
  })

  it('goes on counting after a soft delete, and says of a tombstone that it is an incident', async () => {
    const stream = freshStream()
    await store.append(stream, someEvents(3), 'no-stream')
    await administrator.deleteStream(stream)
    await inAnotherProcess(async (other) => {
      expect(await other.readStream(stream)).toEqual([])
      expect(await other.append(stream, [event()], 'no-stream')).toMatchObject({ firstRevision: 3n })
    })
    await administrator.tombstoneStream(stream)
    expect(await refusal(store.readStream(stream))).toMatchObject({ code: 'stream-tombstoned' })
    expect(await refusal(store.append(stream, [event()], 'any'))).toMatchObject({ code: 'stream-tombstoned' })
  })

  it('records what is done to our streams past the application, once however many watch', async () => {
    const streams = Array.from({ length: 8 }, () => freshStream())
    const [limited, truncated, deleted, closed, gone, aged, odd, noted] = streams
    for (const stream of streams) await store.append(stream, someEvents(2), 'no-stream')
    const stop = new AbortController()
    const watching = store.watchIncidents(stop.signal)
    await inAnotherProcess(async (other) => {
      void other.watchIncidents(stop.signal)
      await administrator.setStreamMetadata(noted!, { note: 'of no account' })
      await administrator.setStreamMetadata(limited!, { maxCount: 1, maxAge: 3600 })
      await administrator.setStreamMetadata(truncated!, { truncateBefore: 1 })
      await administrator.setStreamMetadata(closed!, { acl: { readRoles: ['$admins'] } })
      await administrator.appendToStream(
        `$$${odd!}`,
        binaryEvent({ type: '$metadata', data: Buffer.from('no JSON') }),
      )
      await administrator.setStreamMetadata(aged!, { maxAge: 3600 })
      await administrator.deleteStream(deleted!)
      await administrator.tombstoneStream(gone!)
      const kinds: [string, string][] = [
        [limited!, 'retention-limited'],
        [truncated!, 'truncated'],
        [closed!, 'access-changed'],
        [odd!, 'settings-unreadable'],
        [aged!, 'retention-limited'],
        [deleted!, 'soft-deleted'],
        [gone!, 'tombstoned'],
      ]
      await eventually(async () => {
        const recorded = (await store.readStream('incident-log')).map(
          ({ data }) => data as unknown as LogIncident,
        )
        const mine = recorded.filter(({ stream }) => kinds.some(([name]) => name === stream))
        expect(mine.map(({ stream, kind }) => [stream, kind])).toEqual(kinds)
        expect(mine[0]!.settings).toEqual({ $maxAge: '3600', $maxCount: '1' })
        expect(recorded.some(({ stream }) => stream === noted)).toBe(false)
      })
    })
    stop.abort()
    await watching
  })

  it('gives a reader that stops in the middle of a page no later trouble', async () => {
    const stream = freshStream()
    await store.append(stream, someEvents(3_000), 'no-stream')
    const reason = new Error('enough')
    const stopped = new AbortController()
    const reading = store.readStream(stream, { signal: stopped.signal })
    stopped.abort(reason)
    await expect(reading).rejects.toBe(reason)
    expect(ids(await store.readStream(stream))).toHaveLength(3_000)
  })
})
