import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { ProcessRunner } from '#engine'
import type { EventStore } from '#event-store'
import { eventually } from '#testing'
import { handler, workflows } from './ledger.test-support.js'
import type { Process } from './process.js'

/** Where a life ends: at so many effects, before or after the last of them. */
export interface Death {
  readonly atEffect: number
  readonly before: boolean
}

/** How far the runners have come; outlives them. */
export interface Checkpoint {
  position: bigint
}

/**
 * One life of a runner. From the moment of its death on it has no more effect on anything, as after a kill: what it had
 * sent is in, what it had not is not, and its memory is gone.
 */
export class Life {
  #effects = 0
  #isDead = false
  #failures = 0
  readonly #store: EventStore
  readonly #runner: ProcessRunner

  constructor(
    store: EventStore,
    private readonly checkpoint: Checkpoint,
    private readonly death: Death | null,
    private readonly processes: readonly Process[],
  ) {
    const append: EventStore['append'] = (...args) => this.#effect(() => store.append(...args))
    this.#store = Object.assign(Object.create(store) as EventStore, {
      append,
      readStream: store.readStream.bind(store),
      readAll: store.readAll.bind(store),
      subscribe: store.subscribe.bind(store),
      head: store.head.bind(store),
    })
    this.#runner = new ProcessRunner(
      {
        store: this.#store,
        commands: handler(this.#store),
        workflows,
        leadership: { whileLeading: (_name, stop, _failed, work) => this.#lead(stop, work) },
        failed: () => undefined,
      },
      { inFlight: 3, pageSize: 4 },
    )
  }

  /**
   * Lives until its death, or until every event up to the position is dealt with, after so many failures at least.
   */
  async live(until: bigint, afterFailures = 0): Promise<void> {
    this.#runner.start(this.processes)
    const isThere = (): boolean => this.checkpoint.position >= until && this.#failures >= afterFailures
    await eventually(() => this.#isDead || isThere())
    await this.#runner.stop()
  }

  /** How often its work failed and was begun anew. */
  get failures(): number {
    return this.#failures
  }

  async #effect<Result>(work: () => Promise<Result>): Promise<Result> {
    await yieldToOthers()
    if (this.#isDead) throw new Error('dead')
    const isLast = ++this.#effects === this.death?.atEffect
    if (isLast && this.death?.before === true) this.#die()
    const result = await work()
    if (isLast) this.#die()
    if (this.#isDead) throw new Error('dead')
    return result
  }

  #die(): never {
    this.#isDead = true
    throw new Error('dead')
  }

  async #lead(
    signal: AbortSignal,
    work: Parameters<ConstructorParameters<typeof ProcessRunner>[0]['leadership']['whileLeading']>[3],
  ): Promise<void> {
    const { checkpoint } = this
    const move = (to: bigint): Promise<void> =>
      this.#effect(() => {
        if (to > checkpoint.position || to === 0n) checkpoint.position = to
        return Promise.resolve()
      })
    while (!signal.aborted && !this.#isDead)
      try {
        await work({ position: checkpoint.position, signal, move, progressed: () => undefined })
      } catch {
        this.#failures++
        await yieldToOthers()
      }
  }
}
