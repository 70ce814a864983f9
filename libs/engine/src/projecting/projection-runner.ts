import type { Database } from '#database'
import type { Delivery, EventStore } from '#event-store'
import { buildsOf, type Build } from './build.js'
import { Lease, LeaseLost } from './lease.js'
import { pause } from './pause.js'
import { Presence } from './presence.js'
import type { Projection } from './projection.js'

/**
 * How long a projection stands still at most when its worker hangs or its machine is gone; renewed at a third of it.
 * A worker that was merely killed is noticed at once, by its lost connection.
 */
const defaultLeaseMs = 10_000

/** Enough to make the cost of a transaction small beside that of its rows, few enough to hold in memory. */
const defaultPageSize = 1_000

/** First wait after a failed page, doubled each time up to the longest. */
const firstRetryMs = 100
const longestRetryMs = 15_000

/** First look again at a lease another has: a killed one's connection takes a moment to end. Doubled each time. */
const firstLookMs = 50

export interface RunnerLog {
  /** `projection` by name; the error carries no payload. */
  failed(projection: string, error: Error, retryInMs: number): void
}

export interface RunnerOptions {
  readonly leaseMs?: number
  /** Events a page, and so a transaction, at most. */
  readonly pageSize?: number
}

/**
 * Keeps projections up to date: takes the lease of each, reads on from its checkpoint, writes page after page. Any
 * number of runners may run; each projection is written by one at a time. When that one is killed another goes on
 * from its checkpoint, within a lease's quarter at most; when it hangs, after the lease's time.
 */
export class ProjectionRunner {
  readonly #stop = new AbortController()
  readonly #presence: Presence
  readonly #leaseMs: number
  readonly #pageSize: number
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly log: RunnerLog,
    { leaseMs = defaultLeaseMs, pageSize = defaultPageSize }: RunnerOptions = {},
  ) {
    this.#presence = new Presence(database)
    this.#leaseMs = leaseMs
    this.#pageSize = pageSize
  }

  start(projections: readonly Projection[]): void {
    this.#running = Promise.all([this.#running, ...projections.map((projection) => this.#tend(projection))])
  }

  /** Finishes the page in hand, gives the leases back. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
    this.#presence.withdraw()
  }

  /** Runs every build of the projection's version, those that come to be later too. */
  async #tend(projection: Projection): Promise<void> {
    const { signal } = this.#stop
    const running = new Map<number, Promise<void>>()
    let retryMs = firstRetryMs
    while (!signal.aborted)
      try {
        for (const build of await buildsOf(this.database, this.store, projection))
          if (!running.has(build.build)) running.set(build.build, this.#run(projection, build))
        retryMs = firstRetryMs
        await pause(this.#leaseMs / 4, signal)
      } catch (error) {
        this.log.failed(projection.name, error as Error, retryMs)
        await pause(retryMs, signal)
        retryMs = Math.min(retryMs * 2, longestRetryMs)
      }
    await Promise.all(running.values())
  }

  async #run(projection: Projection, build: Build): Promise<void> {
    const { signal } = this.#stop
    let retryMs = firstRetryMs
    let lookMs = firstLookMs
    while (!signal.aborted) {
      let lease: Lease | null = null
      try {
        lease = await this.#acquire(build)
        if (lease === null) {
          await pause(lookMs, signal)
          lookMs = Math.min(lookMs * 2, this.#leaseMs / 4)
          continue
        }
        lookMs = firstLookMs
        await lease.open(projection)
        await this.#follow(projection, lease, () => (retryMs = firstRetryMs))
      } catch (error) {
        if (error instanceof LeaseLost) continue
        this.log.failed(projection.name, error as Error, retryMs)
        await lease?.fail((error as Error).message).catch(() => undefined)
        await pause(retryMs, signal)
        retryMs = Math.min(retryMs * 2, longestRetryMs)
      } finally {
        await lease?.release().catch(() => undefined)
      }
    }
  }

  async #acquire(build: Build): Promise<Lease | null> {
    await this.#presence.announce()
    return Lease.acquire(this.database, build, { holder: this.#presence.id, milliseconds: this.#leaseMs })
  }

  async #follow(projection: Projection, lease: Lease, progressed: () => void): Promise<void> {
    const followed = new AbortController()
    const signal = AbortSignal.any([this.#stop.signal, followed.signal])
    let lost: unknown
    const renewing = this.#renew(lease, signal).catch((error: unknown) => {
      lost = error
      followed.abort()
    })
    try {
      const filter = { types: projection.events, pageSize: this.#pageSize, signal }
      for await (const delivery of this.store.subscribe(lease.position, filter)) {
        await take(delivery, projection, lease)
        progressed()
      }
    } finally {
      followed.abort()
      await renewing
    }
    if (lost !== undefined) throw lost
  }

  /** A worker with nothing to write still says that it is there. */
  async #renew(lease: Lease, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(this.#leaseMs / 3, signal)
      if (signal.aborted) return
      await this.#presence.announce()
      await lease.renew()
    }
  }
}

async function take(delivery: Delivery, projection: Projection, lease: Lease): Promise<void> {
  const position = delivery.checkpoint
  if (delivery.kind === 'caught-up') return lease.advance({ position, reflects: null, caughtUp: true })
  const { events } = delivery
  const reflects = events.at(-1)?.recordedAt ?? null
  await lease.write({ position, reflects, caughtUp: false }, (transaction) =>
    projection.apply(transaction, events),
  )
}
