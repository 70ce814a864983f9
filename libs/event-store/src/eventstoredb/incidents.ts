import { RoviecError } from '#kernel'
import type { EventStore, StreamName } from '../port/event-store.js'

/** Where incidents of the log are recorded: an ordinary stream, read like any other. */
export const incidentStream: StreamName = 'incident-log'

/** What an administrator has done to a stream of ours from outside: the log is not append-only there any more. */
export interface LogIncident {
  readonly stream: StreamName
  readonly kind:
    | 'soft-deleted'
    | 'tombstoned'
    | 'truncated'
    | 'retention-limited'
    | 'access-changed'
    | 'settings-unreadable'
  /** The server's names and values, as they were set. */
  readonly settings: Readonly<Record<string, string>>
  /** Of the server's own event that says so. */
  readonly position: string
}

export interface NoticedIncident extends LogIncident {
  readonly noticedAt: Date
}

/**
 * The incidents recorded in a log, the newest first. Of any store: a moved log takes them along. Where their own stream
 * has been deleted for good, that is the one incident there is.
 */
export async function listIncidents(store: EventStore, limit = 100): Promise<readonly NoticedIncident[]> {
  const events = await store
    .readStream(incidentStream, { direction: 'backward', limit })
    .catch((error: unknown) => {
      if (error instanceof RoviecError && error.code === 'stream-tombstoned') return null
      throw error
    })
  if (events === null) {
    const position = String(await store.head())
    return [{ stream: incidentStream, kind: 'tombstoned', settings: {}, position, noticedAt: new Date() }]
  }
  return events.map(({ data, recordedAt }) => ({
    ...(data as unknown as LogIncident),
    noticedAt: recordedAt,
  }))
}
