import { isRefusal, type Refusal } from '#kernel'
import type { Deciding, EventOf } from '#engine/workflow'
import type { TaskCommands } from './task.commands.js'
import type { TaskEvents } from './task.events.js'
import { deliverableUnknown } from './task.refusals.js'
import type { DeliverableState, TaskState } from './task.state.js'

export type TaskEvent = EventOf<TaskEvents>
export type TaskDecision = readonly TaskEvent[] | Refusal
export type Asked<Name extends keyof TaskCommands> = Deciding<TaskState, TaskCommands[Name]>

/** One event with the data of its type. */
export function recorded<Type extends keyof TaskEvents>(
  type: Type,
  data: TaskEvents[Type],
): readonly TaskEvent[] {
  return [{ type, data } as unknown as TaskEvent]
}

export function findDeliverable(state: TaskState, id: string): DeliverableState | Refusal {
  return state.deliverables.find((one) => one.id === id) ?? deliverableUnknown(id, state)
}

/** Decides on the deliverable the command names; refused where the task has none of that id. */
export function onDeliverable(
  { state, command }: { readonly state: TaskState; readonly command: { readonly deliverableId: string } },
  decide: (deliverable: DeliverableState) => TaskDecision,
): TaskDecision {
  const deliverable = findDeliverable(state, command.deliverableId)
  return isRefusal(deliverable) ? deliverable : decide(deliverable)
}
