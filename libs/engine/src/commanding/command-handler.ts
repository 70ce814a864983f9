import { canonicalJson, isRefusal, type Clock } from '#kernel'
import { EventIdTaken, StreamRevisionMismatch, type EventStore, type RecordedEvent } from '#event-store'
import { unmeasured } from '../observing/measures.js'
import { observeCommand, type CommandObservers } from '../observing/observe-command.js'
import { observedAppends } from '../observing/observed-store.js'
import { inSpanNow } from '../observing/spans.js'
import { decide } from '../workflow/decide.js'
import type { Stateful, Workflow } from '../workflow/workflow.js'
import {
  advanceAppended,
  eventId,
  evolveDecided,
  hasEvent,
  newEvents,
  NotWhole,
  type Aggregate,
  type SeenCommand,
} from './aggregate.js'
import { Aggregates } from './aggregates.js'
import { assertCommand } from './assert-command.js'
import { sealingFor } from '../sealing/sealing-for.js'
import type { Command, EventMetadata, Outcome, UnreadRecord } from './command.js'
import { unrecorded, type CommandHandlerParts, type Sealing } from './command-handler.parts.js'
import { CommandIdTaken, CommandRefused, TooManyConflicts } from './errors.js'
import { SerialByKey } from './serial-by-key.js'
import { validateInput } from './validate-input.js'
import { assertNothingSealed } from '../sealing/no-sealed-input.js'

/** Commands of one process on one aggregate queue up, so only other processes can cause conflicts: few suffice. */
const maxAttempts = 10

/**
 * The one path of every command: known workflow and valid data → load → seen before? → decide → append at the
 * revision decided on. Whatever is accepted is in the log when `handle` returns; a refusal or an error has written
 * nothing; `append-outcome-unknown` is answered by sending the same command again.
 */
export class CommandHandler {
  readonly #workflows: ReadonlyMap<string, Workflow>
  readonly #aggregates: Aggregates
  readonly #serial = new SerialByKey()
  readonly #store: EventStore
  readonly #clock: Clock
  readonly #sealing: Sealing
  readonly #observers: CommandObservers

  /** @throws RoviecError fault `sealing-missing` */
  constructor(parts: CommandHandlerParts) {
    const { store, clock, workflows, snapshots = null } = parts
    const { attempts = unrecorded, measures = unmeasured } = parts
    this.#aggregates = new Aggregates(store, snapshots)
    this.#workflows = new Map(workflows.map((known) => [known.name, known]))
    this.#store = observedAppends(store, measures)
    this.#clock = clock
    this.#sealing = sealingFor(workflows, parts.sealing)
    this.#observers = { workflows: this.#workflows, attempts, measures }
  }

  /**
   * @throws RoviecError kind `invalid` (unknown workflow, malformed data), `conflict` (command id taken, revision
   * not as expected) or `fault` (the store). A rule that says no is not thrown but answered as `refused`.
   */
  async handle<State extends Stateful = Stateful>(asked: Command): Promise<Outcome<State>> {
    const outcome = await observeCommand(asked, this.#observers, () => this.#handle(asked))
    return outcome as Outcome<State>
  }

  async #handle(asked: Command): Promise<Outcome> {
    const now = this.#clock.now().toISOString()
    const workflow = assertCommand(asked, this.#workflows, now)
    // A UUID is the same in either case, and so is the command it names.
    const command = { ...asked, id: asked.id.toLowerCase() }
    const metadata = metadataOf(command, now)
    // Before the validation, which would go down into data of any depth.
    const content = contentOf(command)
    assertNothingSealed(command)
    const input = validateInput(workflow.transitions.get(command.transition)!.input, command.data)
    const stream = `${workflow.name}-${command.aggregate}`
    const task = { command, workflow, stream, input, metadata, content, now }
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

  /** The aggregate as of now, as the log has it. */
  async load<State extends Stateful>(
    workflow: Workflow<State>,
    aggregate: string,
  ): Promise<Aggregate<State>> {
    const stream = `${workflow.name}-${aggregate}`
    return (await this.#aggregates.current(workflow, stream)) as Aggregate<State>
  }

  /**
   * Appends without a decision, to a stream that this program cannot read: what it adds must hold whatever stands
   * before it. Once for each id.
   *
   * @throws StreamRevisionMismatch where others have written meanwhile
   */
  async recordUnread(workflow: Workflow, aggregate: string, record: UnreadRecord): Promise<void> {
    const { eventsAfter, ...about } = record
    const command = { ...about, workflow: workflow.name, aggregate, data: null }
    const stream = `${workflow.name}-${aggregate}`
    const recorded = await this.#store.readStream(stream)
    if (recorded.some(({ id }) => id === eventId(about.id, 0))) return
    const last = recorded.at(-1)
    const decision = { workflow, stream, commandId: about.id, content: contentOf(command), dryRun: false }
    const { events, digest } = await this.#sealing.seal({ ...decision, events: eventsAfter(last) })
    if (events.length === 0) return
    const metadata = { ...metadataOf(command, this.#clock.now().toISOString()), digest }
    await this.#store.append(stream, newEvents(workflow, events, metadata), last?.revision ?? 'no-stream')
  }

  async #attempt(task: Task): Promise<Outcome> {
    const { workflow, stream } = task
    const cached = this.#aggregates.cached(stream)
    const first = cached ?? (await this.#aggregates.current(workflow, stream))
    const isCertain = cached === undefined && first.whole
    const early = isCertain ? undefined : await this.#tryOnUncertain(first, task)
    if (early !== undefined) return early
    let conflict: unknown
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const aggregate = attempt === 0 && isCertain ? first : await this.#aggregates.whole(workflow, stream)
      try {
        return await this.#tryOn(aggregate, task)
      } catch (error) {
        if (!this.#worthAnotherLook(error, task, conflict)) throw await this.#namingBoth(error, task)
        conflict = error
      }
    }
    throw new TooManyConflicts(stream, maxAttempts, conflict)
  }

  /**
   * On an aggregate from memory, which may be behind the log, or from a snapshot, which does not know the older
   * commands. Only what the log itself confirms counts, by the ids and the revision of an append; any other answer is
   * decided again on the log: a repeated command is never refused for what it has done itself.
   */
  async #tryOnUncertain(aggregate: Aggregate, task: Task): Promise<Outcome | undefined> {
    try {
      const outcome = await this.#tryOn(aggregate, task)
      const isConfirmed =
        outcome.status === 'repeated' ||
        (outcome.status === 'accepted' && (outcome.events.length > 0 || aggregate.whole))
      return isConfirmed ? outcome : undefined
    } catch (error) {
      if (
        error instanceof StreamRevisionMismatch ||
        error instanceof EventIdTaken ||
        error instanceof NotWhole
      )
        return undefined
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

  /** An id that another aggregate's command has: its event tells which command that was. */
  async #namingBoth(error: unknown, { command, stream }: Task): Promise<unknown> {
    if (!(error instanceof EventIdTaken) || error.stream === stream) return error
    const events = await this.#store.readStream(error.stream)
    const first = events.find(({ id }) => id === error.eventId)?.metadata as Partial<EventMetadata> | null
    if (first?.commandId !== command.id || first.transition === undefined) return error
    return new CommandIdTaken(
      command.id,
      { transition: first.transition, stream: error.stream },
      { transition: command.transition, stream },
    )
  }

  async #tryOn(aggregate: Aggregate, task: Task): Promise<Outcome> {
    const { command, workflow, stream, metadata, content } = task
    const seen = aggregate.commands.get(command.id)
    if (seen !== undefined) return this.#repeated(aggregate, seen, task)
    if (command.expectedRevision !== undefined && command.expectedRevision !== (aggregate.revision ?? -1n))
      throw new StreamRevisionMismatch(stream, command.expectedRevision, aggregate.revision)
    const deciding = {
      aggregate: command.aggregate,
      state: aggregate.state,
      command: task.input,
      actor: command.actor,
      occurredAt: metadata.occurredAt,
      now: task.now,
      hasEvent: (id: string) => hasEvent(aggregate, id),
    }
    const decided = inSpanNow('roviec.decide', () => decide(workflow, command.transition, deciding))
    if (isRefusal(decided))
      return { status: 'refused', stream, revision: aggregate.revision, refusal: decided }
    const dryRun = command.dryRun === true
    const sealable = { workflow, stream, commandId: command.id, content, events: decided, dryRun }
    const { events: decision, digest } = await this.#sealing.seal(sealable)
    const events = newEvents(workflow, decision, { ...metadata, digest })
    // Before the append: what the fold cannot take must not come into the log.
    const state = evolveDecided(workflow, aggregate.state, events)
    // What is planned is the sender's own word, and is kept nowhere.
    if (dryRun)
      return {
        status: 'planned',
        stream,
        revision: aggregate.revision,
        position: null,
        events: decided,
        state,
      }
    const appended = await this.#store.append(stream, events, aggregate.revision ?? 'no-stream')
    // Written before, with events of others in between perhaps: only the log tells the state that follows.
    if (appended.repeated && decision.length > 0)
      return this.#tryOn(await this.#aggregates.whole(workflow, stream), task)
    const { firstRevision, lastRevision, position } = appended
    if (firstRevision === null || lastRevision === null || decision.length === 0)
      return { status: 'accepted', stream, revision: aggregate.revision, position, events: [], state }
    const next = advanceAppended(aggregate, state, events, { firstRevision, lastRevision, position })
    this.#aggregates.appended(workflow, stream, aggregate, next)
    return { status: 'accepted', stream, revision: lastRevision, position, events: decision, state }
  }

  async #repeated(
    aggregate: Aggregate,
    seen: SeenCommand,
    { command, workflow, stream, content }: Task,
  ): Promise<Outcome> {
    if (!(await this.#sealing.isDigestOf(seen.digest, content)))
      throw new CommandIdTaken(
        command.id,
        { transition: seen.transition, stream },
        { transition: command.transition, stream },
      )
    const events = await this.#store.readStream(stream, {
      fromRevision: seen.firstRevision,
      limit: Number(seen.lastRevision - seen.firstRevision) + 1,
    })
    // All versions of an aggregate share what commands are known: this one may be older than the command.
    const isBehind = aggregate.revision === null || aggregate.revision < seen.lastRevision
    const { state } = isBehind ? await this.#aggregates.current(workflow, stream) : aggregate
    return {
      status: 'repeated',
      stream,
      revision: seen.lastRevision,
      position: seen.position,
      events: events.map((event) => ({
        type: event.type,
        data: workflow.upcast(event.type, event.data, schemaOf(event)) as object,
      })),
      state,
    }
  }
}

interface Task {
  readonly command: Command
  readonly workflow: Workflow
  readonly stream: string
  readonly input: unknown
  readonly metadata: Omit<EventMetadata, 'digest'>
  /** What makes it this command and no other. */
  readonly content: string
  readonly now: string
}

function metadataOf(command: Command, now: string): Task['metadata'] {
  return {
    commandId: command.id,
    transition: command.transition,
    actor: command.actor.id,
    agency: command.actor.agency,
    occurredAt: command.occurredAt ?? now,
    correlationId: command.correlationId ?? command.id,
    causationId: command.causationId ?? null,
  }
}

/** Who, what, on which data and when it is said to have happened; ids of tracing and the dry run are not content. */
function contentOf({ transition, data, actor, occurredAt }: Command): string {
  return canonicalJson({ transition, data, actor: actor.id, occurredAt: occurredAt ?? null })
}

function schemaOf({ metadata }: RecordedEvent): number | undefined {
  return (metadata as { readonly schema?: number } | null)?.schema
}
