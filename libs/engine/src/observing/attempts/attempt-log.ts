import { newId, RoviecError, type Clock } from '#kernel'
import type { EventStore, NewEvent, StreamName } from '#event-store'
import type { Command, EventMetadata } from '../../commanding/command.js'
import type { Attempts } from '../../commanding/command-handler.parts.js'
import type { Actor } from '../../workflow/actor.js'
import type { Workflow } from '../../workflow/workflow.js'
import { mayPass } from '../../leading/may-pass.js'
import { pause } from '../../projecting/pause.js'
import { unmeasured, type Measures } from '../measures.js'
import { attemptRefused, attemptsSuppressed, attemptStream, type AttemptRefused } from './attempt.events.js'
import { deniedQuestion, failedSignIn, refusedCommand, type Attempt } from './describe-attempt.js'
import { MinuteLimit, type Suppressed } from './minute-limit.js'

/**
 * Of one actor in one process: a person's mistakes in a minute are a handful; whoever makes more is told from the
 * count. Several servers count apart, so that each adds as many.
 */
const defaultPerMinute = 60

/** What waits while the log cannot be written, of some 500 bytes each; beyond it attempts are counted. */
const defaultQueued = 2_000

/** How long an attempt waits for others to be written with it. */
const defaultFlushMs = 500

/** Longest wait between tries while the log is away. */
const longestRetryMs = 15_000

/** What a stop waits for the last attempts: it has a page and the connections to wait for as well. */
const defaultCloseMs = 2_000

/** Events an append at most: small beside what a command waits for the log anyway. */
const perAppend = 100

export interface AttemptLogParts {
  readonly store: EventStore
  readonly clock: Clock
  readonly workflows: readonly Workflow[]
  readonly perMinute?: number
  readonly queued?: number
  readonly flushMs?: number
  readonly closeMs?: number
  /** Is told when the log cannot be written; the attempts are kept, or become counts, and are tried again. */
  readonly failed?: (error: Error, retryInMs: number) => void
  readonly measures?: Pick<Measures, 'attempted'>
}

interface Outgoing {
  readonly stream: StreamName
  readonly events: readonly NewEvent[]
  /** It may have been written: only the store's own word that it cannot be makes a count of it. */
  isUncertain?: boolean
}

/**
 * Records attempts that came to nothing, as events, beside the way of the commands: noting one never waits and never
 * throws. Each actor has so many a minute; the others are counted, and the count is recorded. What still waits when
 * the process is killed is lost: at most what came in the last half second, or since the log went away.
 */
export class AttemptLog implements Attempts {
  readonly #store: EventStore
  readonly #clock: Clock
  readonly #workflows: ReadonlyMap<string, Workflow>
  readonly #limit: MinuteLimit
  readonly #most: number
  readonly #flushMs: number
  readonly #closeMs: number
  readonly #failed: NonNullable<AttemptLogParts['failed']>
  readonly #measures: Pick<Measures, 'attempted'>
  #queue: Attempt[] = []
  /** Made into events already: sent again as they are, so that an append whose answer was lost is not doubled. */
  #outgoing: Outgoing[] = []
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> | undefined
  #retryMs: number
  #failures = 0
  #isClosed = false

  constructor(parts: AttemptLogParts) {
    this.#store = parts.store
    this.#clock = parts.clock
    this.#workflows = new Map(parts.workflows.map((known) => [known.name, known]))
    this.#limit = new MinuteLimit(parts.perMinute ?? defaultPerMinute)
    this.#most = parts.queued ?? defaultQueued
    this.#flushMs = parts.flushMs ?? defaultFlushMs
    this.#retryMs = this.#flushMs
    this.#closeMs = parts.closeMs ?? defaultCloseMs
    this.#failed = parts.failed ?? (() => undefined)
    this.#measures = parts.measures ?? unmeasured
  }

  refused(command: Omit<Command, 'data'>, code: string, revision: bigint | null): void {
    this.#note(refusedCommand(command, code, revision, this.#workflows, this.#now()))
  }

  /** @param query name of the question; null where a route was denied that is none */
  denied(query: string | null, actor: Actor, code: string): void {
    this.#note(deniedQuestion(query, actor, code, this.#now()))
  }

  signInFailed(keyId: string | null, code: string): void {
    this.#note(failedSignIn(keyId, code, this.#now()))
  }

  /** Writes what waits, and the counts too when this is the end. Never throws: what cannot be written waits on. */
  flush(): Promise<void> {
    return (this.#flushing ??= this.#send().finally(() => {
      this.#flushing = undefined
      this.#schedule()
    }))
  }

  /** Notes nothing more and writes what it has, within two seconds; what is left then is counted as lost. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#timer)
    const late = new AbortController()
    await Promise.race([this.#finish(), pause(this.#closeMs, late.signal)])
    late.abort()
    const left = this.#outgoing.flatMap(({ events }) => events).map(countOf)
    const counted = this.#limit.take(this.#now(), true).map(({ count }) => count)
    this.#measures.attempted('lost', sum([...left, ...counted, this.#queue.length]))
  }

  /** What is under way, then what had come meanwhile, then what could be written as a count alone. */
  async #finish(): Promise<void> {
    await this.#flushing
    for (let time = 0; time < 3; time++) await this.#send()
  }

  #now(): string {
    return this.#clock.now().toISOString()
  }

  #note(attempt: Attempt): void {
    if (this.#isClosed) return
    const { actor, code } = attempt.data
    if (this.#limit.admits(actor, attempt.at) && this.#queue.length < this.#most) this.#queue.push(attempt)
    else this.#limit.count(actor, code, attempt.at)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isClosed || this.#timer !== undefined) return
    if (this.#queue.length === 0 && this.#outgoing.length === 0 && this.#limit.isIdle) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.flush()
    }, this.#retryMs)
    this.#timer.unref()
  }

  /** In order, until the log is away. What can never be written becomes a count, and holds up nothing behind it. */
  async #send(): Promise<void> {
    if (this.#outgoing.length === 0) this.#outgoing = this.#collect()
    for (let next = this.#outgoing[0]; next !== undefined; next = this.#outgoing[0])
      try {
        await this.#store.append(next.stream, next.events, 'any')
        this.#outgoing.shift()
        this.#measures.attempted('written', sum(next.events.map(countOf)))
        this.#failures = 0
        this.#retryMs = this.#flushMs
      } catch (error) {
        this.#retryMs = Math.min(this.#flushMs * 2 ** ++this.#failures, longestRetryMs)
        this.#failed(error as Error, this.#retryMs)
        this.#measures.attempted('failed', sum(next.events.map(countOf)))
        if (mayPass(error) || (next.isUncertain === true && !(error instanceof RoviecError))) {
          next.isUncertain = true
          return
        }
        this.#outgoing.shift()
        for (const event of next.events) this.#limit.add(suppressedOf(event))
      }
  }

  #collect(): Outgoing[] {
    const attempts = this.#queue
    this.#queue = []
    const streams = new Map<StreamName, NewEvent[]>()
    const put = (stream: StreamName, event: NewEvent): void => {
      const events = streams.get(stream)
      if (events === undefined) streams.set(stream, [event])
      else events.push(event)
    }
    for (const attempt of attempts) put(attemptStream(attempt.data.actor, attempt.at), refusedEvent(attempt))
    for (const counted of this.#limit.take(this.#now(), this.#isClosed))
      put(attemptStream(counted.actor, counted.until), suppressedEvent(counted))
    return [...streams].flatMap(([stream, events]) => inParts(stream, events))
  }
}

function inParts(stream: StreamName, events: readonly NewEvent[]): Outgoing[] {
  const parts: Outgoing[] = []
  for (let at = 0; at < events.length; at += perAppend)
    parts.push({ stream, events: events.slice(at, at + perAppend) })
  return parts
}

function refusedEvent({ data, at, correlationId, causationId }: Attempt): NewEvent {
  return recorded(attemptRefused, { ...data }, at, correlationId, causationId)
}

function suppressedEvent({ actor, count, codes, since, until }: Suppressed): NewEvent {
  return recorded(attemptsSuppressed, { actor, count, codes, since, until }, until, null, null)
}

/** How many attempts an event tells of. */
function countOf(event: NewEvent): number {
  return suppressedOf(event).count
}

/** The same attempts as no more than a count. */
function suppressedOf({ type, data, metadata }: NewEvent): Suppressed {
  if (type === attemptsSuppressed) return data as unknown as Suppressed
  const { actor, code } = data as unknown as AttemptRefused
  const { occurredAt } = metadata as unknown as EventMetadata
  return { actor, count: 1, codes: { [code]: 1 }, since: occurredAt, until: occurredAt }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** By the program itself, of what another tried: no command was taken, so the event is its own. */
function recorded(
  type: string,
  data: NewEvent['data'],
  occurredAt: string,
  correlationId: string | null,
  causationId: string | null,
): NewEvent {
  const id = newId()
  const metadata: EventMetadata = {
    commandId: id,
    transition: 'Record',
    digest: '',
    actor: 'system',
    agency: null,
    occurredAt,
    correlationId: correlationId ?? id,
    causationId,
  }
  return { id, type, data, metadata: { ...metadata } }
}
