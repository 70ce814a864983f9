import type pg from 'pg'
import { StoredEvent } from '../core/stored-event.js'

/** Columns in the order in which `eventFromRow` takes them. */
export const eventColumns =
  'e.position, e.stream, e.revision, e.id, e.type, e.data, e.metadata, e.recorded_at'

/** Rows as arrays of the server's own text: nothing is parsed that nobody asks for. */
export const rawRows = {
  rowMode: 'array' as const,
  types: { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig,
}

export type RawRow = (string | null)[]

/** @param at index of the first event column */
export function eventFromRow(row: RawRow, at: number): StoredEvent {
  return new StoredEvent(
    BigInt(row[at]!),
    row[at + 1]!,
    BigInt(row[at + 2]!),
    row[at + 3]!,
    row[at + 4]!,
    row[at + 5]!,
    row[at + 6]!,
    timeFromText(row[at + 7]!),
  )
}

/** `2026-11-21 01:13:18.123+00`: the session's time zone is UTC, and the log keeps milliseconds. */
function timeFromText(text: string): Date {
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
}
