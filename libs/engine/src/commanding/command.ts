import type { RecordedEvent } from '#event-store'
import type { JsonValue, Refusal } from '#kernel'
import type { Actor } from '../workflow/actor.js'
import type { DecidedEvent, Stateful } from '../workflow/workflow.js'

/** One intention of one actor towards one aggregate. */
export interface Command {
  /** A UUID of the sender's choice: the same id is the same command, now and after a restart. */
  readonly id: string
  readonly workflow: string
  /** The aggregate; its stream is `<workflow>-<aggregate>`. */
  readonly aggregate: string
  /** A row of the workflow's table of transitions, such as `Issue`. */
  readonly transition: string
  readonly data: JsonValue
  readonly actor: Actor
  /** When it happened, by the document or the actor's word. ISO instant; default: now. */
  readonly occurredAt?: string
  /** What this belongs to; default: the command itself. */
  readonly correlationId?: string
  /** The event or command that caused this one; default: none. */
  readonly causationId?: string
  /** Refuse when the aggregate has moved on: the revision the actor saw. */
  readonly expectedRevision?: bigint
  /** Decide and show the events, append nothing. */
  readonly dryRun?: boolean
}

/** What is appended to a stream that cannot be read. */
export interface UnreadRecord extends Required<
  Pick<Command, 'id' | 'transition' | 'actor' | 'causationId' | 'correlationId'>
> {
  /** @param last of the stream, as it was stored */
  eventsAfter(last: RecordedEvent | undefined): readonly DecidedEvent[]
}

export type Outcome<State extends Stateful = Stateful> =
  | {
      /** `planned` is the answer to a dry run; `repeated` says the command was in the log already. */
      readonly status: 'accepted' | 'repeated' | 'planned'
      readonly stream: string
      /** Of the aggregate after the command; null where it has no event. */
      readonly revision: bigint | null
      /** Of the command's last event: the point a reader must have reached to see it. Null for a dry run. */
      readonly position: bigint | null
      readonly events: readonly DecidedEvent[]
      readonly state: State
    }
  | {
      readonly status: 'refused'
      readonly stream: string
      readonly revision: bigint | null
      readonly refusal: Refusal
    }

/** What the engine writes into the metadata of every event. */
export interface EventMetadata {
  readonly commandId: string
  readonly transition: string
  /**
   * Over the canonical content of the command: tells a repetition from another command under the same id. SHA-256;
   * where the content is personal `<key id>.<HMAC>` under the subject's key, or it could be found by trying.
   */
  readonly digest: string
  readonly actor: string
  readonly agency: string | null
  readonly occurredAt: string
  readonly correlationId: string
  readonly causationId: string | null
  /** Version of the data's form where the event type has had another; absent: 1. */
  readonly schema?: number
}
