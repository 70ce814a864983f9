import { dutiesCommand } from '#accountability'
import { process, type Process } from '#engine'
import { deliverableCode, dutiesKey } from '../domain/deliverable-code.js'
import { lookAtTask, nothingWatched, type TaskWatch } from './duties-of-task.js'
import { seeDuties, type TaskDutiesSight } from './see-duties.js'
import { timerCommands, watchingTasks } from './watching-tasks.js'

const name = 'task-accountability'

/** Facts that set a due date, move it, meet it, or take it back; that account for a delay; that change who owes it. */
const facts = [
  'task.Assigned',
  'task.Reassigned',
  'task.HandedOver',
  'task.DeliverableAdded',
  'task.DeliverableWithdrawn',
  'task.ConditionMet',
  'task.ExtensionGranted',
  'task.Issued',
  'task.DocumentCompleted',
  'task.Explained',
  'task.ExplanationAccepted',
  'task.ExplanationRejected',
  'task.Completed',
  'task.Reopened',
  'task.Withdrawn',
  'task.Corrected',
] as const

/**
 * What follows from the delay of a deliverable (giải trình): announced before its due date, its duties opened by name
 * once it is late, reminded of, escalated, and closed when an explanation is accepted. It reads no clock.
 */
export const taskAccountabilityProcess: Process = process<TaskWatch, TaskDutiesSight>({
  name,
  version: 1,
  reacts: watchingTasks(name, facts, seeDuties),
  initial: nothingWatched,
  evolve: (watch, sight) => lookAtTask(watch, sight).watch,
  decide(sight, watch, { timers }) {
    const { task, rule } = sight
    const { acts, cancel, set } = lookAtTask(watch, sight)
    const commands = acts.map(({ act, of }) => {
      const deliverable = deliverableCode(task, of.id)
      return dutiesCommand(act, { ...of, rule, aggregate: dutiesKey(deliverable), of: { deliverable } })
    })
    return { commands: [...commands, ...timerCommands(timers, task, { cancel, set })] }
  },
})
