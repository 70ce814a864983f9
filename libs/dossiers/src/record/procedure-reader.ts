import type { EventStore } from '#event-store'
import { RecordedStates, type RecordedState } from '#engine'
import type { RecordedVersion } from '../domain/procedure.events.js'
import { procedureWorkflow, type ProcedureState } from '../domain/procedure.workflow.js'
import { procedureKey } from '../domain/stream-key.js'

/** A procedure as of one of its revisions: all that a dossier pins of it. */
export interface ProcedureAsOf {
  readonly revision: number
  readonly versions: readonly RecordedVersion[]
}

/**
 * Procedures straight from the log. A revision once read never changes; the newest one is asked for anew, only for
 * what came since.
 */
export class ProcedureReader {
  readonly #states: RecordedStates<ProcedureState>

  constructor(store: Pick<EventStore, 'readStream'>) {
    this.#states = new RecordedStates(procedureWorkflow, store)
  }

  /** As on record now; null where there is none of the code. */
  async find(code: string): Promise<ProcedureAsOf | null> {
    return asOf((await this.#states.read(procedureKey(code))).at(-1))
  }

  /** As of a revision that was pinned; null where the record has no such. */
  async revision(code: string, revision: number): Promise<ProcedureAsOf | null> {
    const key = procedureKey(code)
    return asOf(this.#states.known(key)[revision - 1] ?? (await this.#states.read(key))[revision - 1])
  }
}

function asOf(found: RecordedState<ProcedureState> | undefined): ProcedureAsOf | null {
  return found === undefined ? null : { revision: found.state.revision, versions: found.state.versions }
}
