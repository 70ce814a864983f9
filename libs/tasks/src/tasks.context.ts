import type { Context } from '#engine'
import { planWorkflow } from './domain/plan.workflow.js'
import { taskWorkflow } from './domain/task.workflow.js'
import { taskAccountabilityProcess } from './processes/accountability.process.js'
import { deadlinesProcess } from './processes/deadlines.process.js'
import { boardProjection } from './views/board/board.projection.js'
import { findBoard } from './views/board/find-board.query.js'
import { late } from './views/late/late.query.js'
import { taskDuties } from './views/late/task-duties.query.js'
import { onTime } from './views/on-time/on-time.query.js'
import { findPlan, listPlans, planRecord } from './views/plans/plans.queries.js'
import { findTask, taskHistory, taskTransitions } from './views/task/task.queries.js'

/** Plans, their tasks and deliverables. */
export const tasksContext: Context = {
  workflows: [planWorkflow, taskWorkflow],
  projections: [boardProjection],
  queries: [
    listPlans,
    findPlan,
    planRecord.history,
    planRecord.transitions,
    findBoard,
    onTime,
    late,
    taskDuties,
    findTask,
    taskHistory,
    taskTransitions,
  ],
  processes: [deadlinesProcess, taskAccountabilityProcess],
}
