import type { LocalDate, Moment } from '#calendar'
import { isResultBeforeAcceptance, type Life } from './life.js'
import type { ResultClock } from './result-clock.js'
import type { Rulebook } from './rulebook.js'

export interface Lateness {
  readonly late: boolean
  /** Days in (due, end]; both 0 where it is not late. 0 working days with 1 calendar day is late. */
  readonly lateBy: { readonly workingDays: number; readonly calendarDays: number }
  /** A result before the due day, and not before the acceptance. */
  readonly early: boolean
}

/** Judged at the result, else at the end, else at the as-of day. Without a due date nothing is late or early. */
export function latenessOf({ calendar }: Rulebook, { due }: ResultClock, life: Life, asOf: Moment): Lateness {
  const { end, hasResult } = life
  const judged: LocalDate = end?.occurredAt.date ?? asOf.date
  if (due === null || judged <= due)
    return {
      late: false,
      lateBy: { workingDays: 0, calendarDays: 0 },
      early: due !== null && hasResult && judged < due && !isResultBeforeAcceptance(life),
    }
  const calendarDays = (Date.parse(judged) - Date.parse(due)) / 86_400_000
  return {
    late: true,
    lateBy: { workingDays: calendar.workingDaysBetween(due, judged), calendarDays },
    early: false,
  }
}
