import { parseMoment } from '#calendar'
import type { EventStore } from '#event-store'
import { invalid, RoviecError } from '#kernel'
import { dateOutsideCalendar } from '../evaluate/line-rejection.js'
import { rulebooksOf } from './rulebooks.js'

/**
 * Holds the time that a correction gives against the calendar in force, as a line of a source is: a decision has no
 * calendar. What has another form is left to the decision.
 *
 * @throws RoviecError `date-outside-calendar`.
 */
export async function checkCorrection(store: EventStore, data: unknown): Promise<void> {
  const { occurredAt } =
    (data as { readonly change?: { readonly occurredAt?: unknown } } | null)?.change ?? {}
  const year = typeof occurredAt === 'string' ? yearOf(occurredAt) : null
  if (year === null) return
  const { firstYear, lastYear } = await rulebooksOf(store).calendar()
  if (year >= firstYear && year <= lastYear) return
  const { code, message } = dateOutsideCalendar('change.occurredAt', firstYear, lastYear)
  throw invalid(code, message, { firstYear, lastYear })
}

function yearOf(text: string): number | null {
  try {
    return Number(parseMoment(text).date.slice(0, 4))
  } catch (error) {
    if (error instanceof RoviecError) return null
    throw error
  }
}
