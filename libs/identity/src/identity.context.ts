import type { Context } from '#engine'
import { actorWorkflow } from './domain/actor.workflow.js'
import { actorRecord, showActor } from './views/actor.queries.js'

/** Who acts: officials, systems, their roles and keys. */
export const identityContext: Context = {
  workflows: [actorWorkflow],
  projections: [],
  queries: [showActor, actorRecord.history, actorRecord.transitions],
}
