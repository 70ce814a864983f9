import type { EventStore, Position } from '#event-store'
import type { EventMetadata } from '../commanding/command.js'
import { Bell } from '../projecting/bell.js'
import type { TimerScheduled } from './timer.events.js'
import { timerWorkflow } from './timer.workflow.js'

/** Sees in the log when a timer is set to an earlier time than the one that is slept until. */
export class ScheduleWatch {
  readonly bell = new Bell()
  /** Milliseconds. Whatever is set to a later time is found in the index when that has come. */
  until = Infinity
  #seen: Position

  /** @param from what is later than this place is watched; what is earlier must be looked for in the index. */
  constructor(private readonly from: Position) {
    this.#seen = from
  }

  /** The place in the log that the index must have reached to show everything that it rang for. */
  get seen(): Position {
    return this.#seen
  }

  async follow(store: Pick<EventStore, 'subscribe'>, signal: AbortSignal): Promise<void> {
    const filter = { types: ['timer.Scheduled', 'timer.Rescheduled'], signal }
    for await (const delivery of store.subscribe(this.from, filter)) {
      if (delivery.kind !== 'events') continue
      const earlier = delivery.events.findLast(({ type, data, metadata }) => {
        const { schema } = metadata as unknown as EventMetadata
        const { at } = timerWorkflow.upcast(type, data, schema) as Pick<TimerScheduled, 'at'>
        return Date.parse(at) <= this.until
      })
      if (earlier === undefined) continue
      this.#seen = earlier.position
      this.bell.ring()
    }
  }
}
