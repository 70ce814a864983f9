import type { Database } from '#database'
import type { EventStore } from '#event-store'
import { Lease, LeaseLost, leaseSeconds } from './lease.js'
import { pause } from './pause.js'
import type { Projection } from './projection.js'

/** Enough to make the cost of a transaction small beside that of its rows, few enough to hold in memory. */
const pageSize = 500

/** First wait after a failed page, doubled each time up to the longest. */
const firstRetryMs = 100
const longestRetryMs = 15_000

export interface RunnerLog {
  /** `projection` by name; the error carries no payload. */
  failed(projection: string, error: Error, retryInMs: number): void
}

/**
 * Keeps projections up to date: takes the lease of each, reads on from its checkpoint, writes page after page. Any
 * number of runners may run; each projection is written by one at a time, and by another within the lease time
 * after that one was killed.
 */
export class ProjectionRunner {
  readonly #stop = new AbortController()
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly log: RunnerLog,
  ) {}

  start(projections: readonly Projection[]): void {
    this.#running = Promise.all([this.#running, ...projections.map((projection) => this.#run(projection))])
  }

  /** Finishes the page in hand, gives the leases back. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(projection: Projection): Promise<void> {
    const { signal } = this.#stop
    let retryMs = firstRetryMs
    while (!signal.aborted) {
      let lease: Lease | null = null
      try {
        lease = await Lease.acquire(this.database, projection)
        if (lease === null) {
          await pause((leaseSeconds * 1000) / 4, signal)
          continue
        }
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

  async #follow(projection: Projection, lease: Lease, progressed: () => void): Promise<void> {
    const followed = new AbortController()
    const signal = AbortSignal.any([this.#stop.signal, followed.signal])
    let lost: unknown
    const renewing = this.#renew(lease, signal).catch((error: unknown) => {
      lost = error
      followed.abort()
    })
    try {
      const deliveries = this.store.subscribe(lease.position, { types: projection.events, pageSize, signal })
      for await (const delivery of deliveries) {
        const caughtUp = delivery.kind === 'caught-up'
        const events = caughtUp ? [] : delivery.events
        const to = { position: delivery.checkpoint, reflects: events.at(-1)?.recordedAt ?? null, caughtUp }
        await lease.advance(to, async (transaction) => {
          if (events.length > 0) await projection.apply(transaction, events)
        })
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
      await pause((leaseSeconds * 1000) / 3, signal)
      if (!signal.aborted) await lease.renew()
    }
  }
}
