import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { json } from 'node:stream/consumers'
import pg from 'pg'
import { deriveId, newId } from '#kernel'
import type { NewEvent } from '#event-store'
import { MasterKeys, reached } from '#engine'
import { agenciesProjection } from '#registry'
import { findActor, openPlatform, readConfig, seedBase } from '#platform'
import { createApi } from '../../apps/api/src/create-api.js'
import { freshDatabase } from './logs.js'

export interface DossiersBenchOptions {
  /** Dossiers; each has five messages. */
  readonly dossiers: number
}

const inFlight = 64
const types = ['Submitted', 'Accepted', 'HandedOver', 'Resolved', 'ResultReturned']

/**
 * Messages of dossiers over HTTP beside the bare append of the very events that they became: by the store alone, an
 * append a dossier with as many under way; and by bare `pg`, a thousand rows a statement.
 */
export async function dossiersBench(server: string, { dossiers }: DossiersBenchOptions): Promise<void> {
  const count = dossiers * types.length
  console.log(`${count} messages of ${dossiers} dossiers`)
  const byDossier = await ingested(server, 'bench_dossiers', linesByDossier(dossiers))
  const byDay = await ingested(server, 'bench_dossiers_day', linesByDay(dossiers))
  const named = await ingested(server, 'bench_dossiers_named', linesByDossier(dossiers, true))
  const withViews = await ingested(server, 'bench_dossiers_views', linesByDossier(dossiers), true)
  // Last, so that the events in memory weigh on nobody else.
  const events = await recorded(server, 'bench_dossiers')
  const appended = await bareAppend(server, events)
  const inserted = await bareInsert(server, events)
  const rows = [
    ['bare append of the same events, 64 dossiers at a time', appended],
    ['bare pg, 1,000 rows a statement', inserted],
    ['HTTP NDJSON, the lines of a dossier together', byDossier.rate],
    ['HTTP NDJSON, by day: no two of a dossier near', byDay.rate],
    ['HTTP NDJSON, together, a name to seal on every line', named.rate],
    ['HTTP NDJSON, together, the views following in the process', withViews.rate],
    ['the same again: all repeated', byDossier.repeatedRate],
  ] as const
  for (const [name, rate] of rows)
    console.log(`  ${name.padEnd(56)} ${rate.toFixed(0).padStart(8)}/s  ${(rate / appended).toFixed(2)}×`)
  const megabytes = (byDay.grown / 1_048_576).toFixed(0)
  console.log(`  memory grown from the first third to the peak: ${megabytes} MB`)
}

const masterKey = MasterKeys.generate()

function configOf(url: string): ReturnType<typeof readConfig> {
  return readConfig({ ROVIEC_DATABASE_URL: url, ROVIEC_MASTER_KEY: masterKey })
}

interface Ingested {
  readonly rate: number
  readonly repeatedRate: number
  readonly grown: number
}

type Recorded = readonly { readonly stream: string; readonly event: NewEvent }[]

/** The views stand still meanwhile, as where workers run elsewhere; with `views` they follow in the same process. */
async function ingested(
  server: string,
  name: string,
  lines: () => Iterable<string>,
  views = false,
): Promise<Ingested> {
  const config = configOf(await freshDatabase(server, name))
  const seeding = await openPlatform(config)
  await seedBase(seeding)
  seeding.startWorker()
  await reached(seeding.database, agenciesProjection, await seeding.store.head(), 60_000)
  await seeding.close()
  const platform = await openPlatform(config)
  if (views) platform.startWorker()
  const clerk = await findActor(platform, 'van-thu-vpub')
  await platform.commands.handleOrThrow({
    id: newId(),
    workflow: 'procedure',
    aggregate: 'BENCH-TT',
    transition: 'SetVersion',
    data: { code: 'BENCH-TT', time: 10, unit: 'working-day', document: 'bench' },
    actor: clerk,
  })
  const key = await platform.credentials.issue('van-thu-vpub', await findActor(platform, 'van-hanh'))
  const app = await createApi(platform)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = new URL('/api/v1/dossiers/events', await app.getUrl())
  const memory = watchMemory()
  const first = await post(url, key, lines())
  const { grown } = memory.stop()
  const second = await post(url, key, lines())
  await app.close()
  await platform.close()
  if (first.summary.rejected > 0 || second.summary.repeated !== first.summary.accepted)
    throw new Error(JSON.stringify([first.summary, second.summary]))
  const perSecond = ({ summary, seconds }: Posted): number => summary.lines / seconds
  return { rate: perSecond(first), repeatedRate: perSecond(second), grown }
}

interface Posted {
  readonly seconds: number
  readonly summary: {
    readonly lines: number
    readonly accepted: number
    readonly repeated: number
    readonly rejected: number
  }
}

async function post(url: URL, key: string, lines: Iterable<string>): Promise<Posted> {
  const begin = performance.now()
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }
  const asked = request(url, { method: 'POST', headers })
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>
  await pipeline(Readable.from(chunksOf(lines)), asked)
  const [response] = await answered
  const { summary } = (await json(response)) as Pick<Posted, 'summary'>
  return { seconds: (performance.now() - begin) / 1_000, summary }
}

/** As a client's socket would cut them. */
function* chunksOf(lines: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += `${line}\n`
    if (chunk.length < 65_536) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

function lineOf(dossier: number, message: number, named: boolean): string {
  const day = String((dossier % 28) + 1).padStart(2, '0')
  return JSON.stringify({
    source: 'mcdt',
    id: `evt-${dossier}-${message}`,
    dossier: `000.00.00.H52-2603${day}-${dossier}`,
    type: types[message],
    occurredAt: `2026-0${3 + message}-${day}T09:00:00+07:00`,
    recordedAtSource: `2026-0${3 + message}-${day}T09:05:00+07:00`,
    procedure: 'BENCH-TT',
    agency: 'Sở Tư pháp',
    channel: 'direct',
    ...(named && { data: { by: { agency: 'Sở Tư pháp', position: 'Chuyên viên', name: 'Nguyễn Văn A' } } }),
  })
}

const linesByDossier = (dossiers: number, named = false) =>
  function* (): Generator<string> {
    for (let dossier = 0; dossier < dossiers; dossier++)
      for (const message of types.keys()) yield lineOf(dossier, message, named)
  }

const linesByDay = (dossiers: number) =>
  function* (): Generator<string> {
    for (const message of types.keys())
      for (let dossier = 0; dossier < dossiers; dossier++) yield lineOf(dossier, message, false)
  }

async function recorded(server: string, name: string): Promise<Recorded> {
  const url = new URL(server)
  url.pathname = `/${name}`
  const platform = await openPlatform(configOf(url.href))
  const events: { stream: string; event: NewEvent }[] = []
  for await (const page of platform.store.readAll({ streamPrefix: 'dossier-' }))
    for (const { stream, id, type, data, metadata } of page)
      events.push({ stream, event: { id: deriveId(id), type, data, metadata } })
  await platform.close()
  return events
}

/** The log alone: no command, no decision, nobody who checks anything. */
async function bareAppend(server: string, events: Recorded): Promise<number> {
  const platform = await openPlatform(configOf(await freshDatabase(server, 'bench_dossiers_append')))
  const streams = new Map<string, NewEvent[]>()
  for (const { stream, event } of events) streams.set(stream, [...(streams.get(stream) ?? []), event])
  const begin = performance.now()
  const waiting = [...streams].values()
  const work = async (): Promise<void> => {
    for (const [stream, batch] of waiting) await platform.store.append(stream, batch, 'no-stream')
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  const seconds = (performance.now() - begin) / 1_000
  await platform.close()
  return events.length / seconds
}

async function bareInsert(server: string, events: Recorded): Promise<number> {
  const client = new pg.Client({ connectionString: await freshDatabase(server, 'bench_dossiers_insert') })
  await client.connect()
  await client.query(`create table event (
    position bigint generated always as identity primary key, stream text not null, revision bigint not null,
    id uuid not null unique, type text not null, data json not null, metadata json not null,
    recorded_at timestamptz not null default clock_timestamp(), unique (stream, revision))`)
  const revisions = new Map<string, number>()
  const begin = performance.now()
  for (let start = 0; start < events.length; start += 1_000) {
    const page = events.slice(start, start + 1_000)
    await client.query({
      name: 'insert',
      text: `insert into event (stream, revision, id, type, data, metadata)
        select * from unnest($1::text[], $2::bigint[], $3::uuid[], $4::text[], $5::json[], $6::json[])`,
      values: [
        page.map(({ stream }) => stream),
        page.map(({ stream }) => {
          const revision = revisions.get(stream) ?? 0
          revisions.set(stream, revision + 1)
          return revision
        }),
        page.map(({ event }) => event.id),
        page.map(({ event }) => event.type),
        page.map(({ event }) => JSON.stringify(event.data)),
        page.map(({ event }) => JSON.stringify(event.metadata)),
      ],
    })
  }
  const seconds = (performance.now() - begin) / 1_000
  await client.end()
  return events.length / seconds
}

function watchMemory(): { stop(): { grown: number } } {
  const samples: number[] = []
  const timer = setInterval(() => samples.push(process.memoryUsage().rss), 100)
  return {
    stop() {
      clearInterval(timer)
      const early = Math.max(...samples.slice(0, Math.max(10, Math.floor(samples.length / 3))))
      return { grown: Math.max(...samples) - early }
    },
  }
}
