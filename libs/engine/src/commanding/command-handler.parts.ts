import type { Clock } from '#kernel'
import type { EventStore } from '#event-store'
import type { DecidedEvent, Workflow } from '../workflow/workflow.js'
import type { Measures } from '../observing/measures.js'
import type { Command } from './command.js'
import type { Snapshots } from './snapshots/snapshots.js'

/** Replaces the personal fields of events before they reach the log, a state or an answer. */
export interface Sealing {
  seal(
    workflow: Workflow,
    stream: string,
    command: Command,
    events: readonly DecidedEvent[],
  ): Promise<readonly DecidedEvent[]>
}

/** Is told of every command that came to nothing by a rule, a missing right or malformed data. Never throws. */
export interface Attempts {
  refused(command: Command, code: string): void
}

export interface CommandHandlerParts {
  readonly store: EventStore
  readonly clock: Clock
  readonly workflows: readonly Workflow[]
  /** Default: nothing is sealed. */
  readonly sealing?: Sealing
  /** Default: attempts are not recorded. */
  readonly attempts?: Attempts
  /** Default: nothing is counted. */
  readonly measures?: Measures
  /** Default: an aggregate that is not in memory is read whole. */
  readonly snapshots?: Snapshots
}

export const unsealed: Sealing = { seal: (_workflow, _stream, _command, events) => Promise.resolve(events) }

export const unrecorded: Attempts = { refused: () => undefined }
