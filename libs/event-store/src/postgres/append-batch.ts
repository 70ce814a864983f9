import type pg from 'pg'
import { StreamRevisionMismatch } from '../port/errors.js'
import type { Appended, ExpectedRevision } from '../port/event-store.js'
import type { PreparedAppend } from '../core/prepared-append.js'

/** The appends of one round trip in the form of `event_log.append`. */
export function appendQuery(appends: readonly PreparedAppend[]): pg.QueryConfig {
  const streams: string[] = []
  const expected: bigint[] = []
  const counts: number[] = []
  const owners: number[] = []
  const offsets: number[] = []
  const ids: string[] = []
  const types: string[] = []
  const data: string[] = []
  const metadata: string[] = []
  for (const append of appends) {
    streams.push(append.stream)
    expected.push(expectedCode(append.expected))
    counts.push(append.events.length)
    append.events.forEach((event, offset) => {
      owners.push(streams.length)
      offsets.push(offset)
      ids.push(event.id)
      types.push(event.type)
      data.push(event.dataText)
      metadata.push(event.metadataText)
    })
  }
  return {
    name: 'event_log.append',
    text: 'select actual, starts, known from event_log.append($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    values: [streams, expected, counts, owners, offsets, ids, types, data, metadata],
  }
}

function expectedCode(expected: ExpectedRevision): bigint {
  if (expected === 'any') return -1n
  if (expected === 'no-stream') return -2n
  if (expected === 'stream-exists') return -3n
  return expected
}

export interface AppendRow {
  readonly actual: readonly (string | null)[]
  readonly starts: readonly (string | null)[]
  readonly known: readonly number[]
}

export type Verdict =
  | { readonly kind: 'known-ids' }
  | { readonly kind: 'mismatch'; readonly error: StreamRevisionMismatch }
  | { readonly kind: 'appended'; readonly answer: Appended }

/** What the function answered to the append with this index in the batch. */
export function verdict(
  { stream, expected, events }: PreparedAppend,
  index: number,
  row: AppendRow,
): Verdict {
  if (row.known.includes(index + 1)) return { kind: 'known-ids' }
  const actual = bigintOrNull(row.actual[index])
  const start = bigintOrNull(row.starts[index])
  if (start === null) return { kind: 'mismatch', error: new StreamRevisionMismatch(stream, expected, actual) }
  const count = BigInt(events.length)
  const before = actual ?? -1n
  const answer = {
    stream,
    firstRevision: count > 0n ? before + 1n : actual,
    lastRevision: count > 0n ? before + count : actual,
    position: start + count,
    repeated: false,
  }
  return { kind: 'appended', answer }
}

function bigintOrNull(text: string | null | undefined): bigint | null {
  return text === null || text === undefined ? null : BigInt(text)
}
