import type { Context } from '../context.js'
import { attemptLogProjection } from './attempts/attempt-log.projection.js'
import { findAttempts } from './attempts/attempts.query.js'
import { eventTraceProjection } from './trace/event-trace.projection.js'
import { findTrace } from './trace/trace.query.js'

/** What can be asked about the log itself: which attempts failed, and why an event is there. */
export const observingContext: Context = {
  workflows: [],
  projections: [attemptLogProjection, eventTraceProjection],
  queries: [findAttempts, findTrace],
}
