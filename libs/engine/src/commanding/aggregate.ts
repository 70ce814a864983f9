import { deriveId, type JsonValue } from '#kernel'
import type { NewEvent, RecordedEvent } from '#event-store'
import type { DecidedEvent, EventContext, Stateful, Workflow } from '../workflow/workflow.js'
import type { EventMetadata } from './command.js'

/** A command the aggregate has taken: enough to know its repetition and to find its events again. */
export interface SeenCommand {
  readonly digest: string
  readonly transition: string
  readonly firstRevision: bigint
  readonly lastRevision: bigint
  readonly position: bigint
}

/** An aggregate as of a revision; a newer one is made by `advance`. */
export interface Aggregate<State extends Stateful = Stateful> {
  readonly state: State
  /** Null before the first event. */
  readonly revision: bigint | null
  /** Id of the event at that revision: tells this stream from another history under the same name. */
  readonly lastEvent: string | null
  /**
   * Whether `commands` names every command of the stream. False where it was continued from a snapshot: the state is
   * right, but what the aggregate does not know may still have been.
   */
  readonly whole: boolean
  /**
   * Shared by all later versions of the aggregate, so that a long stream costs no copy per command: it only ever
   * gains commands that are in the log, which an older holder may know as well.
   */
  readonly commands: Map<string, SeenCommand>
}

export function emptyAggregate<State extends Stateful>(workflow: Workflow<State>): Aggregate<State> {
  return { state: workflow.initial, revision: null, lastEvent: null, whole: true, commands: new Map() }
}

/**
 * Folds further events of the stream. Which commands it has taken comes from the events themselves: no table of ids
 * grows beside the log.
 *
 * @throws UnknownEventType, UnknownEventVersion for an event of a newer program.
 */
export function advance<State extends Stateful>(
  workflow: Workflow<State>,
  aggregate: Aggregate<State>,
  events: readonly RecordedEvent[],
): Aggregate<State> {
  let { state, revision, lastEvent } = aggregate
  for (const event of events) {
    const metadata = event.metadata as unknown as EventMetadata
    state = workflow.evolve(state, event, contextOf(metadata))
    revision = event.revision
    lastEvent = event.id
    remember(aggregate.commands, metadata, event.revision, event.revision, event.position)
  }
  return { ...aggregate, state, revision, lastEvent }
}

/** The aggregate after events that were just appended, without reading them back. */
export function advanceAppended<State extends Stateful>(
  aggregate: Aggregate<State>,
  state: State,
  events: readonly NewEvent[],
  appended: { readonly firstRevision: bigint; readonly lastRevision: bigint; readonly position: bigint },
): Aggregate<State> {
  const { id, metadata } = events.at(-1)!
  const { firstRevision, lastRevision, position } = appended
  remember(aggregate.commands, metadata as unknown as EventMetadata, firstRevision, lastRevision, position)
  return { ...aggregate, state, revision: lastRevision, lastEvent: id }
}

/** The state that decided events lead to, folded as they will be once they are recorded. */
export function evolveDecided<State extends Stateful>(
  workflow: Workflow<State>,
  state: State,
  events: readonly NewEvent[],
): State {
  return events.reduce(
    (folded, event) => workflow.evolve(folded, event, contextOf(event.metadata as unknown as EventMetadata)),
    state,
  )
}

/** Ids of events derive from the command and their place in it: a repeated command meets its own events in the log. */
export function eventId(commandId: string, index: number): string {
  return deriveId(commandId, index)
}

/** Decided events as the log takes them: with ids that a repetition meets again, and the version of their form. */
export function newEvents(
  workflow: Workflow,
  events: readonly DecidedEvent[],
  metadata: EventMetadata,
): NewEvent[] {
  return events.map(({ type, data }, index) => {
    const schema = workflow.versionOf(type)
    const about = schema === 1 ? metadata : { ...metadata, schema }
    return {
      id: eventId(metadata.commandId, index),
      type,
      data: data as JsonValue,
      metadata: about as unknown as JsonValue,
    }
  })
}

/**
 * The commands taken tell it: no list of event ids grows in every state for the few commands that name one.
 *
 * @throws NotWhole when the aggregate does not know it and does not know everything.
 */
export function hasEvent({ commands, whole }: Aggregate, id: string): boolean {
  const wanted = id.toLowerCase()
  for (const [commandId, { firstRevision, lastRevision }] of commands) {
    const count = Number(lastRevision - firstRevision) + 1
    for (let index = 0; index < count; index++) if (eventId(commandId, index) === wanted) return true
  }
  if (!whole) throw new NotWhole()
  return false
}

/** A question that only the whole stream answers: ends a decision, and is never seen outside the engine. */
export class NotWhole extends Error {
  override readonly name = 'NotWhole'
}

export function contextOf({ actor, agency, occurredAt, commandId, schema }: EventMetadata): EventContext {
  const context = { actor, agency, occurredAt, commandId }
  return schema === undefined ? context : { ...context, schema }
}

function remember(
  commands: Map<string, SeenCommand>,
  metadata: EventMetadata,
  firstRevision: bigint,
  lastRevision: bigint,
  position: bigint,
): void {
  commands.set(metadata.commandId, {
    digest: metadata.digest,
    transition: metadata.transition,
    firstRevision: commands.get(metadata.commandId)?.firstRevision ?? firstRevision,
    lastRevision,
    position,
  })
}
