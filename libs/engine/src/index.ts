export { hasVietnameseText } from './commanding/constraint-text.js'
export type { Command, EventMetadata, Outcome } from './commanding/command.js'
export type { Sealing } from './commanding/command-handler.parts.js'
export { CommandHandler } from './commanding/command-handler.js'
export { PostgresSnapshots } from './commanding/snapshots/postgres-snapshots.js'
export { snapshotMigration } from './commanding/snapshots/snapshot.sql.js'
export type { Snapshot, Snapshots } from './commanding/snapshots/snapshots.js'
export { describeWorkflow, type WorkflowDescription } from './describing/describe-workflow.js'
export { schemaOf } from './describing/input-schema.js'
export { mermaidOf } from './describing/mermaid.js'
export { workflowSvg } from './describing/workflow-svg.js'
export { advance, contextOf, emptyAggregate, type Aggregate } from './commanding/aggregate.js'
export { CommandIdTaken, CommandRefused, TooManyConflicts } from './commanding/errors.js'
export { InvalidInput, validateInput, type InputProblem } from './commanding/validate-input.js'
export { engineMigrations } from './projecting/migrations.sql.js'
export { ProjectionRunner, type RunnerLog } from './projecting/projection-runner.js'
export type { Projection, Transaction } from './projecting/projection.js'
export {
  listProgress,
  reached,
  ViewBehind,
  ViewBeingRebuilt,
  type ProjectionProgress,
} from './projecting/progress.js'
export { listParked, parkedEvents, type ParkedEvent, type ParkedStream } from './projecting/parked.js'
export { engineContext } from './operating/engine.context.js'
export { operate } from './operating/operate.js'
export { effectOf, listOperations, type Operation, type OperationListed } from './operating/operation.js'
export { projectionWorkflow } from './operating/projection.workflow.js'
export { AttemptLog } from './observing/attempts/attempt-log.js'
export type { AttemptListed, AttemptsPage } from './observing/attempts/attempts.query.js'
export { findAttempts } from './observing/attempts/attempts.query.js'
export { measureLag, type Lag, type ViewLag } from './observing/lag.js'
export { lateTimers, type LateTimers } from './observing/late-timers.js'
export type { Measures } from './observing/measures.js'
export { measureProcessLag, type ProcessLag } from './observing/process-lag.js'
export { observingContext } from './observing/observing.context.js'
export type { Trace, TracedEvent } from './observing/trace/trace.js'
export { findTrace } from './observing/trace/trace.query.js'
export { adoptMasterKeys, hasMasterKey } from './sealing/adopt-master-keys.js'
export { InMemoryKeyTable, PostgresKeyTable } from './sealing/key-table.js'
export { KeyedSealing } from './sealing/keyed-sealing.js'
export { MasterKeys } from './sealing/master-keys.js'
export { personalKeyMigration } from './sealing/personal-key.sql.js'
export { SubjectKeys } from './sealing/subject-keys.js'
export { dataInPlace, Unsealing, type PersonalReading } from './sealing/unsealing.js'
export type { Change } from './querying/changes.js'
export { historyOf, readSteps, type HistoryEntry, type Step } from './querying/history.js'
export { knownSteps, RecordId, recordQueries } from './querying/record-queries.js'
export { RecordedStates, type RecordedState } from './querying/recorded-states.js'
export { QueryHandler } from './querying/query-handler.js'
export { decodeCursor, encodeCursor } from './querying/cursor.js'
export type { Answered, Asking, Query } from './querying/query.js'
export type { Context } from './context.js'
export { foldTouched, type Touched } from './projecting/fold-touched.js'
export { isLed, Leadership, type Failed } from './leading/leadership.js'
export { leadershipMigration } from './leading/leadership.sql.js'
export { TimerRunner } from './timing/timer-runner.js'
export type { CatchUp, TimerEvents, TimerFired, TimerOwner } from './timing/timer.events.js'
export { timerWorkflow } from './timing/timer.workflow.js'
export { findTimer, listTimers, type TimerListed, type TimerShown } from './timing/timers.queries.js'
export {
  process,
  type Lookup,
  type Process,
  type ProcessCommand,
  type ProcessEvent,
} from './processing/process.js'
export { ProcessRunner } from './processing/process-runner.js'
export { processWorkflow } from './processing/process.workflow.js'
export { processingContext } from './processing/processing.context.js'
export {
  findIncidents,
  findProcess,
  listProcesses,
  type IncidentListed,
  type ProcessPage,
  type ProcessShown,
} from './processing/process.queries.js'
export { timingContext } from './timing/timing.context.js'
