import { splitParties } from '#documents'
import { tidyVietnamese } from '#kernel'
import type { PlanRegistered } from '../domain/plan.events.js'
import type { PlanState } from '../domain/plan.state.js'
import type { TaskState } from '../domain/task.state.js'
import type { PlanToImport } from './import-request.js'
import type { InterpretedTask } from './interpreted-plan.js'

/** The words of a task: what a table says and what its assignment in the record kept of it. */
export interface TaskWords {
  readonly title: string
  readonly leadCell: string
  readonly coordinateCell: string
  readonly deliverables: readonly {
    readonly id: string
    readonly product: string
    readonly deadlineRaw: string | null
    readonly note: string | null
  }[]
}

/** What the record says now: agencies by the names on record, which a correction or a reassignment may have changed. */
export function wordsOnRecord(state: TaskState): TaskWords {
  const names = (parties: TaskState['lead']): string => parties.map(({ name }) => name).join('; ')
  return { ...state, leadCell: names(state.lead), coordinateCell: names(state.coordinate) }
}

/** What a table says, in the same form. */
export function wordsInFile(task: InterpretedTask): TaskWords {
  const names = (cell: string): string => splitParties(cell).join('; ')
  return { ...task, leadCell: names(task.leadCell), coordinateCell: names(task.coordinateCell) }
}

export interface TaskDifference {
  /** "title", "leadCell", or of a deliverable "deliverables.2.product"; "deliverables.2" where it is new or gone. */
  readonly field: string
  /** Null where there was nothing. */
  readonly before: string | null
  readonly after: string | null
}

/** Whether a whole task or product stands only on record or only in the file. */
export function isOneSided({ field }: TaskDifference): boolean {
  return /^(?:task|deliverables\.\d+)$/u.test(field)
}

/**
 * What a changed file says otherwise than before, for a person to decide on: an import never corrects a record.
 * Only words count: composed or decomposed Unicode, spaces and line ends make no difference, nor does an empty
 * cell against none. Deliverables are compared by their numbers.
 */
export function compareTask(existing: TaskWords, incoming: TaskWords): TaskDifference[] {
  const before = new Map(existing.deliverables.map((deliverable) => [deliverable.id, deliverable]))
  const after = new Map(incoming.deliverables.map((deliverable) => [deliverable.id, deliverable]))
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  return [
    ...compareFields('', ['title', 'leadCell', 'coordinateCell'], existing, incoming),
    ...ids.flatMap((id) => {
      const [old, now] = [before.get(id), after.get(id)]
      if (old !== undefined && now !== undefined)
        return compareFields(`deliverables.${id}.`, ['product', 'deadlineRaw', 'note'], old, now)
      return [{ field: `deliverables.${id}`, before: old?.product ?? null, after: now?.product ?? null }]
    }),
  ]
}

function compareFields<Field extends string>(
  prefix: string,
  fields: readonly Field[],
  existing: Readonly<Record<Field, string | null>>,
  incoming: Readonly<Record<Field, string | null>>,
): TaskDifference[] {
  return fields
    .filter((field) => tidyVietnamese(existing[field] ?? '') !== tidyVietnamese(incoming[field] ?? ''))
    .map((field) => ({ field: prefix + field, before: existing[field], after: incoming[field] }))
}

/** What an import says of the plan itself otherwise than the record; what it does not say is not compared. */
export function comparePlan(
  known: PlanState,
  plan: PlanToImport,
): (TaskDifference & { readonly code: string })[] {
  const { code, declared, ...words } = plan
  const incoming: Partial<PlanRegistered> = {
    ...words,
    ...(declared !== undefined && { declaredTasks: declared }),
  }
  return Object.entries(incoming).flatMap(([field, after]) => {
    const before = known.details?.[field as keyof PlanRegistered] ?? null
    return before === after ? [] : [{ code, field, before: shown(before), after: shown(after) }]
  })
}

function shown(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
