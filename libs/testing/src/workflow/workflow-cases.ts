import { deriveId, type JsonValue } from '#kernel'
import type { Actor, DecidedEvent, EventContext, Stateful, Workflow } from '#engine/workflow'

/** An event on the way into a situation. */
export interface Happened {
  readonly type: string
  readonly data: object
  /** Id of the actor. */
  readonly by: string
}

/** What is expected of one row of the table. */
export interface TransitionCase<Person extends string = string> {
  /** Data with which it is possible. `knownEventId` stands for the id of the first event of the stream. */
  readonly data: JsonValue
  /** Who may; everyone else is answered `not-permitted`. */
  readonly by: readonly Person[]
  /**
   * What those who may are answered, situation by situation in their order: `✓` accepted, `–` not from this status,
   * otherwise the code of the refusal. Lists that are the same everywhere may be given once.
   */
  readonly answers: string
}

/** Everything a test needs to walk a workflow: adding a transition adds one entry. */
export interface WorkflowCases<State extends Stateful = Stateful, Person extends string = string> {
  readonly workflow: Workflow<State>
  /** Id of the aggregate that the data speaks of. */
  readonly aggregate: string
  /** One of each role at least. */
  readonly people: Readonly<Record<Person, Actor>>
  /** The events that lead there, by name; every status occurs. */
  readonly situations: Readonly<Record<string, readonly Happened[]>>
  readonly transitions: Readonly<Record<string, TransitionCase<Person>>>
  /** Permissions that turn on the situation: nobody is of the lead agency before there is a task. */
  readonly mayNot?: (person: Person, situation: string) => boolean
}

/** When the walk takes place. */
export const walkedAt = '2025-03-20T02:00:00.000Z'

/** In the data of a case: the id of the first event of the stream. */
export const knownEventId = '0197a1b2-0000-7000-8000-000000000001'

/** The command that an event of a situation came from. */
export function commandOf(aggregate: string, index: number): string {
  return deriveId('situation', aggregate, index)
}

export function contextBy(actor: string, schema?: number): EventContext {
  const context = { actor, agency: null, occurredAt: walkedAt, commandId: commandOf(actor, 0) }
  return schema === undefined ? context : { ...context, schema }
}

/** The state after events in the form of today. */
export function stateAfter<State extends Stateful>(
  workflow: Workflow<State>,
  from: State,
  events: readonly (DecidedEvent & { readonly by?: string })[],
  by = 'nobody',
): State {
  return events.reduce(
    (state, event) =>
      workflow.evolve(state, event, contextBy(event.by ?? by, workflow.versionOf(event.type))),
    from,
  )
}
