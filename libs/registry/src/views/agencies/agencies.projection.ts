import { foldTouched, type Projection } from '#engine'
import { agencyWorkflow } from '../../domain/agency.workflow.js'
import { createAgencies, selectAgencyStates, upsertAgencies } from './agencies.sql.js'

/** Every agency as it stands: what names are resolved against. */
export const agenciesProjection: Projection = {
  name: 'agencies',
  version: 1,
  events: agencyWorkflow.eventTypes,
  create: createAgencies,
  rules: [agencyWorkflow, upsertAgencies],
  async apply(transaction, events) {
    const agencies = await foldTouched(agencyWorkflow, events, transaction, selectAgencyStates)
    const rows = agencies.map(({ id, state }) => ({ id, state }))
    await transaction.query(upsertAgencies, [JSON.stringify(rows)])
  },
}
