export { fiveClear, missingOfFiveClear, type MissingOfFiveClear } from './domain/five-clear.js'
export { planPersonalFields } from './domain/plan.events.js'
export { planWorkflow } from './domain/plan.workflow.js'
export type { TaskCommands } from './domain/task.commands.js'
export { taskPersonalFields, type TaskEvents } from './domain/task.events.js'
export type { TaskState } from './domain/task.state.js'
export { taskWorkflow } from './domain/task.workflow.js'
export { reportedStateOf, reportedStates, verdictOf, type Verdict } from './domain/verdict.js'
export { importPlan } from './import/import-plan.js'
export { ImportParams } from './import/import.params.js'
export type { ImportReport } from './import/import-report.js'
export { tasksContext } from './tasks.context.js'
export { boardProjection } from './views/board/board.projection.js'
export { findBoard, type BoardPage } from './views/board/find-board.query.js'
export { taskCodesOfPlan, taskCodesWithin } from './views/board/task-codes.js'
export { late, type LateItem } from './views/late/late.query.js'
export { onTime, type OnTimeCounts, type OnTimeTable } from './views/on-time/on-time.query.js'
export { findPlan, listPlans, type PlanView } from './views/plans/plans.queries.js'
export type { DeliverableView, TaskView } from './views/present-task.js'
export {
  findTask,
  taskHistory,
  taskTransitions,
  type HistoryEntry,
  type TaskDetail,
} from './views/task/task.queries.js'
