import { createHash } from 'node:crypto'
import type { EventStore } from '#event-store'
import type { Workflow } from '../workflow/workflow.js'
import { advance, emptyAggregate, type Aggregate } from './aggregate.js'
import { AggregateCache } from './aggregate-cache.js'
import type { Snapshots } from './snapshots/snapshots.js'

/**
 * The end of a stream that is read at once: a stream that fits in needs no snapshot at all, which spares nearly every
 * aggregate the second question; more would be felt where the stream is long.
 */
const tailLength = 40n

/** Events from snapshot to snapshot: half a tail, so that a tail reaches back to it even when one was not kept. */
const eventsBetweenSnapshots = 20n

/** Where commands get their aggregates: those of late from memory, the others from the log, long ones by snapshots. */
export class Aggregates {
  readonly #cache = new AggregateCache()
  readonly #folds = new WeakMap<Workflow, string>()

  constructor(
    private readonly store: Pick<EventStore, 'readStream'>,
    private readonly snapshots: Snapshots | null,
  ) {}

  /** As it was lately, possibly behind the log. */
  cached(stream: string): Aggregate | undefined {
    return this.#cache.get(stream)
  }

  /** As of now. It may not be `whole`. */
  async current(workflow: Workflow, stream: string): Promise<Aggregate> {
    if (this.snapshots === null || this.cached(stream) !== undefined) return this.#forward(workflow, stream)
    const newestFirst = await this.store.readStream(stream, {
      direction: 'backward',
      limit: Number(tailLength),
    })
    const tail = newestFirst.toReversed()
    if (tail.length === 0 || tail[0]!.revision === 0n)
      return this.#keep(workflow, stream, advance(workflow, emptyAggregate(workflow), tail), null)
    const snapshot = await this.snapshots.find(stream, workflow.name, this.#foldOf(workflow))
    const at = tail.findIndex(({ id }) => id === snapshot?.lastEvent)
    if (snapshot === undefined || at < 0 || tail[at]!.revision !== snapshot.revision)
      return this.#forward(workflow, stream)
    const { state, revision, lastEvent } = snapshot
    // Snapshots are taken between commands, so whatever command is remembered from here on is remembered with all
    // of its events.
    const base: Aggregate = { state, revision, lastEvent, whole: false, commands: new Map() }
    return this.#keep(workflow, stream, advance(workflow, base, tail.slice(at + 1)), revision)
  }

  /** As of now, with every command of the stream. */
  async whole(workflow: Workflow, stream: string): Promise<Aggregate> {
    return this.#forward(workflow, stream, ({ whole }) => whole)
  }

  /** Remembers what `before` has become by an append. */
  appended(workflow: Workflow, stream: string, before: Aggregate, after: Aggregate): void {
    this.#keep(workflow, stream, after, before.revision)
  }

  /** What is in memory, where it will do, and what the log has beyond it. */
  async #forward(
    workflow: Workflow,
    stream: string,
    willDo: (aggregate: Aggregate) => boolean = () => true,
  ): Promise<Aggregate> {
    const cached = this.#cache.get(stream)
    const known = cached !== undefined && willDo(cached) ? cached : emptyAggregate(workflow)
    const events = await this.store.readStream(
      stream,
      known.revision === null ? {} : { fromRevision: known.revision + 1n },
    )
    return this.#keep(workflow, stream, advance(workflow, known, events), known.revision)
  }

  #keep(workflow: Workflow, stream: string, aggregate: Aggregate, before: bigint | null): Aggregate {
    const { state, revision, lastEvent } = aggregate
    if (revision === null || lastEvent === null) return aggregate
    this.#cache.set(stream, aggregate)
    if (this.snapshots !== null && isDue(before, revision))
      this.snapshots.keep({
        stream,
        revision,
        lastEvent,
        workflow: workflow.name,
        fold: this.#foldOf(workflow),
        state,
      })
    return aggregate
  }

  /** Tells the fold from every other: a snapshot that another one has made is not used. */
  #foldOf(workflow: Workflow): string {
    let fold = this.#folds.get(workflow)
    if (fold === undefined) {
      fold = createHash('sha256').update(`${workflow.foldVersion}\n${workflow.foldText}`).digest('base64url')
      this.#folds.set(workflow, fold)
    }
    return fold
  }
}

/** Each time a stream too long for a tail passes a multiple of the distance; told by its length, kept nowhere. */
function isDue(before: bigint | null, now: bigint): boolean {
  const [had, has] = [before === null ? 0n : before + 1n, now + 1n]
  return has > tailLength && has / eventsBetweenSnapshots > had / eventsBetweenSnapshots
}
