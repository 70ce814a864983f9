import type { EventStore, Position } from '#event-store'
import type { EventMetadata } from '../commanding/command.js'
import { Bell } from '../projecting/bell.js'
import type { TimerScheduled } from './timer.events.js'
import { timerWorkflow } from './timer.workflow.js'

/** Timers that were set, in the log, and that the index may not show yet: the earliest of a page, and its last place. */
interface Noticed {
  readonly at: number
  readonly position: Position
}

/** Sees in the log to what times timers are set, before the index shows them. */
export class ScheduleWatch {
  /** Rings when a timer is set to an earlier time than the one that is slept until. */
  readonly bell = new Bell()
  /** Milliseconds. */
  until = -Infinity
  #noticed: readonly Noticed[]

  /** @param from what is later than this place is watched; what is earlier may be due at once, until the index is there. */
  constructor(private readonly from: Position) {
    this.#noticed = [{ at: -Infinity, position: from }]
  }

  /** The earliest time that the index may not show yet; Infinity where it shows all. Milliseconds. */
  get earliest(): number {
    return this.#noticed.reduce((earliest, { at }) => Math.min(earliest, at), Infinity)
  }

  /** The index shows everything up to this place. */
  shown(position: Position): void {
    this.#noticed = this.#noticed.filter((noticed) => noticed.position > position)
  }

  async follow(store: Pick<EventStore, 'subscribe'>, signal: AbortSignal): Promise<void> {
    const filter = { types: ['timer.Scheduled', 'timer.Rescheduled'], signal }
    for await (const delivery of store.subscribe(this.from, filter)) {
      if (delivery.kind !== 'events') continue
      const times = delivery.events.map(({ type, data, metadata }) => {
        const { schema } = metadata as unknown as EventMetadata
        return Date.parse((timerWorkflow.upcast(type, data, schema) as Pick<TimerScheduled, 'at'>).at)
      })
      const at = Math.min(...times)
      this.#noticed = [...this.#noticed, { at, position: delivery.checkpoint }]
      if (at < this.until) this.bell.ring()
    }
  }
}
