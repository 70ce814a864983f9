import type { ChangeInput } from '../domain/inputs/accountability.input.js'
import { partiesOf, type ImportContext } from './commands-of.js'
import type { TaskDifference } from './compare-task.js'
import type { InterpretedTask } from './interpreted-plan.js'

/**
 * The corrections that bring the record to the words of the file. Documents of a changed note come as events of their
 * own, and so do deliverables that are new; those that are gone are left to a person.
 */
export function correctionsOf(
  task: InterpretedTask,
  differences: readonly TaskDifference[],
  context: ImportContext,
): ChangeInput[] {
  return differences.flatMap(({ field }): ChangeInput[] => {
    const [list, id, member] = field.split('.')
    if (field === 'title') return [{ field: 'title', after: task.title }]
    if (field === 'leadCell') return [{ field: 'lead', after: partiesOf(task.leadCell, context) }]
    if (field === 'coordinateCell')
      return [{ field: 'coordinate', after: partiesOf(task.coordinateCell, context) }]
    const deliverable = list === 'deliverables' ? task.deliverables.find((one) => one.id === id) : undefined
    if (deliverable === undefined) return []
    if (member === 'product') return [{ field: 'product', deliverableId: id!, after: deliverable.product }]
    if (member === 'deadlineRaw')
      return [{ field: 'deadline', deliverableId: id!, after: deliverable.deadline }]
    return member === 'note' ? [{ field: 'note', deliverableId: id!, after: deliverable.note }] : []
  })
}
