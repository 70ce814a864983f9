import { foldTouched, type Projection } from '#engine'
import { planWorkflow } from '../../domain/plan.workflow.js'
import { taskWorkflow } from '../../domain/task.workflow.js'
import { deliverableRows, taskRow } from './board.rows.js'
import {
  createBoard,
  deleteDeliverables,
  selectPlanStates,
  selectTaskStates,
  upsertDeliverables,
  upsertPlans,
  upsertTasks,
} from './board.sql.js'

/** Plans, tasks and deliverables as they stand: what every list and count of tasks is read from. */
export const boardProjection: Projection = {
  name: 'task_board',
  version: 3,
  events: [...planWorkflow.eventTypes, ...taskWorkflow.eventTypes],
  create: createBoard,
  rules: [
    planWorkflow,
    taskWorkflow,
    taskRow,
    deliverableRows,
    upsertPlans,
    upsertTasks,
    deleteDeliverables,
    upsertDeliverables,
    asText,
  ],
  async apply(transaction, events) {
    const plans = await foldTouched(planWorkflow, events, transaction, selectPlanStates)
    if (plans.length > 0) {
      const rows = plans.map(({ id, state }) => ({ code: id, state }))
      await transaction.query(upsertPlans, [asText(rows)])
    }
    const tasks = await foldTouched(taskWorkflow, events, transaction, selectTaskStates)
    if (tasks.length === 0) return
    await transaction.query(upsertTasks, [asText(tasks.map(taskRow))])
    const withdrawn = tasks.filter(({ state }) => state.withdrawnDeliverables !== undefined)
    if (withdrawn.length > 0) await transaction.query(deleteDeliverables, [withdrawn.map(({ id }) => id)])
    await transaction.query(upsertDeliverables, [asText(tasks.flatMap(deliverableRows))])
  },
}

/** The log takes NUL in a text, PostgreSQL's columns do not: one such title would stop the board for everyone. */
export function asText(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value,
  )
}
