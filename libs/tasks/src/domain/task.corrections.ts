import type { CorrectableField, TaskChange } from './task.events.js'
import type { DeliverableState, Evidence, TaskState } from './task.state.js'

/** Where a correctable field lives: on the task, on one deliverable, or on one document of a deliverable. */
export type Place = 'task' | 'deliverable' | 'evidence'

export const placeOf: { readonly [Field in CorrectableField]: Place } = {
  title: 'task',
  assigner: 'task',
  lead: 'task',
  coordinate: 'task',
  responsible: 'task',
  product: 'deliverable',
  deadline: 'deliverable',
  note: 'deliverable',
  ruleDue: 'deliverable',
  condition: 'deliverable',
  extendedDue: 'deliverable',
  acceptedOn: 'deliverable',
  document: 'evidence',
}

/** The value a correction replaces, as it stands now. */
export function currentValue(
  field: CorrectableField,
  state: TaskState,
  deliverable: DeliverableState | null,
  evidence: Evidence | null,
): unknown {
  if (field === 'document') {
    if (evidence === null) return null
    const { id: _id, ...document } = evidence
    return document
  }
  if (field === 'deadline') return deliverable?.deadline ?? null
  if (placeOf[field] === 'deliverable') return deliverable?.[field as OfDeliverable] ?? null
  return state[field as OfTask]
}

/** Folds one recorded change. `document` with null after it strikes the document out. */
export function applyChange(state: TaskState, change: TaskChange): TaskState {
  if (placeOf[change.field] === 'task') return { ...state, [change.field]: change.after }
  return {
    ...state,
    deliverables: state.deliverables.map((one) =>
      one.id === change.deliverableId ? changeDeliverable(one, change) : one,
    ),
  }
}

type OfTask = 'title' | 'assigner' | 'lead' | 'coordinate' | 'responsible'
type OfDeliverable = 'product' | 'note' | 'ruleDue' | 'condition' | 'extendedDue' | 'acceptedOn'

function changeDeliverable(deliverable: DeliverableState, change: TaskChange): DeliverableState {
  if (change.field === 'deadline') {
    const deadline = change.after as DeliverableState['deadline']
    return { ...deliverable, deadline, deadlineRaw: deadline.raw }
  }
  if (change.field !== 'document') return { ...deliverable, [change.field]: change.after }
  const after = change.after as Omit<Evidence, 'id'> | null
  return {
    ...deliverable,
    evidence: deliverable.evidence.flatMap((document) =>
      document.id !== change.evidenceId ? [document] : after === null ? [] : [{ ...after, id: document.id }],
    ),
  }
}
