import {
  ANY,
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
  type JSONEventType,
} from '@eventstore/db-client'
import { newId } from '#kernel'
import { createDatabase, migrate, type Database } from '#database'
import { engineMigrations, ProjectionRunner, reached, type Projection } from '#engine'
import { AppendOutcomeUnknown, EventStoreDbEventStore, EventStoreUnavailable } from '#event-store'
import { data, freshDatabase, newEvent } from './logs.js'
import { compare, throughput } from './measure.js'

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
  await catchUp(await freshDatabase(server, 'bench_eventstoredb'), client, store, options)
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

/** gRPC's numbers for a call whose connection has ended under it. */
const endedCalls = [13, 14]

function connectionLost(error: unknown): boolean {
  return (
    error instanceof AppendOutcomeUnknown ||
    error instanceof EventStoreUnavailable ||
    endedCalls.includes(Number((error as { readonly code?: unknown }).code))
  )
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

/** Filling a view, to its checkpoint at the end, beside a bare read of the same events with the same writes. */
async function catchUp(
  url: string,
  client: EventStoreDBClient,
  store: EventStoreDbEventStore,
  { rounds }: EventStoreDbBenchOptions,
): Promise<void> {
  const database = createDatabase({ connection: url })
  await migrate(database, 'engine', engineMigrations)
  await database.query(
    'create table bare_note (id uuid primary key, stream text not null, due date not null)',
  )
  let version = 0
  await compare(
    'EventStoreDB: fill a view from the whole log',
    rounds,
    [
      { name: 'bare client, bare pg', run: () => rate(() => fillBare(client, database)) },
      { name: 'projection', run: () => rate(() => fillView(store, database, ++version)) },
    ],
    connectionLost,
  )
  await database.close()
}

interface Row {
  readonly id: string
  readonly stream: string
  readonly due: string
}

function insertInto(table: string): string {
  return `insert into ${table} select * from unnest($1::uuid[], $2::text[], $3::date[])`
}

function columns(rows: readonly Row[]): unknown[] {
  return [rows.map(({ id }) => id), rows.map(({ stream }) => stream), rows.map(({ due }) => due)]
}

async function fillBare(client: EventStoreDBClient, database: Database): Promise<number> {
  await database.query('truncate bare_note')
  let rows: Row[] = []
  let count = 0
  const flush = async (): Promise<void> => {
    const page = rows
    rows = []
    count += page.length
    await database.transaction(async (transaction) => {
      await transaction.query(`set local synchronous_commit = off`)
      await transaction.query(insertInto('bare_note'), columns(page))
    })
  }
  const subscription = client.subscribeToAll({
    fromPosition: START,
    filter: streamNameFilter({ regex: '^[^$]' }),
  })
  const { commit: end } = await lastPosition(client)
  for await (const { event } of subscription) {
    if (event?.type === 'bench.Noted') {
      rows.push({ id: event.id, stream: event.streamId, due: (event.data as typeof data).due })
      if (rows.length === pageSize) await flush()
    }
    if (event && event.position.commit >= end) break
  }
  if (rows.length > 0) await flush()
  return count
}

async function lastPosition(client: EventStoreDBClient): Promise<{ readonly commit: bigint }> {
  for await (const { event } of client.readAll({
    direction: 'backwards',
    maxCount: 4_000,
    fromPosition: 'end',
  }))
    if (event && !event.streamId.startsWith('$')) return event.position
  throw new Error('The log is empty.')
}

async function fillView(store: EventStoreDbEventStore, database: Database, version: number): Promise<number> {
  const name = `bench_note_${version}`
  let count = 0
  const projection: Projection = {
    name,
    version: 1,
    events: ['bench.Noted'],
    create: `create table ${name} (id uuid primary key, stream text not null, due date not null)`,
    rules: [insertInto(name)],
    async apply(transaction, events) {
      count += events.length
      const rows = events.map(({ id, stream, data: noted }) => {
        return { id, stream, due: (noted as typeof data).due }
      })
      await transaction.query(insertInto(name), columns(rows))
    },
  }
  const log = { failed: (_: string, error: Error) => console.error(error) }
  const runner = new ProjectionRunner(store, database, log, { pageSize })
  runner.start([projection])
  await reached(database, projection, await store.head(), 600_000)
  await runner.stop()
  return count
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

async function rate(work: () => Promise<number>): Promise<number> {
  const begin = performance.now()
  const count = await work()
  return (count * 1_000) / (performance.now() - begin)
}

function assertCount(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${found} events came instead of ${wanted}.`)
}
