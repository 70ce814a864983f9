import { setTimeout as delay } from 'node:timers/promises'
import { deriveId } from '#kernel'
import { beforeFirst, type Position, type StreamName } from '../port/event-store.js'
import type { Appends } from './appends.js'
import { firstPauseMs, jittered, nextPause } from './back-off.js'
import type { LogPages } from './log-pages.js'
import type { Transport } from './transport.js'
import { prepareAppend } from '../core/prepared-append.js'
import { logSubscription, streamChange, streamChangeTypes } from './wire.js'

/** Where incidents of the log are recorded: an ordinary stream, read like any other. */
export const incidentStream: StreamName = 'incident-log'

/** The server's mark of a soft delete: everything before the greatest revision there can be. */
const softDeleteMark = 2 ** 63

/** What an administrator has done to a stream of ours from outside: the log is not append-only there any more. */
export interface LogIncident {
  readonly stream: StreamName
  readonly kind: 'soft-deleted' | 'tombstoned' | 'truncated' | 'retention-limited' | 'access-changed'
  /** The server's names and values, as they were set. */
  readonly settings: Readonly<Record<string, string>>
  /** Of the server's own event that says so. */
  readonly position: string
}

/** Records as an event what is done to streams of ours past the application, within moments of its happening. */
export class IncidentWatch {
  #watching: Promise<void> | undefined

  constructor(
    readonly transport: Transport,
    readonly pages: LogPages,
    readonly appends: Appends,
    readonly closing: AbortSignal,
  ) {}

  /** Goes on where the last recorded incident left off; several processes may watch, each incident is recorded once. */
  start(): void {
    this.#watching ??= this.#watch()
  }

  async stopped(): Promise<void> {
    await this.#watching
  }

  async #watch(): Promise<void> {
    let from: Position | undefined
    for (let pauseMs = firstPauseMs; !this.closing.aborted; pauseMs = nextPause(pauseMs)) {
      try {
        from ??= await this.#lastRecorded()
        for await (const change of this.#changes(from)) {
          const incident = judged(change)
          if (incident) await this.#record(incident)
          from = change.position
          pauseMs = firstPauseMs
        }
      } catch {
        // The server is away, or the append had no answer: from where it stood, once more.
      }
      await delay(jittered(pauseMs), undefined, { signal: this.closing }).catch(() => undefined)
    }
  }

  async #lastRecorded(): Promise<Position> {
    const [last] = await this.pages.stream(incidentStream, 'backward', undefined, 1)
    return last ? BigInt((last.data as unknown as LogIncident).position) : beforeFirst
  }

  async *#changes(from: Position) {
    const call = await this.transport.read(logSubscription({ types: streamChangeTypes }, from))
    const stop = () => call.cancel()
    this.closing.addEventListener('abort', stop)
    try {
      if (this.closing.aborted) return
      for await (const response of call) {
        const change = streamChange(response as Parameters<typeof streamChange>[0])
        if (change) yield change
      }
    } finally {
      this.closing.removeEventListener('abort', stop)
      call.cancel()
    }
  }

  async #record(incident: LogIncident): Promise<void> {
    const event = {
      id: deriveId('log-incident', incident.position),
      type: 'log.IncidentNoticed',
      data: { ...incident },
      metadata: {},
    }
    await this.appends.append(prepareAppend(incidentStream, [event], 'any'))
  }
}

function judged(change: NonNullable<ReturnType<typeof streamChange>>): LogIncident | undefined {
  const { stream, tombstone } = change
  if (stream.startsWith('$')) return undefined
  const set = JSON.parse(change.settings) as Record<string, unknown>
  const kind = tombstone ? 'tombstoned' : kindOf(set)
  if (!kind) return undefined
  const named = Object.entries(set).filter(([name]) => name.startsWith('$'))
  const settings = Object.fromEntries(named.map(([name, value]) => [name, JSON.stringify(value)]))
  return { stream, kind, settings, position: String(change.position) }
}

function kindOf(set: Readonly<Record<string, unknown>>): LogIncident['kind'] | undefined {
  const before = Number(set['$tb'] ?? 0)
  if (before >= softDeleteMark) return 'soft-deleted'
  if (before > 0) return 'truncated'
  if ('$maxAge' in set || '$maxCount' in set) return 'retention-limited'
  return '$acl' in set ? 'access-changed' : undefined
}
