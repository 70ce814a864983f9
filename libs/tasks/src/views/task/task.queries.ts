import { IsString, MaxLength } from 'class-validator'
import { dataInPlace, type Asking, type Query } from '#engine'
import type { RecordedEvent } from '#event-store'
import { daysBetween, localDateOf, type LocalDate } from '#calendar'
import { availableTransitions, type AvailableTransition, type Personal } from '#engine/workflow'
import { AsOf } from '../board/find-board.params.js'
import { presentTask, type TaskView } from '../present-task.js'
import { taskReaders } from '../who-may-read.js'
import { taskWorkflow } from '../../domain/task.workflow.js'
import type { TaskAssigned } from '../../domain/task.events.js'
import { changesBetween, type Change } from './changes.js'
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

export interface HistoryEntry {
  readonly id: string
  readonly position: string
  readonly revision: string
  readonly type: string
  readonly actor: string
  readonly agency: string | null
  readonly occurredAt: string
  readonly recordedAt: string
  /** Calendar days in Vietnam from the day it happened to the day it was recorded. */
  readonly backdatedDays: number
  /** Why it was done. */
  readonly reason: Personal | null
  /** What was said: an explanation, an apology, the text of a report. */
  readonly text: Personal | null
  readonly changes: readonly Change[]
}

/** Who changed what, when, and by which word: every event of a task in order. */
export const taskHistory: Query<TaskCode, readonly HistoryEntry[]> = {
  name: 'tasks.history',
  text: { vi: 'Lịch sử nhiệm vụ', en: 'Task history' },
  input: TaskCode,
  roles: taskReaders,
  view: null,
  async answer({ params, actor, store }: Asking<TaskCode>): Promise<readonly HistoryEntry[]> {
    const steps = await loadTask(store, params.code, actor)
    return steps.map(({ event, metadata, before, after }) => ({
      id: event.id,
      position: String(event.position),
      revision: String(event.revision),
      type: event.type,
      actor: metadata.actor,
      agency: metadata.agency,
      occurredAt: metadata.occurredAt,
      recordedAt: event.recordedAt.toISOString(),
      backdatedDays: backdated(localDateOf(metadata.occurredAt), localDateOf(event.recordedAt)),
      ...wordsOf(event),
      changes: changesBetween(before, after),
    }))
  },
}

function wordsOf(event: RecordedEvent): Pick<HistoryEntry, 'reason' | 'text'> {
  const words = dataInPlace(event) as { readonly [Word in 'reason' | 'text' | 'summary']?: Personal }
  return { reason: words.reason ?? null, text: words.text ?? words.summary ?? null }
}

function backdated(occurred: LocalDate, recorded: LocalDate): number {
  return Math.max(0, daysBetween(occurred, recorded))
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
