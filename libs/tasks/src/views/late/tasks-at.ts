import { contextOf, type EventMetadata, type Touched } from '#engine'
import type { EventStore } from '#event-store'
import type { TaskState } from '../../domain/task.state.js'
import { taskWorkflow } from '../../domain/task.workflow.js'

const prefix = `${taskWorkflow.name}-`

/**
 * Every task as it stood at a position of the log, from the log itself: the board keeps none but the present. Reads all
 * that was ever recorded of tasks up to then, some events a task; a province has thousands of them, not millions.
 */
export async function tasksAt(store: EventStore, at: bigint): Promise<readonly Touched<TaskState>[]> {
  const found = new Map<string, Touched<TaskState>>()
  for await (const page of store.readAll({ types: taskWorkflow.eventTypes })) {
    for (const event of page) {
      if (event.position > at) return [...found.values()]
      if (!event.stream.startsWith(prefix)) continue
      const id = event.stream.slice(prefix.length)
      const before = found.get(id)?.state ?? taskWorkflow.initial
      const state = taskWorkflow.evolve(before, event, contextOf(event.metadata as unknown as EventMetadata))
      const { revision, position, recordedAt: updatedAt } = event
      found.set(id, { id, state, revision, position, updatedAt })
    }
  }
  return [...found.values()]
}
