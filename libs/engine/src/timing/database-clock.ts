import type { Clock } from '#kernel'
import type { Database } from '#database'

/**
 * The database's time, the same for every process whatever its own clock says. Between readings it goes on by the
 * monotonic counter, which nobody sets; it is never ahead of the database.
 */
export class DatabaseClock implements Clock {
  #read = { time: Number.NaN, at: 0 }

  constructor(private readonly database: Pick<Database, 'query'>) {}

  /** Asks the database. */
  async read(): Promise<Date> {
    const { rows } = await this.database.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    this.#read = { time: rows[0]!.now.getTime(), at: performance.now() }
    return this.now()
  }

  /** By the last reading, which there must have been. */
  now(): Date {
    const { time, at } = this.#read
    return new Date(time + Math.floor(performance.now() - at))
  }
}
