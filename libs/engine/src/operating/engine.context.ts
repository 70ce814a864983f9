import type { Context } from '../context.js'
import { projectionWorkflow } from './projection.workflow.js'

/** What the engine itself has on record: the acts of those who operate it. */
export const engineContext: Context = { workflows: [projectionWorkflow], projections: [], queries: [] }
