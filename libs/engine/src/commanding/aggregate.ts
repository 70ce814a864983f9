import { deriveId } from '#kernel'
import type { RecordedEvent } from '#event-store'
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
  /**
   * Shared by all later versions of the aggregate, so that a long stream costs no copy per command: it only ever
   * gains commands that are in the log, which an older holder may know as well.
   */
  readonly commands: Map<string, SeenCommand>
}

export function emptyAggregate<State extends Stateful>(workflow: Workflow<State>): Aggregate<State> {
  return { state: workflow.initial, revision: null, commands: new Map() }
}

/**
 * Folds further events of the stream. Which commands it has taken comes from the events themselves: no table of ids
 * grows beside the log.
 *
 * @throws UnknownEventType for an event of a newer program.
 */
export function advance<State extends Stateful>(
  workflow: Workflow<State>,
  aggregate: Aggregate<State>,
  events: readonly RecordedEvent[],
): Aggregate<State> {
  let { state, revision } = aggregate
  for (const event of events) {
    const metadata = event.metadata as unknown as EventMetadata
    state = workflow.evolve(state, event, contextOf(metadata))
    revision = event.revision
    remember(aggregate.commands, metadata, event.revision, event.revision, event.position)
  }
  return { state, revision, commands: aggregate.commands }
}

/** The aggregate after events that were just appended, without reading them back. */
export function advanceDecided<State extends Stateful>(
  workflow: Workflow<State>,
  aggregate: Aggregate<State>,
  events: readonly DecidedEvent[],
  metadata: EventMetadata,
  appended: { readonly firstRevision: bigint; readonly lastRevision: bigint; readonly position: bigint },
): Aggregate<State> {
  remember(aggregate.commands, metadata, appended.firstRevision, appended.lastRevision, appended.position)
  return {
    state: evolveDecided(workflow, aggregate.state, events, metadata),
    revision: appended.lastRevision,
    commands: aggregate.commands,
  }
}

export function evolveDecided<State extends Stateful>(
  workflow: Workflow<State>,
  state: State,
  events: readonly DecidedEvent[],
  metadata: EventMetadata,
): State {
  return events.reduce((folded, event) => workflow.evolve(folded, event, contextOf(metadata)), state)
}

/** Ids of events derive from the command and their place in it: a repeated command meets its own events in the log. */
export function eventId(commandId: string, index: number): string {
  return deriveId(commandId, index)
}

/** The commands taken tell it: no list of event ids grows in every state for the few commands that name one. */
export function hasEvent({ commands }: Aggregate, id: string): boolean {
  const wanted = id.toLowerCase()
  for (const [commandId, { firstRevision, lastRevision }] of commands) {
    const count = Number(lastRevision - firstRevision) + 1
    for (let index = 0; index < count; index++) if (eventId(commandId, index) === wanted) return true
  }
  return false
}

export function contextOf(metadata: EventMetadata): EventContext {
  return {
    actor: metadata.actor,
    agency: metadata.agency,
    occurredAt: metadata.occurredAt,
    commandId: metadata.commandId,
  }
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
