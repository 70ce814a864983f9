import type { EventStore } from '#event-store'
import { RoviecError, type JsonValue } from '#kernel'
import type { CommandHandler } from '../commanding/command-handler.js'
import type { TimerFired } from '../timing/timer.events.js'
import type { ProcessTimers } from './process-timers.js'

/** An event as a process is shown it: its data in today's form. */
export interface ProcessEvent {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: bigint
  readonly position: bigint
  readonly data: unknown
  readonly actor: string
  /** When it happened, by the document or the actor's word. ISO instant. */
  readonly occurredAt: string
  readonly recordedAt: string
}

/** What a process has done, besides going on waiting: commands to send, in their order, and whether this was the end. */
export interface ProcessDecision {
  readonly commands: readonly ProcessCommand[]
  readonly ended?: boolean
}

export interface ProcessCommand {
  readonly workflow: string
  readonly aggregate: string
  readonly transition: string
  readonly data: JsonValue
  /**
   * Codes of refusals that belong to the course of things, such as a cancellation that came second. Any other refusal is
   * an incident.
   */
  readonly tolerates?: readonly string[]
}

/** What a decision may use besides input and state. No clock: the same event always leads to the same commands. */
export interface Reacting {
  readonly instance: string
  readonly event: Pick<ProcessEvent, 'id' | 'type' | 'stream' | 'occurredAt' | 'recordedAt'>
  /** Commands that set and cancel timers of this instance. */
  readonly timers: ProcessTimers
}

/** Where an input may look things up. What it found is recorded with the reaction, and never looked up again for it. */
export interface Lookup {
  readonly store: Pick<EventStore, 'readStream'>
  /** An aggregate as of now. What is looked up so need not be read again for a command that follows. */
  readonly load: CommandHandler['load']
}

/** What a process has to do with events of one type. */
export interface Reaction<Input> {
  /** Whose matter it is: the id of an instance, or null for nobody's. Letters, digits and . _ - : only. */
  instance(event: ProcessEvent): string | null
  /** What the instance is to know of it: small plain data, kept for ever, so no personal fields. */
  input(event: ProcessEvent, lookup: Lookup): Input | Promise<Input>
}

export interface ProcessDefinition<State, Input extends object> {
  /** Kebab case; its streams are `process-<name>:<instance>`. */
  readonly name: string
  /** Raised when `evolve` or `decide` changes: recorded with each reaction. */
  readonly version: number
  /** Events recorded before this instant are passed over; default: none. For a process that joins a log of years. */
  readonly since?: string
  /** By type of event. */
  readonly reacts: Readonly<Record<string, Reaction<Input>>>
  /** What the instance is to know of its own timers when they have fired, by their names. */
  readonly timers?: Readonly<
    Record<string, (fired: TimerFired, event: ProcessEvent, lookup: Lookup) => Input | Promise<Input>>
  >
  readonly initial: State
  /** Pure, and total over every input that was ever recorded, by older versions too. */
  evolve(state: State, input: Input): State
  /** Pure. `state` is as it was before the input. */
  decide(input: Input, state: State, context: Reacting): ProcessDecision
}

/** An instance that an event belongs to, and what it is to know of it. */
export interface Routed {
  readonly instance: string
  input(lookup: Lookup): object | Promise<object>
}

/** A process whose types are known only at run time: what the runner works with. */
export interface Process {
  readonly name: string
  readonly version: number
  readonly eventTypes: readonly string[]
  /** Null for an event that is nobody's. Throws what the definition throws. */
  route(event: ProcessEvent): Routed | null
  /** What follows from an input after all those before it. Throws what the definition throws. */
  decide(input: object, before: readonly object[], context: Reacting): ProcessDecision
}

const namePattern = /^[a-z][a-z0-9-]{0,39}$/

/** With the process's name and a colon it is the id of an aggregate, which has 120 characters. */
const instancePattern = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,78}$/u

const timerFired = 'timer.Fired'

/**
 * Declares what the system does by itself: events in, commands and timers out, over a state of its own that lasts as
 * long as the matter does.
 */
export function process<State, Input extends object>(definition: ProcessDefinition<State, Input>): Process {
  const { name, version, since, reacts, timers = {}, initial } = definition
  if (!namePattern.test(name)) throw misnamed(name)
  const reactions = new Map(Object.entries(reacts))
  if (Object.keys(timers).length > 0) reactions.set(timerFired, ownTimers(name, timers, reacts[timerFired]))
  return {
    name,
    version,
    eventTypes: [...reactions.keys()],
    route(event) {
      const reaction = reactions.get(event.type)
      if (reaction === undefined) return null
      if (since !== undefined && Date.parse(event.recordedAt) < Date.parse(since)) return null
      const instance = reaction.instance(event)
      if (instance === null) return null
      if (!instancePattern.test(instance)) throw misnamed(instance)
      return { instance, input: (lookup) => reaction.input(event, lookup) }
    },
    decide(input, before, context) {
      const state = (before as readonly Input[]).reduce(definition.evolve, initial)
      return definition.decide(input as Input, state, context)
    },
  }
}

/** Fires of the process's own timers go to the instance that set them; those of others as it was declared. */
function ownTimers<Input>(
  name: string,
  timers: NonNullable<ProcessDefinition<unknown, Input & object>['timers']>,
  others: Reaction<Input> | undefined,
): Reaction<Input> {
  const own = (event: ProcessEvent): TimerFired | null => {
    const fired = event.data as TimerFired
    const isOwn = fired.owner.kind === 'process' && fired.owner.name === name && fired.name in timers
    return isOwn ? fired : null
  }
  return {
    instance: (event) => own(event)?.owner.id ?? others?.instance(event) ?? null,
    input(event, lookup) {
      const fired = own(event)
      return fired === null ? others!.input(event, lookup) : timers[fired.name]!(fired, event, lookup)
    },
  }
}

function misnamed(name: string): RoviecError {
  return new RoviecError(
    'fault',
    'process-misnamed',
    {
      vi: `Tên “${name}” không dùng được cho quy trình tự động. Báo nhà phát triển.`,
      en: `The name ${name} does not fit: a process is named in kebab case, at most 40 letters; an instance by letters, digits and . _ - : only, at most 79.`,
    },
    { name },
  )
}
