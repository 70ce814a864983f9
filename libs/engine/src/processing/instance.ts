import { assertIJson, deriveId, type JsonValue } from '#kernel'
import { StreamRevisionMismatch, type EventStore, type RecordedEvent } from '#event-store'
import type { CommandHandler } from '../commanding/command-handler.js'
import { eventId } from '../commanding/aggregate.js'
import { CommandIdTaken, CommandRefused } from '../commanding/errors.js'
import { mayPass } from '../leading/may-pass.js'
import { faultOf } from '../projecting/faults.js'
import { deliver, system } from './delivering.js'
import { refOf, type EventReader } from './process-event.js'
import { ProcessTimers } from './process-timers.js'
import type { Lookup, Process, ProcessDecision, ProcessEvent, Routed } from './process.js'
import type { EventRef } from './process.events.js'
import { knows, type ProcessState } from './process.state.js'
import { processWorkflow } from './process.workflow.js'

/** Where events stand whose instance cannot be told, because the code that tells it throws. No instance begins so. */
export const unrouted = '_unrouted'

export interface InstanceParts {
  readonly process: Process
  readonly store: Pick<EventStore, 'readStream'>
  readonly commands: Pick<CommandHandler, 'handle' | 'load' | 'recordUnread'>
  readonly reader: EventReader
}

/**
 * An event that came in, with what it is to the instance, or what kept the code from telling; or an act of an operator,
 * after which the instance goes on with what it has.
 */
export type Incoming = ForInstance | { readonly ref: EventRef; readonly resolves: true }

type ForInstance =
  | { readonly ref: EventRef; readonly event: ProcessEvent; readonly routed: Routed }
  | { readonly ref: EventRef; readonly thrown: unknown }

interface Standing {
  readonly state: ProcessState
  readonly revision: bigint | null
}

/** What kept the code from reading the instance's own stream. */
interface Unread {
  readonly unread: unknown
}

/** How often a step is taken anew because another runner took one: only ever a leader that woke too late. */
const maxConflicts = 20

/**
 * One instance of a process, brought forward step by step: each step is one append to its stream, decided on the state
 * before it, so that it does not matter where a runner is killed, or whether two are at it at once.
 */
export class Instance {
  /** As this very object has left it. */
  #left: Standing | Unread | undefined

  constructor(
    private readonly parts: InstanceParts,
    private readonly id: string,
  ) {}

  /**
   * Until nothing is left to do: the event is taken in, what follows is sent, what waited has had its turn; or the
   * instance stands still and what is left waits in its stream.
   *
   * @throws what may pass; nothing is lost, all is tried again.
   */
  async bring(incoming: Incoming): Promise<void> {
    let conflicts = 0
    // What operators have done stands in the log; whatever else came meanwhile is met by the revision of an append.
    let standing = (!('resolves' in incoming) && this.#left) || (await this.#load())
    for (;;)
      try {
        const after =
          'unread' in standing
            ? await this.#standStill(standing, incoming)
            : await this.#step(standing, incoming)
        if (after === null) {
          this.#left = standing
          return
        }
        standing = after
      } catch (error) {
        if (!isOthers(error) || ++conflicts > maxConflicts) throw error
        standing = await this.#load()
      }
  }

  async #step(standing: Standing, incoming: Incoming): Promise<Standing | null> {
    const { state } = standing
    const taken = 'resolves' in incoming || state.ended || knows(state, incoming.ref.id) ? null : incoming
    if (state.status === 'held')
      return taken && this.#record(standing, 'Queue', { event: taken.ref }, taken.ref)
    if (state.outbox.length > 0) return this.#send(standing)
    if (state.queue.length > 0) return this.#takeQueued(standing, state.queue[0]!)
    return taken && this.#take(standing, taken)
  }

  /**
   * What stands in its own stream may be a newer program's: nothing can be decided. That it stands still and what came
   * is recorded behind, so that it goes on in order when an operator has it tried again by a program that can read it.
   */
  async #standStill({ unread }: Unread, incoming: Incoming): Promise<null> {
    const { ref } = incoming
    const held = { type: 'process.Held', data: { event: null, command: null, ...faultOf(unread) } }
    const queued = { type: 'process.Queued', data: { event: ref } }
    await this.parts.commands.recordUnread(processWorkflow, this.#aggregate, {
      id: deriveId('process-unread', this.#aggregate, ref.id),
      transition: 'Hold',
      actor: system,
      causationId: ref.id,
      correlationId: ref.correlationId,
      eventsAfter: (last) => [
        ...(standsStill(last) ? [] : [held]),
        ...('resolves' in incoming ? [] : [queued]),
      ],
    })
    return null
  }

  /** The reaction: inbox and outbox in one append. What cannot be recorded either holds the instance. */
  async #take(standing: Standing, incoming: ForInstance): Promise<Standing> {
    const { ref } = incoming
    const hold = (error: unknown): Promise<Standing> =>
      this.#record(standing, 'Hold', { event: ref, ...faultOf(error) }, ref)
    if ('thrown' in incoming) return hold(incoming.thrown)
    const { name, version } = this.parts.process
    try {
      const decided = await this.#decide(standing.state, incoming.event, incoming.routed)
      const id = deriveId('process-reaction', name, this.id, ref.id)
      return await this.#record(standing, 'React', { version, event: ref, ...decided }, ref, id)
    } catch (error) {
      // A refusal is of a program that is older than the instance: the newer one has its turn.
      if (mayPass(error) || isOthers(error) || error instanceof CommandRefused) throw error
      return hold(error)
    }
  }

  async #decide(
    { inputs }: ProcessState,
    event: ProcessEvent,
    routed: Routed,
  ): Promise<Required<ProcessDecision> & { readonly input: object }> {
    const { store } = this.parts
    const load: Lookup['load'] = (workflow, aggregate) => this.parts.commands.load(workflow, aggregate)
    const input = await routed.input({ store, load })
    const timers = new ProcessTimers(this.parts.process.name, this.id)
    const decided = this.parts.process.decide(input, inputs, { instance: this.id, event, timers })
    const { commands, ended = false } = decided
    assertIJson({ input, commands })
    return { input, commands, ended }
  }

  async #send(standing: Standing): Promise<Standing> {
    const { outbox } = standing.state
    const { reaction, correlationId } = outbox[0]!
    const cause = { id: eventId(reaction, 0), correlationId }
    const { results, stuck } = await deliver(this.parts.commands, outbox)
    if (results.length > 0) return this.#record(standing, 'Settle', { results }, cause)
    return this.#record(standing, 'Hold', { ...stuck! }, cause)
  }

  /** Read anew, since today's code may be another than that which could not take it. */
  async #takeQueued(standing: Standing, ref: EventRef): Promise<Standing> {
    const [recorded] = await this.parts.store.readStream(ref.stream, {
      fromRevision: BigInt(ref.revision),
      limit: 1,
    })
    if (recorded?.id !== ref.id) {
      const message = 'The log does not have this event any more'
      return this.#record(standing, 'Hold', { event: ref, code: 'held-event-missing', message }, ref)
    }
    const incoming = incomingOf(this.parts, recorded)
    if (incoming !== null && this.#isMine(incoming)) return this.#take(standing, incoming)
    return this.#forward(standing, ref, incoming)
  }

  #isMine(incoming: ForInstance): boolean {
    return 'thrown' in incoming || incoming.routed.instance === this.id
  }

  /** To where it belongs by today's code, and only then off the queue: twice is once there. */
  async #forward(standing: Standing, ref: EventRef, incoming: ForInstance | null): Promise<Standing> {
    const to = incoming === null || 'thrown' in incoming ? null : incoming.routed.instance
    if (incoming !== null && to !== null) await new Instance(this.parts, to).bring(incoming)
    return this.#record(standing, 'Forward', { event: ref, ...(to !== null && { instance: to }) }, ref)
  }

  async #load(): Promise<Standing | Unread> {
    try {
      return await this.parts.commands.load(processWorkflow, this.#aggregate)
    } catch (unread) {
      if (mayPass(unread)) throw unread
      return { unread }
    }
  }

  get #aggregate(): string {
    return `${this.parts.process.name}:${this.id}`
  }

  /** Decided on this very state, or not at all. */
  async #record(
    { revision }: Standing,
    transition: string,
    data: object,
    cause: { readonly id: string; readonly correlationId: string },
    id = deriveId('process-step', this.#aggregate, transition, String(revision)),
  ): Promise<Standing> {
    const outcome = await this.parts.commands.handle<ProcessState>({
      id,
      workflow: processWorkflow.name,
      aggregate: this.#aggregate,
      transition,
      data: data as JsonValue,
      actor: system,
      expectedRevision: revision ?? -1n,
      causationId: cause.id,
      correlationId: cause.correlationId,
    })
    if (outcome.status !== 'refused') return outcome
    const { code, text, details } = outcome.refusal
    throw new CommandRefused(code, text, details)
  }
}

/** What the event is to the process; null where it is nobody's. Never throws: an event is one instance's matter. */
export function incomingOf(
  { process, reader }: Pick<InstanceParts, 'process' | 'reader'>,
  recorded: RecordedEvent,
): ForInstance | null {
  const ref = refOf(recorded)
  try {
    const event = reader.read(recorded)
    const routed = process.route(event)
    return routed === null ? null : { ref, event, routed }
  } catch (thrown) {
    return { ref, thrown }
  }
}

/** Whatever stands before it: nothing but an act of an operator lets an instance go on from here. */
function standsStill(last: RecordedEvent | undefined): boolean {
  return last?.type === 'process.Held' || last?.type === 'process.Queued'
}

/** Another runner has taken a step. */
function isOthers(error: unknown): boolean {
  return error instanceof StreamRevisionMismatch || error instanceof CommandIdTaken
}
