import { setTimeout as delay } from 'node:timers/promises'
import { deriveId, RoviecError } from '#kernel'
import { beforeFirst, type Position } from '../port/event-store.js'
import type { Appends } from './appends.js'
import { firstPauseMs, jittered, nextPause } from './back-off.js'
import { readFailure } from './errors.js'
import { incidentStream, type LogIncident } from './incidents.js'
import type { LogPages } from './log-pages.js'
import type { Transport } from './transport.js'
import { prepareAppend } from '../core/prepared-append.js'
import { logSubscription, streamChange, streamChangeTypes } from './wire.js'

/** The server's mark of a soft delete: everything before the greatest revision there can be. */
const softDeleteMark = 2 ** 63

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
          if (incident) await this.#record(incident, change.id)
          from = change.position
          pauseMs = firstPauseMs
        }
      } catch (error) {
        // The server is away, or the append had no answer: from where it stood, once more. A place this log does not
        // have was noted in the log that it was moved from.
        if (isUnknownPosition(error)) from = beforeFirst
      }
      await delay(jittered(pauseMs), undefined, { signal: this.closing }).catch(() => undefined)
    }
  }

  async #lastRecorded(): Promise<Position> {
    const [last] = await this.pages.stream(incidentStream, 'backward', undefined, 1)
    if (!last) return beforeFirst
    const noted = BigInt((last.data as unknown as LogIncident).position)
    // Otherwise it is a place in the log that this one was moved from.
    return noted < last.position ? noted : beforeFirst
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

  /** @param change id of the server's own event: one incident, however many processes see it */
  async #record(incident: LogIncident, change: string): Promise<void> {
    const event = {
      id: deriveId('log-incident', change),
      type: 'log.IncidentNoticed',
      data: { ...incident },
      metadata: {},
    }
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
