import {
  ANY,
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  NO_STREAM,
  type JSONEventType,
} from '@eventstore/db-client'
import { newId } from '#kernel'
import { EventStoreDbEventStore } from '#event-store'
import { catchUp } from './eventstoredb-catch-up.js'
import { connectionLost } from './eventstoredb-lost.js'
import { data, freshDatabase, newEvent } from './logs.js'
import { compare, rate, throughput } from './measure.js'

export interface EventStoreDbBenchOptions {
  readonly seconds: number
  readonly rounds: number
  readonly replayed: number
}

type Noted = JSONEventType<'bench.Noted', typeof data, { commandId: string }>

/** Events of a stream that is read: as many as a long task has. */
const streamLength = 50
const pageSize = 1_000

/**
 * The adapter against the bare client doing the same work, on the server that `ROVIEC_TEST_EVENTSTORE_URL` names. Its
 * log grows by some hundred thousand events.
 *
 * That server ends a connection whose client has not answered its ping for ten seconds, which befalls a process that
 * gets no time on a busy machine: the calls under way fail with `RST_STREAM` code 2. The bare client leaves that to its
 * caller and the adapter tells an append of unknown outcome; here the whole round is run again, for both.
 */
export async function eventStoreDbBench(server: string, options: EventStoreDbBenchOptions): Promise<void> {
  const url = process.env['ROVIEC_TEST_EVENTSTORE_URL']
  if (!url) return console.log('EventStoreDB: left out; set ROVIEC_TEST_EVENTSTORE_URL')
  const client = EventStoreDBClient.connectionString(url)
  const store = await EventStoreDbEventStore.open({ url })
  await appends(client, store, options)
  await reads(client, store, options)
  await wholeLog(client, store, options)
  await catchUp(await freshDatabase(server, 'bench_eventstoredb'), client, store, options.rounds)
  await store.close()
  await client.dispose()
}

function bareEvent() {
  return jsonEvent<Noted>({ id: newId(), type: 'bench.Noted', data, metadata: { commandId: newId() } })
}

async function appends(
  client: EventStoreDBClient,
  store: EventStoreDbEventStore,
  { seconds, rounds }: EventStoreDbBenchOptions,
): Promise<void> {
  for (const concurrency of [1, 8, 32]) {
    const fresh = () => [new Growing(concurrency), new Growing(concurrency)] as const
    let [bare, ours] = fresh()
    // How far the streams have come is not known any more.
    const lost = (error: unknown): boolean => connectionLost(error) && ([bare, ours] = fresh()).length > 0
    await compare(
      `EventStoreDB: append 1 at a known revision, ${concurrency} at a time`,
      rounds,
      [
        {
          name: 'bare client',
          run: () =>
            throughput(concurrency, seconds, (worker) =>
              bare.next(worker, (stream, revision) =>
                client.appendToStream(stream, bareEvent(), { expectedRevision: revision ?? NO_STREAM }),
              ),
            ),
        },
        {
          name: 'event store',
          run: () =>
            throughput(concurrency, seconds, (worker) =>
              ours.next(worker, (stream, revision) =>
                store.append(stream, [newEvent()], revision ?? 'no-stream'),
              ),
            ),
        },
      ],
      lost,
    )
  }
}

/** Streams of one writer each, to be appended to at their revisions. */
class Growing {
  readonly #streams: { readonly name: string; revision: bigint | null }[]

  constructor(writers: number) {
    this.#streams = Array.from({ length: writers * 20 }, () => ({ name: `grow-${newId()}`, revision: null }))
  }

  async next(
    writer: number,
    append: (stream: string, revision: bigint | null) => Promise<unknown>,
  ): Promise<void> {
    const stream = this.#streams[writer * 20 + Math.floor(Math.random() * 20)]!
    await append(stream.name, stream.revision)
    stream.revision = (stream.revision ?? -1n) + 1n
  }
}

async function reads(
  client: EventStoreDBClient,
  store: EventStoreDbEventStore,
  { seconds, rounds }: EventStoreDbBenchOptions,
): Promise<void> {
  const streams = Array.from({ length: 200 }, () => `read-${newId()}`)
  for (const stream of streams)
    await client.appendToStream(
      stream,
      Array.from({ length: streamLength }, () => bareEvent()),
      { expectedRevision: ANY },
    )
  const any = (): string => streams[Math.floor(Math.random() * streams.length)]!
  for (const concurrency of [1, 8, 32])
    await compare(
      `EventStoreDB: read ${streamLength} events and look into each, ${concurrency} at a time`,
      rounds,
      [
        {
          name: 'bare client',
          run: () =>
            throughput(concurrency, seconds, async () => {
              let count = 0
              for await (const { event } of client.readStream<Noted>(any(), { maxCount: streamLength }))
                if (event!.data.due !== '') count++
              assertCount(count, streamLength)
            }),
        },
        {
          name: 'event store',
          run: () =>
            throughput(concurrency, seconds, async () => {
              const events = await store.readStream(any())
              const found = events.filter((event) => (event.data as typeof data).due !== '')
              assertCount(found.length, streamLength)
            }),
        },
      ],
      connectionLost,
    )
}

async function wholeLog(
  client: EventStoreDBClient,
  store: EventStoreDbEventStore,
  { rounds, replayed }: EventStoreDbBenchOptions,
): Promise<void> {
  await grow(client, replayed)
  let touched = 0
  await compare(
    `EventStoreDB: the whole log, each event looked into`,
    rounds,
    [
      {
        name: 'bare client',
        run: () =>
          rate(async () => {
            let count = 0
            for await (const { event } of client.readAll({ filter: excludeSystemEvents() } as object)) {
              if (!event || event.type.startsWith('$') || event.streamId.startsWith('$')) continue
              if (event.data) touched++
              count++
            }
            return count
          }),
      },
      {
        name: 'event store',
        run: () =>
          rate(async () => {
            let count = 0
            for await (const page of store.readAll({ pageSize })) {
              for (const event of page) if (event.data) touched++
              count += page.length
            }
            return count
          }),
      },
    ],
    connectionLost,
  )
  if (touched === 0) throw new Error('Nothing was read.')
}

async function grow(client: EventStoreDBClient, events: number): Promise<void> {
  const perAppend = 200
  await Promise.all(
    Array.from({ length: Math.ceil(events / perAppend) }, (_, n) =>
      client.appendToStream(
        `log-${n}-${newId()}`,
        Array.from({ length: perAppend }, () => bareEvent()),
      ),
    ),
  )
}

function assertCount(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${found} events came instead of ${wanted}.`)
}
