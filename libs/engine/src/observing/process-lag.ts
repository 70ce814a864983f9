import type { Database } from '#database'
import type { EventStore, Position } from '#event-store'
import type { Clock } from '#kernel'
import { selectLeaderships } from '../leading/leadership.sql.js'
import type { Process } from '../processing/process.js'
import { countIncidents, selectIncidentsKnown } from '../processing/process.sql.js'
import { leadOf } from '../processing/process-runner.js'

/** Events that are counted one by one: a page. */
const countedAtMost = 500

export interface ProcessLag {
  readonly name: string
  /** Up to here everything is taken, delivered or held on record. */
  readonly position: Position
  /** Whether a worker leads it. */
  readonly led: boolean
  /** How long ago the oldest event was recorded that it reacts to and has not taken; 0 where it has taken all. */
  readonly secondsBehind: number
  /** Such events; 500 stands for that many or more. */
  readonly eventsBehind: number
  /** Instances that stand still until an operator has looked. */
  readonly held: number
  /** What went wrong and waits for an operator. */
  readonly incidents: number
}

/**
 * How far each process is behind the log: by events of the types it reacts to, since its place is noted now and then
 * only where there are none. One read of a page for each process.
 */
export async function measureProcessLag(
  store: EventStore,
  database: Database,
  clock: Clock,
  processes: readonly Process[],
): Promise<readonly ProcessLag[]> {
  const [leads, incidents] = await Promise.all([leadsOf(database), incidentsOf(database)])
  const now = clock.now().getTime()
  return Promise.all(
    processes.map(async ({ name, eventTypes }) => {
      const { position, led } = leads.get(leadOf(name)) ?? { position: 0n, led: false }
      const { oldest, events } = await untaken(store, position, eventTypes)
      const secondsBehind = oldest === undefined ? 0 : Math.max(0, now - oldest.getTime()) / 1_000
      const open = incidents.get(name) ?? { held: 0, incidents: 0 }
      return { name, position, led, secondsBehind, eventsBehind: events, ...open }
    }),
  )
}

async function untaken(
  store: EventStore,
  from: Position,
  types: readonly string[],
): Promise<{ readonly oldest: Date | undefined; readonly events: number }> {
  let events = 0
  let oldest: Date | undefined
  for await (const page of store.readAll({ from, types, limit: countedAtMost, pageSize: countedAtMost })) {
    oldest ??= page[0]?.recordedAt
    events += page.length
  }
  return { oldest, events }
}

type Leads = ReadonlyMap<string, { readonly position: Position; readonly led: boolean }>

async function leadsOf(database: Database): Promise<Leads> {
  const { rows } = await database.query<{ name: string; position: string; led: boolean }>(selectLeaderships, [
    leadOf('%'),
  ])
  return new Map(rows.map(({ name, position, led }) => [name, { position: BigInt(position), led }]))
}

type Open = Pick<ProcessLag, 'held' | 'incidents'>

/** By process; none where the view of incidents has not been made. */
async function incidentsOf(database: Database): Promise<ReadonlyMap<string, Open>> {
  const known = await database.query<{ known: boolean }>(selectIncidentsKnown)
  if (known.rows[0]?.known !== true) return new Map()
  const { rows } = await database.query<Open & { process: string }>(countIncidents)
  return new Map(rows.map(({ process, held, incidents }) => [process, { held, incidents }]))
}
