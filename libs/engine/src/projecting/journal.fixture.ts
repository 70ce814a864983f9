import type { Database } from '#database'
import type { EventStore, RecordedEvent } from '#event-store'
import type { Projection } from '#engine'

const write = `
  INSERT INTO journal AS j VALUES ($1, ARRAY[$2::bigint])
  ON CONFLICT (stream) DO UPDATE SET revisions = j.revisions || excluded.revisions`

/** Writes down which events of each stream it was given, in which order: whatever is missed, doubled or early shows. */
export function journal(
  fails: (event: RecordedEvent) => unknown = () => undefined,
  over: Partial<Projection> = {},
): Projection {
  return {
    name: 'journal',
    version: 1,
    events: ['counter.Added'],
    create: 'CREATE TABLE journal (stream text PRIMARY KEY, revisions bigint[] NOT NULL)',
    rules: [write],
    async apply(transaction, events) {
      for (const event of events) {
        await transaction.query(write, [event.stream, String(event.revision)])
        // After its row, so that what is not undone shows as well.
        await fails(event)
      }
    },
    ...over,
  }
}

export type Journal = Readonly<Record<string, readonly number[]>>

export async function readJournal(database: Database, table = 'view.journal'): Promise<Journal> {
  const { rows } = await database.query<{ stream: string; revisions: string[] }>(
    `SELECT stream, revisions FROM ${table}`,
  )
  return Object.fromEntries(rows.map(({ stream, revisions }) => [stream, revisions.map(Number)]))
}

/** What the journal must say: all events but those of a stream from its first failing one on. */
export async function expectedJournal(
  store: EventStore,
  fails: (event: RecordedEvent) => boolean = () => false,
): Promise<{ readonly journal: Journal; readonly parked: Journal }> {
  const journal: Record<string, number[]> = {}
  const parked: Record<string, number[]> = {}
  for await (const page of store.readAll({ types: ['counter.Added'] }))
    for (const event of page) {
      const { stream } = event
      const into = stream in parked || fails(event) ? parked : journal
      ;(into[stream] ??= []).push(Number(event.revision))
    }
  return { journal, parked }
}
