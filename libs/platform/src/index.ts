export { contexts } from './contexts.js'
export { viewsWithPersonalFields } from './personal-views.js'
export { readConfig, type Config, type Mode } from './config.js'
export { withEventStoreAccount } from './event-store-account.js'
export { openPlatform, type Platform, type PlatformOptions } from './platform.js'
export {
  accountability,
  asksForTasks,
  type Accountability,
  type AccountabilityLine,
} from './accountability.js'
export { askForDuties, type Ask, type DutiesShown } from './duties.js'
export type { SystemLag } from './lag-watch.js'
export { agenciesOnRecord } from './agencies-by-name.js'
export { agenciesToBeSeeded } from './agencies-to-be-seeded.js'
export { ingestDossiers } from './ingest-dossiers.js'
export { logIncidents } from './incident-watch.js'
export { importers, importPlanFile } from './import-plan-file.js'
export { actAs, findActor } from './find-actor.js'
export { refused } from './refused.js'
export { demoClerk, seedBase, seedDemo } from './seed.js'
