import type { Database } from '#database'
import type { EventStore } from '#event-store'
import { SerialByKey } from '../commanding/serial-by-key.js'
import { observePage } from '../observing/observe-page.js'
import { CarryOut } from '../operating/carry-out.js'
import { followOperations } from '../operating/operation-follower.js'
import { Promotion } from '../operating/promotion.js'
import { succeed, type Send } from '../operating/succession.js'
import { Bell } from './bell.js'
import { buildsOf, type Build } from './build.js'
import { Filler } from './filler.js'
import { LeaseLost } from './lease-lost.js'
import { Lease } from './lease.js'
import { pause } from './pause.js'
import { Presence } from './presence.js'
import { typesOf, type Projection } from './projection.js'
import { spareCheckpoints } from './spare-checkpoints.js'

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
  /** An event could not be applied: its stream stands still in the view from here on. */
  parked?(projection: string, stream: string, code: string): void
}

export interface RunnerOptions {
  readonly leaseMs?: number
  /** Events a page, and so a transaction, at most. */
  readonly pageSize?: number
  /**
   * Sends the command by which a new version is promoted once the program does not know the live one any more.
   * Default: that is left to an operator.
   */
  readonly send?: Send
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
  readonly #send: Send | undefined
  readonly #bell = new Bell()
  readonly #turns = new SerialByKey()
  #projections: readonly Projection[] = []
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly log: RunnerLog,
    { leaseMs = defaultLeaseMs, pageSize = defaultPageSize, send }: RunnerOptions = {},
  ) {
    this.#presence = new Presence(database)
    this.#leaseMs = leaseMs
    this.#pageSize = pageSize
    this.#send = send
  }

  /** Once; several versions of one projection may be among them. */
  start(projections: readonly Projection[]): void {
    this.#projections = projections
    this.#running = Promise.all([
      followOperations(
        {
          store: this.store,
          database: this.database,
          ring: () => this.#bell.ring(),
          failed: (error, retryInMs) => this.log.failed('operations', error, retryInMs),
        },
        this.#stop.signal,
      ),
      ...projections.map((projection) => this.#tend(projection)),
    ])
  }

  /** Finishes the page in hand, gives the leases back. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
    this.#presence.withdraw()
  }

  /** Runs every build of the projection's version: those that come to be later too, no longer than they are kept. */
  async #tend(projection: Projection): Promise<void> {
    const { signal } = this.#stop
    const running = new Map<number, { readonly end: AbortController; readonly done: Promise<void> }>()
    let retryMs = firstRetryMs
    while (!signal.aborted)
      try {
        const { rung } = this.#bell
        const builds = await buildsOf(this.database, this.store, projection)
        for (const build of builds)
          if (!running.has(build.build)) running.set(build.build, this.#begin(projection, build))
        for (const [build, { end, done }] of running)
          if (!builds.some((kept) => kept.build === build)) {
            end.abort()
            await done
            running.delete(build)
          }
        retryMs = firstRetryMs
        if (rung === this.#bell.rung) await this.#bell.during(pause(this.#leaseMs / 4, signal))
      } catch (error) {
        this.log.failed(projection.name, error as Error, retryMs)
        await pause(retryMs, signal)
        retryMs = Math.min(retryMs * 2, longestRetryMs)
      }
    await Promise.all([...running.values()].map(({ done }) => done))
  }

  #begin(projection: Projection, build: Build): { end: AbortController; done: Promise<void> } {
    const end = new AbortController()
    return { end, done: this.#run(projection, build, AbortSignal.any([this.#stop.signal, end.signal])) }
  }

  async #run(projection: Projection, build: Build, signal: AbortSignal): Promise<void> {
    let retryMs = firstRetryMs
    let lookMs = firstLookMs
    while (!signal.aborted) {
      let lease: Lease | null = null
      try {
        lease = await this.#acquire(build)
        if (lease === null) {
          await this.#bell.during(pause(lookMs, signal))
          lookMs = Math.min(lookMs * 2, this.#leaseMs / 4)
          continue
        }
        lookMs = firstLookMs
        await this.#follow(projection, lease, signal, () => (retryMs = firstRetryMs))
      } catch (error) {
        if (error instanceof LeaseLost || signal.aborted) continue
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

  async #follow(
    projection: Projection,
    lease: Lease,
    ending: AbortSignal,
    progressed: () => void,
  ): Promise<void> {
    const followed = new AbortController()
    const signal = AbortSignal.any([ending, followed.signal])
    let lost: unknown
    const renewing = this.#renew(lease, signal).catch((error: unknown) => {
      lost = error
      followed.abort()
    })
    try {
      const { database, store } = this
      const parked = (stream: string, code: string): void => this.log.parked?.(projection.name, stream, code)
      const filler = await Filler.open({ database, store, projection, lease, signal, parked })
      await this.#fill(projection, lease, filler, signal, progressed)
    } catch (error) {
      // The end of the lease ends what is under way: not the other way round.
      if (lost === undefined) throw error
    } finally {
      followed.abort()
      await renewing
    }
    if (lost !== undefined) throw lost
  }

  /** Takes page after page, and between them what operators order. */
  async #fill(
    projection: Projection,
    lease: Lease,
    filler: Filler,
    signal: AbortSignal,
    progressed: () => void,
  ): Promise<void> {
    const { database, store } = this
    const promotion = new Promotion({ database, store, lease, filler, signal })
    const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> =>
      this.#turns.run('promotion', work)
    const orders = new CarryOut({ database, lease, filler, promotion, inTurn, signal })
    const reading = new AbortController()
    const filter = {
      types: typesOf(projection),
      pageSize: this.#pageSize,
      signal: AbortSignal.any([signal, reading.signal]),
    }
    const deliveries = spareCheckpoints(store.subscribe(lease.position, filter))[Symbol.asyncIterator]()
    let [caughtUp, succeeded, heard] = [false, this.#send === undefined, this.#bell.rung]
    let next = deliveries.next()
    try {
      for (;;) {
        if (heard !== this.#bell.rung) orders.lookAgain()
        heard = this.#bell.rung
        if (signal.aborted) return
        await orders.run(caughtUp)
        const delivered = heard === this.#bell.rung ? await this.#bell.during(next) : null
        if (delivered === null) continue
        if (delivered.done === true) return
        await observePage(projection.name, delivered.value, (page) => filler.take(page))
        progressed()
        caughtUp ||= delivered.value.kind === 'caught-up'
        if (caughtUp && !succeeded)
          succeeded = await succeed(
            database,
            lease.build,
            (version) => this.#knows(projection.name, version),
            this.#send!,
          )
        next = deliveries.next()
      }
    } finally {
      // It may be waiting for events that will not come.
      reading.abort()
      await next.catch(() => undefined)
      await deliveries.return()
    }
  }

  #knows(name: string, version: number): boolean {
    return this.#projections.some((known) => known.name === name && known.version === version)
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
