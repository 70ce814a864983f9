import type { EventStore } from '#event-store'
import { contextOf, type EventMetadata } from '#engine'
import type { RecordedVersion } from '../domain/procedure.events.js'
import { procedureWorkflow, type ProcedureState } from '../domain/procedure.workflow.js'
import { procedureKey } from '../domain/stream-key.js'

/** A procedure as of one of its revisions: all that a dossier pins of it. */
export interface ProcedureAsOf {
  readonly revision: number
  readonly versions: readonly RecordedVersion[]
}

/** Procedures a reader keeps; a province has some two thousand. */
const mostKept = 5_000

/**
 * Procedures straight from the log. A revision once read never changes; the newest one is asked for anew, only for
 * what came since.
 */
export class ProcedureReader {
  /** By code; the state after n events stands at n - 1. */
  readonly #states = new Map<string, readonly ProcedureState[]>()

  constructor(private readonly store: Pick<EventStore, 'readStream'>) {}

  /** As on record now; null where there is none of the code. */
  async find(code: string): Promise<ProcedureAsOf | null> {
    return asOf((await this.#read(code)).at(-1))
  }

  /** As of a revision that was pinned; null where the record has no such. */
  async revision(code: string, revision: number): Promise<ProcedureAsOf | null> {
    const known = this.#states.get(code)?.[revision - 1]
    return asOf(known ?? (await this.#read(code))[revision - 1])
  }

  async #read(code: string): Promise<readonly ProcedureState[]> {
    const known = this.#states.get(code) ?? []
    const events = await this.store.readStream(`${procedureWorkflow.name}-${procedureKey(code)}`, {
      fromRevision: BigInt(known.length),
    })
    if (events.length === 0) return known
    const states = [...known]
    for (const event of events) {
      const context = contextOf(event.metadata as unknown as EventMetadata)
      states.push(procedureWorkflow.evolve(states.at(-1) ?? procedureWorkflow.initial, event, context))
    }
    if (this.#states.size >= mostKept) this.#states.clear()
    if (states.length > (this.#states.get(code)?.length ?? 0)) this.#states.set(code, states)
    return states
  }
}

function asOf(state: ProcedureState | undefined): ProcedureAsOf | null {
  return state === undefined ? null : { revision: state.revision, versions: state.versions }
}
