import type { Database } from '#database'
import type { EventStore } from '#event-store'
import type { Text } from '#kernel'
import type { Actor } from '../workflow/actor.js'
import type { Input } from '../workflow/workflow.js'

/** What a query is given to answer with. */
export interface Asking<Params> {
  readonly params: Params
  readonly actor: Actor
  /** Of one moment, for reading. */
  readonly database: Database
  readonly store: EventStore
  /** ISO instant of the engine's clock. */
  readonly now: string
}

/** A question, declared as a transition is: who may ask, what must be given, which view answers. */
export interface Query<Params = unknown, Answer = unknown> {
  /** `<context>.<view>`, such as `tasks.board`. */
  readonly name: string
  readonly text: Text
  readonly input: Input<Params>
  /** Roles that may ask; what each sees within the answer is the query's own matter, by the actor's scope. */
  readonly roles: readonly string[]
  /** The projection whose place in the log the answer reflects; null where it reads the log itself. */
  readonly view: { readonly name: string; readonly version: number } | null
  /** Asked only on the way of a command: who may not is on record with the command, not with a question. */
  readonly forCommand?: boolean
  answer(asking: Asking<Params>): Promise<Answer>
}

/** Every answer says how much of the log it reflects. */
export interface Answered<Answer> {
  readonly answer: Answer
  readonly position: bigint
  /** When the event at that position was recorded; null in an empty log. */
  readonly reflects: string | null
  /** Streams that stand still in the view: what happened to them since is not in the answer. */
  readonly parked: number
}
