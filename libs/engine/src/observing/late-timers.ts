import type { Database } from '#database'
import { selectLateTimers, selectTimersKnown } from './late-timers.sql.js'

export interface LateTimers {
  /** Timers whose time has come and that have not been dealt with. */
  readonly due: number
  /** How long ago the first of them was due, by the database's clock. */
  readonly secondsLate: number
}

/** Timers that are behind; none where the index of due times has not been made. */
export async function lateTimers(database: Database): Promise<LateTimers> {
  const known = await database.query<{ known: boolean }>(selectTimersKnown)
  if (known.rows[0]?.known !== true) return { due: 0, secondsLate: 0 }
  const { rows } = await database.query<{ due: number; late: number | null }>(selectLateTimers)
  return { due: rows[0]!.due, secondsLate: rows[0]!.late ?? 0 }
}
