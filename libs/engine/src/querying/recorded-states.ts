import type { EventStore } from '#event-store'
import { contextOf } from '../commanding/aggregate.js'
import type { EventMetadata } from '../commanding/command.js'
import type { Stateful, Workflow } from '../workflow/workflow.js'

/** An aggregate as it stood after one of its events, and when and where in the log that was recorded. */
export interface RecordedState<State> {
  readonly state: State
  readonly position: bigint
  readonly recordedAt: Date
}

/** Aggregates kept in memory; a province has some two thousand procedures. */
const mostKept = 5_000

/**
 * Aggregates whose every state may be asked for again, such as rules that others pin: read from their own streams, so
 * that an answer never waits for a view and knows what was written before it. Only what is new is read each time; for
 * aggregates of few events.
 */
export class RecordedStates<State extends Stateful> {
  readonly #known = new Map<string, readonly RecordedState<State>[]>()
  readonly #readings = new Map<string, Promise<readonly RecordedState<State>[]>>()

  constructor(
    private readonly workflow: Workflow<State>,
    private readonly store: Pick<EventStore, 'readStream'>,
  ) {}

  /** As read last; the state after n events stands at n - 1. */
  known(aggregate: string): readonly RecordedState<State>[] {
    return this.#known.get(aggregate) ?? []
  }

  /** Two questions at once may read the same events twice; the longer reading is kept. */
  async read(aggregate: string): Promise<readonly RecordedState<State>[]> {
    const known = this.known(aggregate)
    const stream = `${this.workflow.name}-${aggregate}`
    const events = await this.store.readStream(stream, { fromRevision: BigInt(known.length) })
    if (events.length === 0) return known
    const states = [...known]
    for (const event of events) {
      const context = contextOf(event.metadata as unknown as EventMetadata)
      const state = this.workflow.evolve(states.at(-1)?.state ?? this.workflow.initial, event, context)
      states.push({ state, position: event.position, recordedAt: event.recordedAt })
    }
    if (this.#known.size >= mostKept) this.#known.clear()
    if (states.length > this.known(aggregate).length) this.#known.set(aggregate, states)
    return states
  }

  /** Questions that come while another is being answered share its reading, which may miss what was written meanwhile. */
  readShared(aggregate: string): Promise<readonly RecordedState<State>[]> {
    const underWay = this.#readings.get(aggregate)
    if (underWay !== undefined) return underWay
    const reading = this.read(aggregate).finally(() => this.#readings.delete(aggregate))
    this.#readings.set(aggregate, reading)
    return reading
  }
}
