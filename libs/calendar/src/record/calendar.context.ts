import type { Context } from '#engine'
import { calendarQueries } from './calendar.query.js'
import { calendarWorkflow } from './calendar.workflow.js'

/** The business calendar: days off and working Saturdays, version by version. It needs no view: see `CalendarReader`. */
export const calendarContext: Context = {
  workflows: [calendarWorkflow],
  projections: [],
  queries: calendarQueries,
}
