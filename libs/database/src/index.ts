export { openEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from './embedded/embedded-postgres.js'
export { createDatabase, jsonAsText, type Database, type DatabaseOptions } from './pool.js'
export type { TransactionOptions } from './transaction.js'
