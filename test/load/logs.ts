import pg from 'pg'
import { newId } from '#kernel'
import type { NewEvent } from '#event-store'
import type { FloorEvent } from './floor.js'

/** A payload of about 300 bytes, as events of tasks have. */
export const data = {
  due: '2025-01-31',
  agency: 'so-tu-phap',
  title: 'Nhiệm vụ số 71/KH-UBND',
  text: 'x'.repeat(190),
}
const metadata = { commandId: '0190163d-8694-739b-aea5-966c26f8ad91', actor: 'a-17' }
const texts = { data: JSON.stringify(data), metadata: JSON.stringify(metadata) }

export function newEvent(): NewEvent {
  return { id: newId(), type: 'bench.Noted', data, metadata }
}

export function floorEvent(): FloorEvent {
  // Turning the payload into text is part of the work.
  return { id: newId(), type: 'bench.Noted', data: JSON.stringify(data), metadata: JSON.stringify(metadata) }
}

/** Streams of five events each, interleaved, written in one statement. */
export async function fill(url: string, events: number): Promise<void> {
  await runSql(
    url,
    `begin;
    insert into event_log.event
      select h.position + n + 1, n / (${events} / 5), now(), gen_random_uuid(), 'fill-' || n % (${events} / 5), 'bench.Noted',
        '${texts.data}', '${texts.metadata}'
      from event_log.head h, generate_series(0, ${events} - 1) n;
    update event_log.head set position = position + ${events};
    commit`,
  )
}

/** The floor's table with the log's events after `from`, and nothing else. */
export async function fillFloor(url: string, from: bigint): Promise<void> {
  await runSql(
    url,
    `truncate floor.event; insert into floor.event (stream, revision, id, type, data, metadata)
    select stream, revision, id, type, data::json, metadata::json from event_log.event where position > ${from} order by position`,
  )
  await runSql(url, 'vacuum analyze')
}

export async function freshDatabase(server: string, name: string): Promise<string> {
  await runSql(server, `create database ${name} template template0`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

export async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
