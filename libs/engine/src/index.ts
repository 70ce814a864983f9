export type { Command, EventMetadata, Outcome } from './commanding/command.js'
export { CommandHandler } from './commanding/command-handler.js'
export { advance, contextOf, emptyAggregate, type Aggregate } from './commanding/aggregate.js'
export { CommandIdTaken, CommandRefused, TooManyConflicts } from './commanding/errors.js'
export {
  hasVietnameseText,
  InvalidInput,
  validateInput,
  type InputProblem,
} from './commanding/validate-input.js'
export { projectionMigration } from './projecting/projection.sql.js'
export { ProjectionRunner, type RunnerLog } from './projecting/projection-runner.js'
export type { Projection, Transaction } from './projecting/projection.js'
export { listProgress, reached, ViewBehind, type ProjectionProgress } from './projecting/progress.js'
export { QueryHandler } from './querying/query-handler.js'
export type { Answered, Asking, Query } from './querying/query.js'
export type { Context } from './context.js'
export { foldTouched, type Touched } from './projecting/fold-touched.js'
