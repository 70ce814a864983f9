export { agencyWorkflow, type AgencyState } from './domain/agency.workflow.js'
export type { AgencyEvent, AgencyEvents } from './domain/agency.events.js'
export type { AgencyKind, AgencyRecord } from './domain/agency.js'
export { agencyId, seedCommands, type AgencySeed, type SeedCommand } from './domain/agency-seed.js'
export { createDirectory, type AgencyDirectory, type ResolvedAgency } from './domain/agency-directory.js'
export { evolveDirectory } from './domain/agency-fold.js'
export { registryContext } from './registry.context.js'
export { agenciesProjection } from './views/agencies/agencies.projection.js'
export {
  agencyRecord,
  defaultProvince,
  findAgency,
  listAgencies,
  resolveNames,
  type AgencyListed,
} from './views/agencies/agencies.queries.js'
export { readDirectory } from './views/agencies/directory.reader.js'
