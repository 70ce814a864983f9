import type { Database } from '#database'
import { selectParked, selectParkedEvents } from './parked.sql.js'

/** A stream that stands still in a build of a view. Says nothing of what its events say. */
export interface ParkedStream {
  /** Of the projection. */
  readonly name: string
  readonly build: number
  readonly version: number
  readonly standing: 'building' | 'live'
  readonly stream: string
  /** How many events wait, the failed one included, and which. */
  readonly events: number
  readonly firstRevision: string
  readonly lastRevision: string
  readonly parkedAt: Date
  readonly attempts: number
  /** Of the last act of an operator on it. */
  readonly reason: string | null
  /** The event that could not be applied. */
  readonly failed: {
    readonly revision: string
    readonly id: string
    readonly type: string
    readonly position: string
    readonly code: string
    readonly message: string
  } | null
}

export interface ParkedEvent {
  readonly build: number
  readonly revision: string
  readonly id: string
  readonly type: string
  readonly position: string
  /** Null for an event that only stands behind the one that failed. */
  readonly code: string | null
  readonly message: string | null
  readonly attempts: number
  readonly parkedAt: Date
  readonly reason: string | null
}

const defaultLimit = 1_000

/** The streams that stand still, those of one view or one stream where asked for; the oldest first. */
export async function listParked(
  database: Database,
  {
    name = null,
    stream = null,
    limit = defaultLimit,
  }: { readonly name?: string | null; readonly stream?: string | null; readonly limit?: number } = {},
): Promise<readonly ParkedStream[]> {
  const values = [name, stream, limit]
  return (await database.query<ParkedStream & Record<string, unknown>>(selectParked, values)).rows
}

/** What waits of one stream, in order. */
export async function parkedEvents(
  database: Database,
  name: string,
  stream: string,
): Promise<readonly ParkedEvent[]> {
  return (await database.query<ParkedEvent & Record<string, unknown>>(selectParkedEvents, [name, stream]))
    .rows
}
