import { deriveId, RoviecError, type JsonValue } from '#kernel'
import { beforeFirst, type Position } from '../port/event-store.js'
import type { Appends } from './appends.js'
import { readFailure } from './errors.js'
import { incidentStream, type LogIncident } from './incidents.js'
import type { LogPages } from './log-pages.js'
import type { Transport } from './transport.js'
import { prepareAppend } from '../core/prepared-append.js'
import { logSubscription, streamChange, streamChangeTypes } from './wire.js'

/** The server's mark of a soft delete: everything before the greatest revision there can be. */
const softDeleteMark = 2 ** 63

export interface WatchOptions {
  /** Called after each change of a stream's keeping that was looked at, and recorded where it is an incident. */
  readonly dealtWith?: () => void
  /** Of the event that records an incident, by its id; default: none. */
  readonly metadataOf?: (id: string) => JsonValue
}

/** Records as an event what is done to streams of ours past the application, within moments of its happening. */
export class IncidentWatch {
  constructor(
    readonly transport: Transport,
    readonly pages: LogPages,
    readonly appends: Appends,
  ) {}

  /**
   * Goes on where the last recorded incident left off, until it is ended; several processes may watch, each incident is
   * recorded once.
   *
   * @throws RoviecError for whatever keeps it from seeing or recording: its caller tells it, and begins again
   */
  async watch(ends: AbortSignal, options: WatchOptions): Promise<void> {
    try {
      const from = await this.#lastRecorded()
      await this.#watchFrom(from, ends, options).catch(async (error: unknown) => {
        // A place this log does not have was noted in the log that it was moved from.
        if (!isUnknownPosition(error)) throw error
        await this.#watchFrom(beforeFirst, ends, options)
      })
    } catch (error) {
      if (!ends.aborted) throw readFailure(error)
    }
  }

  async #watchFrom(from: Position, ends: AbortSignal, options: WatchOptions): Promise<void> {
    const { dealtWith = () => undefined, metadataOf = () => ({}) } = options
    for await (const change of this.#changes(from, ends)) {
      const incident = judged(change)
      if (incident) await this.#record(incident, deriveId('log-incident', change.id), metadataOf)
      dealtWith()
    }
    throw new Error('The server ended the subscription.')
  }

  async #lastRecorded(): Promise<Position> {
    const [last] = await this.pages.stream(incidentStream, 'backward', undefined, 1)
    if (!last) return beforeFirst
    const noted = BigInt((last.data as unknown as LogIncident).position)
    // Otherwise it is a place in the log that this one was moved from.
    return noted < last.position ? noted : beforeFirst
  }

  async *#changes(from: Position, ends: AbortSignal) {
    const call = await this.transport.read(logSubscription({ types: streamChangeTypes }, from))
    const stop = () => call.cancel()
    ends.addEventListener('abort', stop)
    try {
      if (ends.aborted) return
      for await (const response of call) {
        const change = streamChange(response as Parameters<typeof streamChange>[0])
        if (change) yield change
      }
    } finally {
      ends.removeEventListener('abort', stop)
      call.cancel()
    }
  }

  /** @param id derived from that of the server's own event: one incident, however many processes see it */
  async #record(
    incident: LogIncident,
    id: string,
    metadataOf: NonNullable<WatchOptions['metadataOf']>,
  ): Promise<void> {
    const event = { id, type: 'log.IncidentNoticed', data: { ...incident }, metadata: metadataOf(id) }
    await this.appends.append(prepareAppend(incidentStream, [event], 'any'))
  }
}

function isUnknownPosition(error: unknown): boolean {
  const failure = readFailure(error)
  return failure instanceof RoviecError && failure.code === 'position-unknown'
}

function judged(change: NonNullable<ReturnType<typeof streamChange>>): LogIncident | undefined {
  const { stream, tombstone } = change
  if (stream.startsWith('$')) return undefined
  const set = settingsOf(change.settings)
  const kind = tombstone ? 'tombstoned' : set === undefined ? 'settings-unreadable' : kindOf(set)
  if (!kind) return undefined
  const named = Object.entries(set ?? {}).filter(([name]) => name.startsWith('$'))
  const settings = Object.fromEntries(named.map(([name, value]) => [name, JSON.stringify(value)]))
  return { stream, kind, settings, position: String(change.position) }
}

/** Nothing where it is no JSON object: whoever may write to the stream of settings may write anything. */
function settingsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const set = JSON.parse(text) as unknown
    return typeof set === 'object' && set !== null && !(set instanceof Array)
      ? (set as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

function kindOf(set: Readonly<Record<string, unknown>>): LogIncident['kind'] | undefined {
  const before = Number(set['$tb'] ?? 0)
  if (before >= softDeleteMark) return 'soft-deleted'
  if (before > 0) return 'truncated'
  if ('$maxAge' in set || '$maxCount' in set) return 'retention-limited'
  return '$acl' in set ? 'access-changed' : undefined
}
