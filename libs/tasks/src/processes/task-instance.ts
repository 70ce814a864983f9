import { deriveId } from '#kernel'
import { taskWorkflow } from '../domain/task.workflow.js'

const prefix = `${taskWorkflow.name}-`

/** Code of the task whose stream it is. */
export function taskOf(stream: string): string {
  return stream.slice(prefix.length)
}

/** An instance's id is shorter than an aggregate's. */
const longestInstance = 79

/** Of a process that watches tasks. */
export function taskInstance(process: string, task: string): string {
  return task.length <= longestInstance ? task : `t::${deriveId(process, task)}`
}
