import type { Context } from '#engine'
import { agencyWorkflow } from './domain/agency.workflow.js'
import { agenciesProjection } from './views/agencies/agencies.projection.js'
import { agencyRecord, findAgency, listAgencies, resolveNames } from './views/agencies/agencies.queries.js'

/** Agencies: names, spellings, codes and successions over time. */
export const registryContext: Context = {
  workflows: [agencyWorkflow],
  projections: [agenciesProjection],
  queries: [resolveNames, listAgencies, findAgency, agencyRecord.history, agencyRecord.transitions],
}
