import type { Stateful } from '../../workflow/workflow.js'

/** The state of an aggregate at a revision. A cache and nothing else: whatever it says, the log says as well. */
export interface Snapshot {
  readonly stream: string
  readonly revision: bigint
  /** Id of the event at that revision: a snapshot of another history under the same name is not used. */
  readonly lastEvent: string
  /** The workflow and the fold that made it. */
  readonly workflow: string
  readonly fold: string
  readonly state: Stateful
}

/**
 * Where snapshots are kept. The command handler alone reads them, to decide on the present; what was known as of
 * another time is always folded from the log.
 */
export interface Snapshots {
  /** The latest one that this fold of this workflow made; a cache that cannot be read has none. */
  find(stream: string, workflow: string, fold: string): Promise<Snapshot | undefined>
  /** Keeps it in the background, where it can: never throws, and nobody waits for it. */
  keep(snapshot: Snapshot): void
}
