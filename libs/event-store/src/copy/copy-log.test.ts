import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { newId, type JsonValue } from '#kernel'
import { standInEventStoreDb, testDatabase, virtualClock, type TestDatabase } from '#testing'
import { collect, event, refusal, someEvents } from '../contract/harness.js'
import { InMemoryEventStore } from '../in-memory/in-memory-event-store.js'
import type { EventStore, RecordedEvent } from '../port/event-store.js'
import { copyLog } from './copy-log.js'
import { openSource, openTarget, type OpenedTarget } from './open-log.js'

const opened: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of opened.toReversed()) await close()
})

async function emptyPostgres(): Promise<OpenedTarget> {
  const database: TestDatabase = await testDatabase()
  opened.push(() => database.close())
  return keep(await openTarget(database.url))
}

async function emptyEventStoreDb(): Promise<OpenedTarget> {
  const server = await standInEventStoreDb()
  opened.push(() => Promise.resolve(server.stop()))
  return keep(await openTarget(server.url))
}

function keep(target: OpenedTarget): OpenedTarget {
  opened.push(() => target.close())
  return target
}

const copyInto = (source: EventStore, { store, writer }: OpenedTarget, pageSize?: number) =>
  copyLog(source, store, writer, pageSize === undefined ? {} : { pageSize })

/** A store whose log is read as something else than it holds. */
function readAs(
  store: EventStore,
  change: (page: readonly RecordedEvent[]) => readonly RecordedEvent[],
): EventStore {
  return {
    append: (...call) => store.append(...call),
    readStream: (...call) => store.readStream(...call),
    subscribe: (...call) => store.subscribe(...call),
    head: () => store.head(),
    close: () => store.close(),
    async *readAll(options) {
      for await (const page of store.readAll(options)) yield change(page)
    },
  }
}

const plain = (one: RecordedEvent): RecordedEvent => ({
  ...one,
  data: one.data,
  metadata: one.metadata,
  dataText: one.dataText,
})

/** All that a reader sees of an event but its position. */
const seen = (events: readonly RecordedEvent[]) =>
  events.map(({ stream, revision, id, type, dataText, metadataText, recordedAt }) => {
    return { stream, revision, id, type, dataText, metadataText, recordedAt }
  })

const anyMetadata: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>({}, null, [], 'x', 7, { $metadata: 1 }),
  fc.dictionary(fc.string({ maxLength: 5 }), fc.integer(), { maxKeys: 3 }),
)

/** A log of a few streams in random order, over some days. */
async function someLog(appends: number, seed?: number): Promise<InMemoryEventStore> {
  const clock = virtualClock('2025-01-01T00:00:00.123Z')
  const store = new InMemoryEventStore({ clock })
  const [metadata = []] = fc.sample(fc.array(anyMetadata, { minLength: appends, maxLength: appends }), {
    numRuns: 1,
    ...(seed !== undefined && { seed }),
  })
  for (let n = 0; n < appends; n++) {
    clock.advance(n * 1_000)
    const events = someEvents(1 + (n % 3)).map((one) => ({ ...one, metadata: metadata[n]! }))
    await store.append(`thing-${(n * 7) % 5}`, events, 'any')
  }
  return store
}

describe('copying a log', () => {
  it('from PostgreSQL to EventStoreDB and back gives the same events, times and digest', async () => {
    const first = await emptyPostgres()
    const events = [event({ a: 'Sở Tư pháp' }), event({ b: [1] })]
    await first.store.append('task-1', events, 'no-stream')
    await first.store.append('task-2', someEvents(40), 'no-stream')
    await first.store.append('task-1', someEvents(3), 1n)
    const there = await emptyEventStoreDb()
    const gone = await copyInto(first.store, there, 7)
    const back = await emptyPostgres()
    const returned = await copyInto(there.store, back, 11)
    expect(gone).toMatchObject({ events: 45, written: 45, difference: null, sourceGrew: false })
    expect(new Set([gone, returned].flatMap((one) => [one.sourceDigest, one.targetDigest])).size).toBe(1)
    const original = seen(await collect(first.store))
    expect(seen(await collect(there.store))).toEqual(original)
    expect(seen(await collect(back.store))).toEqual(original)
    // Between two PostgreSQL logs even the positions are the same.
    expect((await collect(back.store)).map(({ position }) => position)).toEqual(
      (await collect(first.store)).map(({ position }) => position),
    )
    for (const { store } of [there, back]) {
      expect(await store.append('task-1', events, 'no-stream')).toMatchObject({ repeated: true })
      expect(await store.append('task-1', [event()], 4n)).toMatchObject({
        firstRevision: 5n,
        repeated: false,
      })
      const [, last] = (await collect(store, { direction: 'backward', limit: 2 })).toReversed()
      expect(last!.recordedAt.getTime()).toBeGreaterThanOrEqual(original.at(-1)!.recordedAt.getTime())
    }
  })

  it.each([
    ['PostgreSQL', emptyPostgres],
    ['EventStoreDB', emptyEventStoreDb],
  ] as const)('of any kind of event into %s loses nothing of it', async (_, empty) => {
    const source = await someLog(60)
    const target = await empty()
    expect(await copyInto(source, target, 9)).toMatchObject({ difference: null })
    expect(seen(await collect(target.store))).toEqual(seen(await collect(source)))
  })

  it('answers a digest that anybody can compute from what he reads', async () => {
    const source = await someLog(12)
    let link: Buffer = Buffer.alloc(32)
    for (const one of await collect(source))
      link = createHash('sha256')
        .update(link)
        .update(
          `["${one.stream}","${one.revision}","${one.id}","${one.type}","${one.recordedAt.toISOString()}",${JSON.stringify(one.dataText)},${JSON.stringify(one.metadataText)}]`,
        )
        .digest()
    expect((await copyInto(source, await emptyPostgres())).targetDigest).toBe(link.toString('hex'))
  })

  it.each([
    ['PostgreSQL', emptyPostgres],
    ['EventStoreDB', emptyEventStoreDb],
  ] as const)('into %s goes on where it stopped, and takes what has come meanwhile', async (_, empty) => {
    const source = await someLog(30)
    const target = await empty()
    let pages = 0
    const cut = new Error('cut')
    const failing = {
      ...target.writer,
      close: () => Promise.resolve(),
      write: (...page: Parameters<typeof target.writer.write>) =>
        ++pages === 3 ? Promise.reject(cut) : target.writer.write(...page),
    }
    await expect(copyLog(source, target.store, failing, { pageSize: 7 })).rejects.toBe(cut)
    expect(await copyInto(source, target)).toMatchObject({ events: 60, written: 46, difference: null })
    expect(await copyInto(source, target)).toMatchObject({ events: 60, written: 0, difference: null })
    await source.append('thing-1', someEvents(4), 'any')
    expect(await copyInto(source, target)).toMatchObject({ events: 64, written: 4, difference: null })
  })

  it('says that the source went on growing', async () => {
    const source = await someLog(10)
    const target = await emptyPostgres()
    const writer = {
      close: () => Promise.resolve(),
      async write(...page: Parameters<typeof target.writer.write>) {
        await source.append('late-1', [event()], 'any')
        await target.writer.write(...page)
      },
    }
    const copied = await copyLog(source, target.store, writer)
    expect(copied).toMatchObject({ events: 19, difference: null, sourceGrew: true })
    expect(await copyInto(source, target)).toMatchObject({ events: 20, written: 1, sourceGrew: false })
  })

  it('refuses a target with other events, naming the first, and writes nothing', async () => {
    const source = await someLog(10)
    const target = await emptyEventStoreDb()
    await copyInto(source, target)
    await target.store.append('stranger-1', someEvents(1), 'no-stream')
    const before = seen(await collect(target.store))
    await source.append('thing-1', someEvents(1), 'any')
    const refused = await refusal(copyInto(source, target))
    expect(refused).toMatchObject({
      code: 'log-copy-target-differs',
      details: { number: 20, source: { stream: 'thing-1' }, target: { stream: 'stranger-1' } },
    })
    expect(seen(await collect(target.store))).toEqual(before)
    const longer = await someLog(3)
    expect(await refusal(copyInto(longer, target))).toMatchObject({ code: 'log-copy-target-differs' })
  })

  it.each([
    ['PostgreSQL', emptyPostgres],
    ['EventStoreDB', emptyEventStoreDb],
  ] as const)('finds out who else writes to %s', async (_, empty) => {
    const source = await someLog(20)
    const target = await empty()
    let pages = 0
    const writer = {
      close: () => Promise.resolve(),
      async write(...page: Parameters<typeof target.writer.write>) {
        if (++pages === 2) await target.store.append('thing-0', [event()], 'any')
        await target.writer.write(...page)
      },
    }
    const refused = await refusal(copyLog(source, target.store, writer, { pageSize: 5 }))
    expect(refused).toMatchObject({ code: 'log-copy-target-changed' })
  })

  it('names the first difference when the target does not hold what was written', async () => {
    const source = await someLog(10)
    const target = await emptyPostgres()
    const lying = readAs(target.store, (page) =>
      page.map((one) => (one.position === 5n ? { ...plain(one), dataText: '{}' } : one)),
    )
    const copied = await copyLog(source, lying, target.writer)
    expect(copied.targetDigest).not.toBe(copied.sourceDigest)
    expect(copied.difference).toMatchObject({ number: 5 })
  })

  it('stops at a source that lacks an event', async () => {
    const source = await someLog(10)
    const holed = readAs(source, (page) => page.filter(({ position }) => position !== 4n))
    for (const target of [await emptyPostgres(), await emptyEventStoreDb()])
      expect(await refusal(copyInto(holed, target))).toMatchObject({ code: 'log-copy-target-changed' })
  })
})

describe('the addresses of a copy', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
    opened.push(() => database.close())
  })

  it('create nothing where there is no source', async () => {
    for (const address of [database.url, `embedded:/nonexistent/${newId()}`])
      expect(await refusal(openSource(address))).toMatchObject({ code: 'log-copy-source-missing' })
    const { rows } = await database
      .connect()
      .query(`select from information_schema.schemata where schema_name = 'event_log'`)
    expect(rows).toEqual([])
  })

  it.each(['', 'mysql://x', 'embedded', '/var/lib/roviec'])('say what they take: %j', async (address) => {
    expect(await refusal(openTarget(address))).toMatchObject({ code: 'log-address-invalid' })
  })
})
