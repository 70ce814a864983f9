import { START, streamNameFilter, type EventStoreDBClient } from '@eventstore/db-client'
import { createDatabase, migrate, type Database } from '#database'
import { engineMigrations, ProjectionRunner, reached, type Projection } from '#engine'
import type { EventStoreDbEventStore } from '#event-store'
import { connectionLost } from './eventstoredb-lost.js'
import type { data } from './logs.js'
import { compare, rate } from './measure.js'

const pageSize = 1_000

/** Filling a view, to its checkpoint at the end, beside a bare read of the same events with the same writes. */
export async function catchUp(
  url: string,
  client: EventStoreDBClient,
  store: EventStoreDbEventStore,
  rounds: number,
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
