import { startOf } from '#accountability'
import { addDays, type LocalDate } from '#calendar'
import type { Lookup } from '#engine'
import { dueInForce, isDelivered, type TaskState } from '../domain/task.state.js'
import { taskWorkflow } from '../domain/task.workflow.js'
import type { Look } from './watching-tasks.js'

/** A due date that nothing was delivered by, and whose passing is not recorded. */
export interface Awaited {
  readonly deliverable: string
  readonly due: LocalDate
  /** When its day is over in Vietnam. ISO instant. */
  readonly over: string
}

/** A task as the process sees it at one moment. */
export interface TaskSight extends Look {
  /** Code of the task. */
  readonly task: string
  /** In the order in which they are due. */
  readonly awaited: readonly Awaited[]
}

/** The task as it stands in the log. */
export async function seeTask({ load }: Lookup, task: string, { at, fired }: Look): Promise<TaskSight> {
  const { state } = await load(taskWorkflow, task)
  return { task, at, fired, awaited: awaitedOf(state) }
}

function awaitedOf({ status, deliverables }: TaskState): Awaited[] {
  if (status === 'withdrawn') return []
  return deliverables
    .flatMap((one): Awaited[] => {
      const due = dueInForce(one)?.due
      if (due === undefined || isDelivered(one) || one.overdueFor.includes(due)) return []
      return [{ deliverable: one.id, due, over: startOf(addDays(due, 1)) }]
    })
    .toSorted((a, b) => (a.over < b.over ? -1 : Number(a.over > b.over)))
}
