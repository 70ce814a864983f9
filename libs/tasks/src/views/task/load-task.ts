import { readSteps, type Step } from '#engine'
import { reaches, type Actor } from '#engine/workflow'
import type { EventStore } from '#event-store'
import { notFound, RoviecError } from '#kernel'
import { localDateOf, type LocalDate } from '#calendar'
import type { TaskState } from '../../domain/task.state.js'
import { taskWorkflow } from '../../domain/task.workflow.js'

/**
 * The record of a task from the log itself, step by step; with `until`, as it was known at the end of that day.
 *
 * @throws RoviecError `task-unknown`, or `outside-scope` when the task concerns none of the actor's agencies.
 */
export async function loadTask(
  store: EventStore,
  code: string,
  actor: Actor,
  until?: LocalDate,
): Promise<readonly Step<TaskState>[]> {
  const steps = await readSteps(store, taskWorkflow, code)
  if (steps.length === 0) throw unknown(code)
  if (!concerns(steps.at(-1)!.after, actor)) throw outsideScope(code)
  if (until === undefined) return steps
  const known = steps.filter(({ event }) => localDateOf(event.recordedAt) <= until)
  if (known.length === 0) throw unknown(code)
  return known
}

/** A collective lead concerns every agency. */
function concerns(state: TaskState, actor: Actor): boolean {
  return (
    [...state.lead, ...state.coordinate].some(
      (party) => party.collective || reaches(actor, party.agencyId),
    ) || actor.scope === 'all'
  )
}

function unknown(code: string): RoviecError {
  return notFound(
    'task-unknown',
    {
      vi: `Không có nhiệm vụ mã “${code}”. Kiểm tra lại mã.`,
      en: `There is no task ${code}. Check the code.`,
    },
    { code },
  )
}

function outsideScope(code: string): RoviecError {
  return new RoviecError(
    'forbidden',
    'outside-scope',
    {
      vi: `Nhiệm vụ “${code}” không thuộc phạm vi cơ quan của bạn.`,
      en: `Task ${code} is outside the agencies you may see.`,
    },
    { code },
  )
}
