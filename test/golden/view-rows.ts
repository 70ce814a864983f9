import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Database } from '#database'
import type { EventMetadata, Projection } from '#engine'
import { UnknownEventVersion } from '#engine/workflow'
import type { RecordedEvent } from '#event-store'
import { deriveId, type JsonValue } from '#kernel'
import { everyEvent } from '../../libs/engine/src/projecting/projection.js'
import { contexts } from '../../libs/platform/src/contexts.js'
import { isFolded, readSamples, type Sample } from './samples.js'
import { writeJson } from './write-json.js'

type Rows = Readonly<Record<string, readonly JsonValue[]>>

/** The rows that a version of a view makes of each sample, by table. */
export interface ViewRows {
  readonly version: number
  readonly samples: Readonly<Record<string, Rows>>
}

export const projections: readonly Projection[] = contexts.flatMap((context) => context.projections)

/** States are recorded with the samples: here a longer value is only told from another. */
const longest = 120

export async function currentRows(database: Database, projection: Projection): Promise<ViewRows> {
  const samples: Record<string, Rows> = {}
  for (const sample of readSamples()) {
    const events = eventsOf(sample).filter(({ type }) => reads(projection, type, sample))
    if (events.length > 0) samples[sample.name] = await rowsOf(database, projection, events)
  }
  return { version: projection.version, samples }
}

/** What looks at no event's data makes the same of every type: those outside of workflows show it. */
function reads({ events }: Projection, type: string, sample: Sample): boolean {
  return events === everyEvent ? !isFolded(sample) : events.includes(type)
}

/** Types of events that the view takes in a version that the program does not know, instead of parking them. */
export async function takenUnknown(database: Database, projection: Projection): Promise<readonly string[]> {
  const [seen, taken] = [new Set<string>(), new Set<string>()]
  for (const sample of readSamples()) {
    const [event] = eventsOf(sample).slice(-1)
    if (seen.has(event!.type) || projection.events === everyEvent || !reads(projection, event!.type, sample))
      continue
    seen.add(event!.type)
    const metadata = { ...(event!.metadata as object), schema: 1_000 }
    const newer = { ...event!, metadata, metadataText: JSON.stringify(metadata) }
    const took = await rowsOf(database, projection, [newer]).then(
      () => true,
      (error: unknown) => !(error instanceof UnknownEventVersion),
    )
    if (took) taken.add(event!.type)
  }
  return [...taken]
}

export function storedRows({ name }: Projection): ViewRows | undefined {
  const file = fileOf(name)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ViewRows) : undefined
}

export async function writeRows({ name }: Projection, rows: ViewRows): Promise<void> {
  await writeJson(fileOf(name), rows)
}

function fileOf(name: string): URL {
  return new URL(`./rows/${name}.json`, import.meta.url)
}

const undone = new Error('the tables of a sample are not kept')

/** In tables of its own, which nobody else ever sees. */
async function rowsOf(
  database: Database,
  projection: Projection,
  events: readonly RecordedEvent[],
): Promise<Rows> {
  const rows: Record<string, readonly JsonValue[]> = {}
  const work = database.transaction(async (transaction) => {
    await transaction.query(`CREATE SCHEMA golden; SET LOCAL search_path TO golden`)
    await transaction.query(projection.create)
    await projection.apply(transaction, events)
    const tables = await transaction.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'golden' ORDER BY 1`,
    )
    for (const { name } of tables.rows) {
      const found = await transaction.query<{ row: JsonValue }>(
        `SELECT to_jsonb(t) AS row FROM ${name} t ORDER BY t::text COLLATE "C"`,
      )
      rows[name] = found.rows.map(({ row }) => shortened(row))
    }
    throw undone
  })
  await work.catch((error: unknown) => {
    if (error !== undone) throw error
  })
  return rows
}

function shortened(row: JsonValue): JsonValue {
  return Object.fromEntries(
    Object.entries(row as Readonly<Record<string, JsonValue>>).map(([column, value]) => {
      const text = JSON.stringify(value)
      if (text.length <= longest) return [column, value]
      return [column, `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`]
    }),
  )
}

function eventsOf({ name, workflow, history }: Sample): readonly RecordedEvent[] {
  return history.map(({ type, data, context }, index) => {
    const { commandId, actor, agency, occurredAt, schema } = context
    const { correlationId = commandId, causationId = null } = context
    const metadata: EventMetadata = {
      commandId,
      actor,
      agency,
      occurredAt,
      transition: type,
      digest: '',
      correlationId,
      causationId,
      ...(schema !== undefined && { schema }),
    }
    return {
      position: BigInt(index + 1),
      stream: `${workflow ?? 'outside'}-golden`,
      revision: BigInt(index),
      id: deriveId('golden', name, index),
      type,
      data,
      metadata: metadata as unknown as JsonValue,
      dataText: JSON.stringify(data),
      metadataText: JSON.stringify(metadata),
      recordedAt: new Date(Date.UTC(2025, 5, 1, 0, 0, index)),
    }
  })
}
