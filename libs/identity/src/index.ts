export { Credentials } from './credentials/credentials.js'
export { credentialMigration } from './credentials/credential.sql.js'
export { actorOf, actorWorkflow, systemActor, type ActorState } from './domain/actor.workflow.js'
export { roleNames, roles, type Role } from './domain/roles.js'
