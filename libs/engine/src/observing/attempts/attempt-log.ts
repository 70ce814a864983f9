import { newId, type Clock } from '#kernel'
import type { EventStore, NewEvent, StreamName } from '#event-store'
import type { Command, EventMetadata } from '../../commanding/command.js'
import type { Attempts } from '../../commanding/command-handler.parts.js'
import type { Actor } from '../../workflow/actor.js'
import type { Workflow } from '../../workflow/workflow.js'
import { attemptRefused, attemptsSuppressed, attemptStream } from './attempt.events.js'
import { deniedQuestion, failedSignIn, refusedCommand, type Attempt } from './describe-attempt.js'
import { MinuteLimit, type Suppressed } from './minute-limit.js'

/** A person's mistakes in a minute are a handful; whoever makes more is told from the count. */
const defaultPerMinute = 60

/** What waits while the log cannot be written, of some 500 bytes each; beyond it attempts are counted. */
const defaultQueued = 2_000

/** How long an attempt waits for others to be written with it. */
const defaultFlushMs = 500

/** Events an append at most: small beside what a command waits for the log anyway. */
const perAppend = 100

export interface AttemptLogParts {
  readonly store: EventStore
  readonly clock: Clock
  readonly workflows: readonly Workflow[]
  readonly perMinute?: number
  readonly queued?: number
  readonly flushMs?: number
  /** Is told when the log cannot be written; the attempts are kept and tried again. */
  readonly failed?: (error: Error) => void
}

interface Outgoing {
  readonly stream: StreamName
  readonly events: readonly NewEvent[]
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
  readonly #failed: (error: Error) => void
  #queue: Attempt[] = []
  /** Made into events already: sent again as they are, so that an append whose answer was lost is not doubled. */
  #outgoing: Outgoing[] = []
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> | undefined
  #isClosed = false

  constructor(parts: AttemptLogParts) {
    this.#store = parts.store
    this.#clock = parts.clock
    this.#workflows = new Map(parts.workflows.map((known) => [known.name, known]))
    this.#limit = new MinuteLimit(parts.perMinute ?? defaultPerMinute)
    this.#most = parts.queued ?? defaultQueued
    this.#flushMs = parts.flushMs ?? defaultFlushMs
    this.#failed = parts.failed ?? (() => undefined)
  }

  refused(command: Omit<Command, 'data'>, code: string): void {
    this.#note(refusedCommand(command, code, this.#workflows, this.#now()))
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

  /** Notes nothing more and writes what it has: once under way, twice where more had come meanwhile. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#flushing
    await this.#send()
    await this.#send()
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
    }, this.#flushMs)
    this.#timer.unref()
  }

  async #send(): Promise<void> {
    if (this.#outgoing.length === 0) this.#outgoing = this.#collect()
    try {
      for (let next = this.#outgoing[0]; next !== undefined; next = this.#outgoing[0]) {
        await this.#store.append(next.stream, next.events, 'any')
        this.#outgoing.shift()
      }
    } catch (error) {
      this.#failed(error as Error)
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
