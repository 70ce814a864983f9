import { createHash } from 'node:crypto'
import { canonicalJson, isRefusal, RoviecError, type Clock, type JsonValue } from '#kernel'
import { EventIdTaken, StreamRevisionMismatch, type EventStore, type NewEvent } from '#event-store'
import { decide } from '../workflow/decide.js'
import type { DecidedEvent, Stateful, Workflow } from '../workflow/workflow.js'
import { AggregateCache } from './aggregate-cache.js'
import {
  advance,
  advanceDecided,
  emptyAggregate,
  eventId,
  evolveDecided,
  hasEvent,
  type Aggregate,
  type SeenCommand,
} from './aggregate.js'
import { assertCommand } from './assert-command.js'
import type { Command, EventMetadata, Outcome } from './command.js'
import {
  unrecorded,
  unsealed,
  type Attempts,
  type CommandHandlerParts,
  type Sealing,
} from './command-handler.parts.js'
import { CommandIdTaken, CommandRefused, TooManyConflicts } from './errors.js'
import { SerialByKey } from './serial-by-key.js'
import { validateInput } from './validate-input.js'

/** Commands of one process on one aggregate queue up, so only other processes can cause conflicts: few suffice. */
const maxAttempts = 10

/**
 * The one path of every command: known workflow and valid data → load → seen before? → decide → append at the
 * revision decided on. Whatever is accepted is in the log when `handle` returns; a refusal or an error has written
 * nothing; `append-outcome-unknown` is answered by sending the same command again.
 */
export class CommandHandler {
  readonly #workflows: ReadonlyMap<string, Workflow>
  readonly #cache = new AggregateCache()
  readonly #serial = new SerialByKey()
  readonly #store: EventStore
  readonly #clock: Clock
  readonly #sealing: Sealing
  readonly #attempts: Attempts

  constructor({ store, clock, workflows, sealing = unsealed, attempts = unrecorded }: CommandHandlerParts) {
    this.#workflows = new Map(workflows.map((known) => [known.name, known]))
    this.#store = store
    this.#clock = clock
    this.#sealing = sealing
    this.#attempts = attempts
  }

  /**
   * @throws RoviecError kind `invalid` (unknown workflow, malformed data), `conflict` (command id taken, revision
   * not as expected) or `fault` (the store). A rule that says no is not thrown but answered as `refused`.
   */
  async handle<State extends Stateful = Stateful>(asked: Command): Promise<Outcome<State>> {
    try {
      const outcome = await this.#handle(asked)
      if (outcome.status === 'refused') this.#attempts.refused(asked, outcome.refusal.code)
      return outcome as Outcome<State>
    } catch (error) {
      if (error instanceof RoviecError && error.kind !== 'fault') this.#attempts.refused(asked, error.code)
      throw error
    }
  }

  async #handle(asked: Command): Promise<Outcome> {
    const now = this.#clock.now().toISOString()
    const workflow = assertCommand(asked, this.#workflows, now)
    // A UUID is the same in either case, and so is the command it names.
    const command = { ...asked, id: asked.id.toLowerCase() }
    // Before the validation, which would go down into data of any depth.
    const metadata = metadataOf(command, now)
    const input = validateInput(workflow.transitions.get(command.transition)!.input, command.data)
    const stream = `${workflow.name}-${command.aggregate}`
    const task = { command, workflow, stream, input, metadata, now }
    return this.#serial.run(stream, () => this.#attempt(task))
  }

  /** As `handle`, with a refusal thrown as `CommandRefused`. */
  async handleOrThrow<State extends Stateful = Stateful>(
    command: Command,
  ): Promise<Exclude<Outcome<State>, { status: 'refused' }>> {
    const outcome = await this.handle<State>(command)
    if (outcome.status !== 'refused') return outcome
    throw new CommandRefused(outcome.refusal.code, outcome.refusal.text, outcome.refusal.details)
  }

  /** The aggregate as of now, straight from the log. */
  async load<State extends Stateful>(
    workflow: Workflow<State>,
    aggregate: string,
  ): Promise<Aggregate<State>> {
    const stream = `${workflow.name}-${aggregate}`
    return (await this.#catchUp(workflow, stream)) as Aggregate<State>
  }

  async #attempt(task: Task): Promise<Outcome> {
    const warm = await this.#tryOnCached(task)
    if (warm !== undefined) return warm
    let conflict: unknown
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const aggregate = await this.#catchUp(task.workflow, task.stream)
      try {
        return await this.#tryOn(aggregate, task)
      } catch (error) {
        if (!this.#worthAnotherLook(error, task, conflict)) throw error
        conflict = error
      }
    }
    throw new TooManyConflicts(task.stream, maxAttempts, conflict)
  }

  /** Only what the log itself confirms counts: any other answer of a cached aggregate is decided again on the log. */
  async #tryOnCached(task: Task): Promise<Outcome | undefined> {
    const cached = this.#cache.get(task.stream)
    if (cached === undefined) return undefined
    try {
      const outcome = await this.#tryOn(cached, task)
      return outcome.status === 'accepted' || outcome.status === 'repeated' ? outcome : undefined
    } catch (error) {
      if (error instanceof StreamRevisionMismatch || error instanceof EventIdTaken) return undefined
      throw error
    }
  }

  /**
   * The stream moved on, or another process took the same command a moment ago: what the log says now decides. An id
   * still taken after that look belongs to another aggregate.
   */
  #worthAnotherLook(error: unknown, task: Task, before: unknown): boolean {
    if (error instanceof EventIdTaken) return !(before instanceof EventIdTaken)
    return error instanceof StreamRevisionMismatch && task.command.expectedRevision === undefined
  }

  async #tryOn(aggregate: Aggregate, task: Task): Promise<Outcome> {
    const { command, workflow, stream, metadata } = task
    const seen = aggregate.commands.get(command.id)
    if (seen !== undefined) return this.#repeated(aggregate, seen, task)
    if (command.expectedRevision !== undefined && command.expectedRevision !== (aggregate.revision ?? -1n))
      throw new StreamRevisionMismatch(stream, command.expectedRevision, aggregate.revision)
    const decided = decide(workflow, command.transition, {
      aggregate: command.aggregate,
      state: aggregate.state,
      command: task.input,
      actor: command.actor,
      occurredAt: metadata.occurredAt,
      now: task.now,
      hasEvent: (id) => hasEvent(aggregate, id),
    })
    if (isRefusal(decided))
      return { status: 'refused', stream, revision: aggregate.revision, refusal: decided }
    const decision = await this.#sealing.seal(workflow, stream, command, decided)
    if (command.dryRun === true) return planned(aggregate, decision, task)
    const appended = await this.#store.append(
      stream,
      newEvents(command.id, decision, metadata),
      aggregate.revision ?? 'no-stream',
    )
    // Written before, with events of others in between perhaps: only the log tells the state that follows.
    if (appended.repeated && decision.length > 0)
      return this.#tryOn(await this.#catchUp(workflow, stream), task)
    const { firstRevision, lastRevision, position } = appended
    if (decision.length === 0 || firstRevision === null || lastRevision === null)
      return {
        status: 'accepted',
        stream,
        revision: aggregate.revision,
        position,
        events: [],
        state: aggregate.state,
      }
    const next = advanceDecided(workflow, aggregate, decision, metadata, {
      firstRevision,
      lastRevision,
      position,
    })
    this.#cache.set(stream, next)
    return {
      status: 'accepted',
      stream,
      revision: lastRevision,
      position,
      events: decision,
      state: next.state,
    }
  }

  async #repeated(
    aggregate: Aggregate,
    seen: SeenCommand,
    { command, workflow, stream, metadata }: Task,
  ): Promise<Outcome> {
    if (seen.digest !== metadata.digest)
      throw new CommandIdTaken(command.id, seen.transition, command.transition)
    const events = await this.#store.readStream(stream, {
      fromRevision: seen.firstRevision,
      limit: Number(seen.lastRevision - seen.firstRevision) + 1,
    })
    // All versions of an aggregate share what commands are known: this one may be older than the command.
    const isBehind = aggregate.revision === null || aggregate.revision < seen.lastRevision
    const { state } = isBehind ? await this.#catchUp(workflow, stream) : aggregate
    return {
      status: 'repeated',
      stream,
      revision: seen.lastRevision,
      position: seen.position,
      events: events.map(({ type, data }) => ({ type, data: data as object })),
      state,
    }
  }

  /** The cached aggregate with what the log has beyond it. */
  async #catchUp(workflow: Workflow, stream: string): Promise<Aggregate> {
    const known = this.#cache.get(stream) ?? emptyAggregate(workflow)
    const events = await this.#store.readStream(
      stream,
      known.revision === null ? {} : { fromRevision: known.revision + 1n },
    )
    const aggregate = advance(workflow, known, events)
    if (aggregate.revision !== null) this.#cache.set(stream, aggregate)
    return aggregate
  }
}

interface Task {
  readonly command: Command
  readonly workflow: Workflow
  readonly stream: string
  readonly input: unknown
  readonly metadata: EventMetadata
  readonly now: string
}

function planned(
  aggregate: Aggregate,
  events: readonly DecidedEvent[],
  { workflow, stream, metadata }: Task,
): Outcome {
  const state = evolveDecided(workflow, aggregate.state, events, metadata)
  return { status: 'planned', stream, revision: aggregate.revision, position: null, events, state }
}

function metadataOf(command: Command, now: string): EventMetadata {
  return {
    commandId: command.id,
    transition: command.transition,
    digest: digestOf(command),
    actor: command.actor.id,
    agency: command.actor.agency,
    occurredAt: command.occurredAt ?? now,
    correlationId: command.correlationId ?? command.id,
    causationId: command.causationId ?? null,
  }
}

/** Who, what, on which data and when it is said to have happened; ids of tracing and the dry run are not content. */
function digestOf({ transition, data, actor, occurredAt }: Command): string {
  return createHash('sha256')
    .update(canonicalJson({ transition, data, actor: actor.id, occurredAt: occurredAt ?? null }))
    .digest('base64url')
}

function newEvents(commandId: string, events: readonly DecidedEvent[], metadata: EventMetadata): NewEvent[] {
  return events.map((event, index) => ({
    id: eventId(commandId, index),
    type: event.type,
    data: event.data as JsonValue,
    metadata: metadata as unknown as JsonValue,
  }))
}
