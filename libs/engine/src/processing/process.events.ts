import type { JsonValue } from '#kernel'
import type { ProcessCommand } from './process.js'

/** Where an event stands: what is held back is a place, not a copy. Revision and position are texts. */
export interface EventRef {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: string
  readonly position: string
  /** What the event belongs to; what it causes belongs to the same. */
  readonly correlationId: string
}

export type ProcessInput = { readonly [member: string]: JsonValue }

/** Inbox and outbox of one instance of a process. */
export interface ProcessEvents {
  'process.Reacted': Reacted
  'process.Ended': ProcessEnded
  'process.Delivered': Delivered
  'process.CommandRefused': CommandRefusal
  'process.Held': Held
  'process.Queued': Queued
  'process.Forwarded': Forwarded
  'process.Retried': Resolved
  'process.Dismissed': Resolved
}

/** The event was taken in and its commands were decided: both or neither. */
export interface Reacted {
  readonly version: number
  readonly event: EventRef
  readonly input: ProcessInput
  readonly commands: readonly ProcessCommand[]
}

export interface ProcessEnded {
  readonly version: number
}

/** A command among those of a reaction: by the event that was reacted to and its place. */
export interface CommandPlace {
  readonly event: string
  readonly index: number
}

export interface Delivered extends CommandPlace {
  readonly commandId: string
  /** Why it was refused, where the process tolerates that; null where it was accepted. */
  readonly tolerated: string | null
}

export interface CommandRefusal extends CommandPlace {
  readonly commandId: string
  readonly command: Pick<ProcessCommand, 'workflow' | 'aggregate' | 'transition'>
  readonly code: string
}

/** The instance stands still: an event that its code cannot take, or a command that cannot even be decided. */
export interface Held {
  readonly event: EventRef | null
  readonly command: CommandPlace | null
  readonly code: string
  /** Without anything of what the event says. */
  readonly message: string
}

/** An event for an instance that stands still: it waits behind the one that is held. */
export interface Queued {
  readonly event: EventRef
}

/** A held event turned out, in another version of the code, to be another instance's; null: nobody's. */
export interface Forwarded {
  readonly event: EventRef
  readonly instance: string | null
}

export interface Resolved {
  readonly reason: string
}
