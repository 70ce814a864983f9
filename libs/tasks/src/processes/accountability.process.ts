import { dutiesCommand } from '#accountability'
import {
  process,
  type Lookup,
  type Process,
  type ProcessCommand,
  type ProcessEvent,
  type TimerFired,
} from '#engine'
import { deliverableCode, dutiesKey } from '../domain/deliverable-code.js'
import { lookAtTask, nothingWatched, type TaskWatch } from './duties-of-task.js'
import { seeDuties, type TaskDutiesSight } from './see-duties.js'
import { taskInstance, taskOf } from './task-instance.js'

const name = 'task-accountability'

/** Facts that set a due date, move it, meet it, or take it back; that account for a delay; that change who owes it. */
const facts = [
  'task.Assigned',
  'task.Reassigned',
  'task.HandedOver',
  'task.DeliverableAdded',
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

const reaction = {
  instance: ({ stream }: ProcessEvent): string => taskInstance(name, taskOf(stream)),
  input: ({ stream, recordedAt }: ProcessEvent, lookup: Lookup): Promise<TaskDutiesSight> =>
    seeDuties(lookup, taskOf(stream), { at: recordedAt, fired: null }),
}

/**
 * What follows from the delay of a deliverable (giải trình): announced before its due date, its duties opened by name
 * once it is late, reminded of, escalated, and closed when an explanation is accepted. It reads no clock.
 */
export const taskAccountabilityProcess: Process = process<TaskWatch, TaskDutiesSight>({
  name,
  version: 1,
  reacts: {
    ...Object.fromEntries(facts.map((type) => [type, reaction])),
    'timer.Fired': {
      instance: ({ data }) => {
        const { owner } = data as TimerFired
        return owner.kind === 'process' && owner.name === name ? owner.id : null
      },
      input({ data, recordedAt }, lookup) {
        const { dueAt, data: carried } = data as TimerFired
        const at = recordedAt > dueAt ? recordedAt : dueAt
        return seeDuties(lookup, carried!['task'] as string, { at, fired: dueAt })
      },
    },
  },
  initial: nothingWatched,
  evolve: (watch, sight) => lookAtTask(watch, sight).watch,
  decide(sight, watch, { timers }) {
    const { task, rule } = sight
    const { acts, cancel, set } = lookAtTask(watch, sight)
    const commands: ProcessCommand[] = acts.map(({ act, of }) => {
      const deliverable = deliverableCode(task, of.id)
      return dutiesCommand(act, { ...of, rule, aggregate: dutiesKey(deliverable), of: { deliverable } })
    })
    if (cancel !== null) commands.push(timers.cancel(cancel, 'không còn cần theo dõi thời điểm này'))
    if (set !== null)
      commands.push({
        ...timers.schedule(set, { at: set, data: { task } }),
        tolerates: ['transition-not-allowed'],
      })
    return { commands }
  },
})
