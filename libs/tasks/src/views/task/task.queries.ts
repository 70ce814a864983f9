import { IsString, MaxLength } from 'class-validator'
import { historyOf, type Asking, type HistoryEntry, type Query } from '#engine'
import { backdatedDays, localDateOf } from '#calendar'
import { availableTransitions, type AvailableTransition } from '#engine/workflow'
import { AsOf } from '../board/find-board.params.js'
import { presentTask, type TaskView } from '../present-task.js'
import { taskReaders } from '../who-may-read.js'
import { taskWorkflow } from '../../domain/task.workflow.js'
import type { TaskAssigned } from '../../domain/task.events.js'
import { loadTask } from './load-task.js'

export class TaskCode {
  @IsString() @MaxLength(120) code!: string
}

export class TaskAsOf extends AsOf {
  @IsString() @MaxLength(120) code!: string
}

export interface TaskDetail extends TaskView {
  /** Of the last event taken in: what `If-Match` is compared with. */
  readonly revision: string
  readonly assigner: string | null
  readonly responsible: string | null
  /** The rows of the document verbatim, by heading. */
  readonly cells: readonly Readonly<Record<string, string>>[]
}

/** A task from the log, now or as it was known at the end of a day. */
export const findTask: Query<TaskAsOf, TaskDetail> = {
  name: 'tasks.task',
  text: { vi: 'Chi tiết nhiệm vụ', en: 'Task' },
  input: TaskAsOf,
  roles: taskReaders,
  view: null,
  async answer({ params, actor, store, now }: Asking<TaskAsOf>): Promise<TaskDetail> {
    const steps = await loadTask(store, params.code, actor, params.asOf)
    const { after, event } = steps.at(-1)!
    const asOf = params.asOf ?? localDateOf(now)
    return {
      ...presentTask(params.code, after, asOf, params.basis ?? 'extended'),
      revision: String(event.revision),
      assigner: after.assigner?.name ?? null,
      responsible: after.responsible,
      cells: (steps[0]!.event.data as unknown as TaskAssigned).cells,
    }
  },
}

/** Who changed what, when, and by which word: every event of a task in order. */
export const taskHistory: Query<TaskCode, readonly HistoryEntry[]> = {
  name: 'tasks.history',
  text: { vi: 'Lịch sử nhiệm vụ', en: 'Task history' },
  input: TaskCode,
  roles: taskReaders,
  view: null,
  async answer({ params, actor, store }: Asking<TaskCode>): Promise<readonly HistoryEntry[]> {
    return historyOf(await loadTask(store, params.code, actor), backdatedDays)
  },
}

/** What this actor may do with the task now, and why not the rest. */
export const taskTransitions: Query<TaskCode, readonly AvailableTransition[]> = {
  name: 'tasks.transitions',
  text: { vi: 'Thao tác có thể thực hiện', en: 'Available transitions' },
  input: TaskCode,
  roles: taskReaders,
  view: null,
  async answer({ params, actor, store }: Asking<TaskCode>): Promise<readonly AvailableTransition[]> {
    const steps = await loadTask(store, params.code, actor)
    return availableTransitions(taskWorkflow, steps.at(-1)!.after, actor)
  },
}
