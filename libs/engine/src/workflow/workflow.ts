import type { Refusal, Text } from '#kernel'
import type { Actor, Party } from './actor.js'
import { UnknownEventType } from './unknown-event-type.js'
import { Upcasting, type Upcaster, type Upcasters } from './upcasting.js'

/** What every aggregate state has: where in its life it stands. */
export interface Stateful {
  readonly status: string
}

/** An event as a workflow decides it; ids, revision and metadata are the engine's. */
export interface DecidedEvent {
  readonly type: string
  readonly data: object
}

/** One of the events of a map from type to data: `EventOf<{ 'task.Issued': TaskIssued }>`. */
export type EventOf<Events extends object> = {
  [Type in keyof Events & string]: { readonly type: Type; readonly data: Events[Type] & object }
}[keyof Events & string]

/** What stands in the metadata of every event beside its data. */
export interface EventContext {
  readonly actor: string
  readonly agency: string | null
  /** When it happened, by the document or by the actor's word; the store knows when it was recorded. ISO instant. */
  readonly occurredAt: string
  readonly commandId: string
  /** Version of the data's form; absent: 1. */
  readonly schema?: number
}

export interface Deciding<State, Data> {
  /** Id of the aggregate: what follows `<workflow>-` in the name of its stream. */
  readonly aggregate: string
  readonly state: State
  /** Plain data: what a decision takes over into an event needs no copying. */
  readonly command: Data
  readonly actor: Actor
  readonly occurredAt: string
  /** The engine's clock at the decision, ISO instant. */
  readonly now: string
  /** Whether the aggregate's stream has the event: for commands that name one, such as corrections. */
  readonly hasEvent: (id: string) => boolean
}

/** A class whose class-validator decorators say what the command's data must look like. */
export type Input<Data> = new () => Data

/** One row of the table: everything the system knows about a command. */
export interface Transition<State extends Stateful, Data, Event extends DecidedEvent> {
  readonly text: Text
  readonly input: Input<Data>
  readonly from: readonly State['status'][]
  /** Any one of them suffices. */
  readonly by: readonly Party<State>[]
  /** The states it may lead to: for the diagram, and held by the test that walks the table. */
  readonly to: readonly State['status'][]
  /** A rule that needs no command data, so that it can be told before anyone fills in a form. */
  guard?(context: { readonly state: State; readonly actor: Actor }): Refusal | null
  /** Pure: no clock, no I/O. Either the events, or the refusal with its reason. */
  decide(context: Deciding<State, Data>): readonly Event[] | Refusal
}

export type Transitions<State extends Stateful, Commands extends object, Events extends object> = {
  readonly [Name in keyof Commands & string]: Transition<State, Commands[Name], EventOf<Events>>
}

/** A recorded event is a fact: folding it never refuses and never throws. */
export type Evolvers<State, Events extends object> = {
  readonly [Type in keyof Events & string]: (state: State, data: Events[Type], context: EventContext) => State
}

export interface WorkflowDefinition<State extends Stateful, Commands extends object, Events extends object> {
  /** Also the category of its streams: `task` gives `task-<id>`. */
  readonly name: string
  readonly initial: State
  readonly statuses: { readonly [Status in State['status']]: Text }
  readonly transitions: Transitions<State, Commands, Events>
  readonly evolve: Evolvers<State, Events>
  /**
   * How events that were recorded in an older form become today's: by type, one step a version. A type with n steps is
   * written as version n + 1 from now on; `evolve` only ever sees that form. Steps are never changed or removed.
   */
  readonly upcast?: { readonly [Type in keyof Events & string]?: Upcasters<Events[Type]> }
  /**
   * Raised whenever the fold gives another state for events that are recorded already; default 1. Snapshots of an
   * older fold are not used.
   */
  readonly foldVersion?: number
  /**
   * Which fields of which events hold free text about people or personal data, as paths such as `by.name`: sealed
   * before they are stored. Folding and deciding never look into them.
   */
  readonly personal?: { readonly [Type in keyof Events & string]?: readonly string[] }
  /** Who may read what is personal in an aggregate, by its present state; default: nobody. */
  readonly personalReaders?: readonly Party<State>[]
}

/** A workflow whose command and event types are known only at run time: what the engine works with. */
export interface Workflow<State extends Stateful = Stateful> {
  readonly name: string
  readonly initial: State
  readonly statuses: Readonly<Record<string, Text>>
  readonly transitions: ReadonlyMap<string, Transition<State, unknown, DecidedEvent>>
  readonly eventTypes: readonly string[]
  /** Paths of the personal fields by event type. */
  readonly personal: ReadonlyMap<string, readonly string[]>
  /** Any one of them suffices. */
  readonly personalReaders: readonly Party<State>[]
  readonly foldVersion: number
  /** Initial state and functions of the fold, as text: differs where the fold was rewritten. */
  readonly foldText: string
  /** The version under which events of the type are written now. */
  versionOf(type: string): number
  /**
   * An event in today's form, for readers that look into its data; `evolve` does it by itself.
   *
   * @param schema the version in its metadata
   * @throws UnknownEventVersion
   */
  upcast(type: string, data: unknown, schema: number | undefined): unknown
  /**
   * Takes events of any version, which `context.schema` tells.
   *
   * @throws UnknownEventType, UnknownEventVersion where the fold does not know the type or its version: an aggregate
   * is never loaded half.
   */
  evolve(state: State, event: { readonly type: string; readonly data: unknown }, context: EventContext): State
}

/**
 * Declares an aggregate as a table of transitions over pure functions. From the one table come the decision, the
 * refusal with its reason, the list of what an actor may do now, the diagram and the test that walks it.
 */
export function workflow<State extends Stateful, Commands extends object, Events extends object>(
  definition: WorkflowDefinition<State, Commands, Events>,
): Workflow<State> {
  const evolvers = new Map(
    Object.entries(definition.evolve) as [
      string,
      (state: State, data: unknown, context: EventContext) => State,
    ][],
  )
  const upcasting = new Upcasting(
    definition.name,
    new Map(Object.entries(definition.upcast ?? {}) as [string, readonly Upcaster[]][]),
  )
  const fold = [definition.initial, Object.entries(definition.evolve).map(String), String(upcasting)]
  return {
    name: definition.name,
    initial: definition.initial,
    statuses: definition.statuses as Readonly<Record<string, Text>>,
    transitions: new Map(
      Object.entries(definition.transitions) as [string, Transition<State, unknown, DecidedEvent>][],
    ),
    eventTypes: [...evolvers.keys()],
    personal: new Map(Object.entries(definition.personal ?? {}) as [string, readonly string[]][]),
    personalReaders: definition.personalReaders ?? [],
    foldVersion: definition.foldVersion ?? 1,
    foldText: JSON.stringify(fold),
    versionOf: (type) => upcasting.versionOf(type),
    upcast: (type, data, schema) => upcasting.upcast(type, data, schema),
    evolve(state, event, context) {
      const evolver = evolvers.get(event.type)
      if (evolver === undefined) throw new UnknownEventType(definition.name, event.type)
      return evolver(state, upcasting.upcast(event.type, event.data, context.schema), context)
    },
  }
}
