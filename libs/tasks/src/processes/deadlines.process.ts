import { process, type Process, type ProcessCommand } from '#engine'
import { localDateOf } from '#calendar'
import { taskWorkflow } from '../domain/task.workflow.js'
import { settled, timerCommands, watchingTasks } from './watching-tasks.js'
import { seeTask, type Awaited, type TaskSight } from './see-task.js'

const name = 'task-deadlines'

/** Facts that set a due date, move it, meet it, or take it back. */
const facts = [
  'task.Assigned',
  'task.DeliverableAdded',
  'task.DeliverableWithdrawn',
  'task.ConditionMet',
  'task.ExtensionGranted',
  'task.Issued',
  'task.Completed',
  'task.Reopened',
  'task.Withdrawn',
  'task.Corrected',
] as const

/** When the timer of the task is due; null where none is set. At most one is, however many deliverables there are. */
interface Watch {
  readonly wake: string | null
}

interface Step {
  readonly watch: Watch
  /** Due dates that have passed. */
  readonly passed: readonly Awaited[]
  readonly cancel: string | null
  readonly set: string | null
}

/**
 * Watches the due dates of the deliverables of every plan: the passing of each is raised once, with the due date used,
 * by a timer at the start of the next day. What was explained, or delivered late, is the task's own record.
 */
export const deadlinesProcess: Process = process<Watch, TaskSight>({
  name,
  version: 2,
  reacts: watchingTasks(name, facts, seeTask),
  initial: { wake: null },
  evolve: (watch, sight) => look(watch, sight).watch,
  decide(sight, watch, { timers }) {
    const { passed, cancel, set } = look(watch, sight)
    const commands = passed.map((one) => markOverdue(sight, one))
    return { commands: [...commands, ...timerCommands(timers, sight.task, { cancel, set })] }
  },
})

/** Pure, and nothing where nothing has changed. A timer alone raises: a fact only sets it. */
function look(before: Watch, { at, fired, awaited }: TaskSight): Step {
  const wake = before.wake === fired ? null : before.wake
  const passed = awaited.filter(({ over }) => over <= at)
  const next = awaited.find(({ over }) => over > at)?.over ?? null
  const set = fired === null && passed.length > 0 ? settled(wake, at) : next
  const isSet = set === wake
  return {
    watch: { wake: set },
    passed: fired === null ? [] : passed,
    cancel: isSet ? null : wake,
    set: isSet ? null : set,
  }
}

/** It came in, the due date moved, or the task was taken back, a moment before. */
const cameFirst = [
  'deliverable-delivered',
  'deadline-changed',
  'overdue-already-recorded',
  'transition-not-allowed',
]

function markOverdue({ task, at }: TaskSight, { deliverable, due }: Awaited): ProcessCommand {
  // By the clock that fired the timer: the one of this machine may be minutes behind.
  const data = { deliverableId: deliverable, due, asOf: localDateOf(at) }
  return {
    workflow: taskWorkflow.name,
    aggregate: task,
    transition: 'MarkOverdue',
    data,
    tolerates: cameFirst,
  }
}
