import type { Context } from '../context.js'
import { timerDue } from './timer-due.projection.js'
import { timerWorkflow } from './timer.workflow.js'
import { findTimer, listTimers } from './timers.queries.js'

/** Points in time that come about. */
export const timingContext: Context = {
  workflows: [timerWorkflow],
  projections: [timerDue],
  queries: [listTimers, findTimer],
}
