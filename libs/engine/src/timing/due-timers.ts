import type { Database } from '#database'
import { selectDue, selectNextDue, selectTimerDueExists } from './timer-due.sql.js'
import type { CatchUp } from './timer.events.js'
import type { Rhythm } from './timer.rule.js'

/** A due time of a timer, as the index or the timer itself tells it. */
export interface Due extends Rhythm {
  readonly timer: string
  readonly schedule: number
  readonly occurrence: number
  /** The event that set the timer, and what that belongs to. */
  readonly cause: string
  readonly correlation: string
}

/** Where to read on: after the last due time read. */
type Place = Pick<Due, 'at' | 'timer'>

const beforeAll: Place = { at: '-infinity', timer: '' }

/** The index of due times. Every look is one statement, however many timers wait. */
export class DueTimers {
  constructor(
    private readonly database: Pick<Database, 'query'>,
    readonly pageSize: number,
  ) {}

  /** Whether the index has been made yet. */
  async exist(): Promise<boolean> {
    const { rows } = await this.database.query<{ made: boolean }>(selectTimerDueExists)
    return rows[0]!.made
  }

  async page(now: Date, { at, timer }: Place = beforeAll): Promise<readonly Due[]> {
    const { rows } = await this.database.query<{
      timer: string
      due_at: Date
      schedule: number
      occurrence: number
      every: string | null
      catch_up: CatchUp
      cause: string
      correlation: string
    }>(selectDue, [now, at, timer, this.pageSize])
    return rows.map(({ due_at, catch_up, ...row }) => ({
      ...row,
      at: due_at.toISOString(),
      catchUp: catch_up,
    }))
  }

  /** When the next timer is due after the moment; Infinity where none is. Milliseconds. */
  async next(after: Date): Promise<number> {
    const { rows } = await this.database.query<{ due_at: Date | null }>(selectNextDue, [after])
    return rows[0]!.due_at?.getTime() ?? Infinity
  }
}
