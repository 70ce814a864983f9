import type { Clock } from '#kernel'
import type { EventStore } from '#event-store'
import type { DecidedEvent, Workflow } from '../workflow/workflow.js'
import type { Measures } from '../observing/measures.js'
import type { Command } from './command.js'
import type { Snapshots } from './snapshots/snapshots.js'

/** What a workflow has decided on a command. */
export interface Sealable {
  readonly workflow: Workflow
  readonly stream: string
  readonly commandId: string
  /** The command's content as canonical JSON. */
  readonly content: string
  readonly events: readonly DecidedEvent[]
  /** Nothing will be written: no key is made. */
  readonly dryRun: boolean
}

/** What may be written: the events with their personal fields sealed, and the digest of the command. */
export interface SealedDecision {
  readonly events: readonly DecidedEvent[]
  readonly digest: string
}

/** Replaces the personal fields of events before they reach the log, a state or an answer. */
export interface Sealing {
  /** The same decision always gives the same bytes: a repeated command meets its own events. */
  seal(decision: Sealable): Promise<SealedDecision>
  /** Whether a digest from the log is that of a command with this content. */
  isDigestOf(digest: string, content: string): Promise<boolean>
}

/** A command without its data, which may be personal: what came to nothing leaves none of it anywhere. */
export type AttemptedCommand = Omit<Command, 'data'>

/** Is told of every command that came to nothing by a rule, a missing right or malformed data. Never throws. */
export interface Attempts {
  /** @param revision of the aggregate named, as the log has it; null where it has none of that id, or nobody looked */
  refused(command: AttemptedCommand, code: string, revision: bigint | null): void
}

export interface CommandHandlerParts {
  readonly store: EventStore
  readonly clock: Clock
  readonly workflows: readonly Workflow[]
  /** Needed as soon as one of the workflows declares anything personal. */
  readonly sealing?: Sealing
  /** Default: attempts are not recorded. */
  readonly attempts?: Attempts
  /** Default: nothing is counted. */
  readonly measures?: Measures
  /** Default: an aggregate that is not in memory is read whole. */
  readonly snapshots?: Snapshots
}

export const unrecorded: Attempts = { refused: () => undefined }
