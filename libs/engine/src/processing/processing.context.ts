import type { Context } from '../context.js'
import { processProjection } from './process.projection.js'
import { findProcess, findIncidents, listProcesses } from './process.queries.js'
import { processWorkflow } from './process.workflow.js'

/** What the system does by itself. */
export const processingContext: Context = {
  workflows: [processWorkflow],
  projections: [processProjection],
  queries: [listProcesses, findProcess, findIncidents],
}
