import type { Database } from '#database'
import { beforeFirst, type EventStore, type Position } from '#event-store'
import { CommandHandler } from '../commanding/command-handler.js'
import type { Snapshots } from '../commanding/snapshots/snapshots.js'
import { atMost } from '../leading/at-most.js'
import type { Failed, Lead, Leadership } from '../leading/leadership.js'
import { together } from '../leading/together.js'
import { unmeasured, type Measures } from '../observing/measures.js'
import { observeFire } from '../observing/observe-step.js'
import { pause } from '../projecting/pause.js'
import { progressOf, ViewBeingRebuilt } from '../projecting/progress.js'
import { DatabaseClock } from './database-clock.js'
import { DueTimers, type Due } from './due-timers.js'
import { deal } from './firing.js'
import { Rounds, type DealtWith } from './rounds.js'
import { ScheduleWatch } from './schedule-watch.js'
import { timerDue } from './timer-due.projection.js'
import { timerWorkflow } from './timer.workflow.js'

/** Fires under way at a time: what they append at once fills a group commit of the store by half. */
const defaultInFlight = 128

/** Due timers read at a time. */
const defaultPageSize = 1_000

/** Sleeps end after this at the latest: the safety net should the database's clock be set. */
const longestSleepMs = 30_000

/** Rows that were dealt with and still stand: the index follows in a moment, or never where a stream is parked. */
const firstLookMs = 10
const longestLookMs = 5_000

export interface TimerRunnerParts {
  readonly store: EventStore
  readonly database: Database
  readonly leadership: Leadership
  readonly failed: Failed
  readonly snapshots?: Snapshots
  /** Default: nothing is counted. */
  readonly measures?: Measures
}

export interface TimerRunnerOptions {
  readonly inFlight?: number
  readonly pageSize?: number
}

/**
 * Fires timers when they are due, by the database's clock. It reads no other: it decides on a command handler of its
 * own, whose clock is that one. Any number may run; one leads. What it does not know is nothing but the index of due
 * times, and every fire is decided by the timer's own stream.
 */
export class TimerRunner {
  readonly #stop = new AbortController()
  readonly #clock: DatabaseClock
  readonly #commands: CommandHandler
  readonly #due: DueTimers
  readonly #inFlight: number
  #running: Promise<void> = Promise.resolve()

  constructor(
    private readonly parts: TimerRunnerParts,
    { inFlight = defaultInFlight, pageSize = defaultPageSize }: TimerRunnerOptions = {},
  ) {
    const { store, database, snapshots, measures = unmeasured } = parts
    this.#clock = new DatabaseClock(database)
    this.#commands = new CommandHandler({
      store,
      clock: this.#clock,
      workflows: [timerWorkflow],
      measures,
      ...(snapshots && { snapshots }),
    })
    this.#due = new DueTimers(database, pageSize)
    this.#inFlight = inFlight
  }

  start(): void {
    const { leadership, failed } = this.parts
    this.#running = leadership.whileLeading('timers', this.#stop.signal, failed, (lead) => this.#lead(lead))
  }

  /** Finishes the fires in hand. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #lead({ signal: end, progressed }: Lead): Promise<void> {
    const watch = new ScheduleWatch(await this.parts.store.head())
    await together(end, [
      (signal) => watch.follow(this.parts.store, signal),
      (signal) => this.#fire(watch, signal, progressed),
    ])
  }

  async #fire(watch: ScheduleWatch, signal: AbortSignal, progressed: () => void): Promise<void> {
    while (!signal.aborted && !(await this.#due.exist())) await pause(firstLookMs * 10, signal)
    const rounds = new Rounds(this.#due, this.#clock)
    let lookMs = firstLookMs
    while (!signal.aborted) {
      watch.shown(await this.#indexed())
      const recorded = await rounds.run((dues) => this.#deal(dues, signal), signal)
      progressed()
      const next = await rounds.next()
      // From here to the sleep nothing is waited for, so that nothing set meanwhile is overlooked.
      const now = this.#clock.now().getTime()
      const wake = Math.min(next, watch.earliest)
      const isSettled = rounds.standing === 0 && watch.earliest > now
      lookMs = recorded > 0 || isSettled ? firstLookMs : Math.min(lookMs * 2, longestLookMs)
      watch.until = wake
      const sleepMs = isSettled ? Math.min(wake - now, longestSleepMs) : Math.min(next - now, lookMs)
      await watch.bell.during(pause(Math.max(0, sleepMs), signal))
      watch.until = -Infinity
    }
  }

  /** Up to where the index shows the log. */
  async #indexed(): Promise<Position> {
    try {
      return (await progressOf(this.parts.database, timerDue)).position
    } catch (error) {
      if (error instanceof ViewBeingRebuilt) return beforeFirst
      throw error
    }
  }

  async #deal(dues: readonly Due[], signal: AbortSignal): Promise<DealtWith> {
    const next: Due[] = []
    let recorded = 0
    const failed = (error: Error): void => this.parts.failed('timers', error, 0)
    await atMost(this.#inFlight, dues, signal, async (due) => {
      const cause = { id: due.cause, correlationId: due.correlation }
      const dealt = await observeFire(cause, () => deal(this.#commands, this.#clock, due, failed))
      if (dealt.done) {
        recorded++
        this.parts.measures?.fired((this.#clock.now().getTime() - Date.parse(due.at)) / 1_000)
      }
      if (dealt.next !== null) next.push(dealt.next)
    })
    return { recorded, next }
  }
}
