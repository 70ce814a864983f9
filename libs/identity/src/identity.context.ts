import type { Context } from '#engine'
import { actorWorkflow } from './domain/actor.workflow.js'

/** Who acts: officials, systems, their roles and keys. */
export const identityContext: Context = { workflows: [actorWorkflow], projections: [], queries: [] }
