/** One event of a trace: what it is and by whom, nothing of what it says. */
export interface TracedEvent {
  readonly id: string
  readonly stream: string
  readonly revision: string
  readonly position: string
  /** Null where the log does not have the event any more. */
  readonly type: string | null
  readonly actor: string | null
  readonly agency: string | null
  /** The transition and the id of the command that made it. */
  readonly transition: string | null
  readonly commandId: string | null
  readonly correlationId: string | null
  readonly causationId: string | null
  readonly occurredAt: string | null
  readonly recordedAt: string | null
  /** Whether this is what was asked about. */
  readonly asked: boolean
  readonly caused: readonly TracedEvent[]
}

export interface Trace {
  /** What all of it belongs to. */
  readonly correlationId: string | null
  /** From what began it down to the event asked about and all that it caused; several where a whole was asked for. */
  readonly roots: readonly TracedEvent[]
  /** Other events of the same whole that are not shown: they share its id, and no cause. */
  readonly others: number
  /** Whether there is more than is shown. */
  readonly truncated: boolean
}
