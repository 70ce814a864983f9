import type { TaskDifference } from './compare-task.js'
import type { ImportWarning } from './interpreted-plan.js'

/** One thing that a changed file says otherwise than the record. */
export interface ImportDifference extends TaskDifference {
  /** Of the task, or of the plan. */
  readonly code: string
}

export interface ImportReport {
  readonly plan: string
  /**
   * `imported`: something new was recorded; `unchanged`: all of it was there; `unresolved`: nothing new was recorded,
   * and `differences` and `warnings` tell what the record did not take or what stands only in one of the two;
   * `changed`: the file differs from the record, nothing was written, an answer is awaited; `planned`: a dry run.
   */
  readonly status: 'imported' | 'unchanged' | 'unresolved' | 'changed' | 'planned'
  readonly sections: number
  readonly tasks: number
  readonly deliverables: number
  readonly evidence: number
  readonly declaredTasks: number | null
  /** Commands that this run recorded. */
  readonly recorded: number
  /** The first 500; `differenceCount` counts all. */
  readonly differences: readonly ImportDifference[]
  readonly differenceCount: number
  /** The first 500, those about what is on record before those about the file; `warningCount` counts all. */
  readonly warnings: readonly ImportWarning[]
  readonly warningCount: number
  /** Where a reader must have got to see all of it. */
  readonly position: string
}
