import type { Evolvers } from '#engine/workflow'
import type { AssignedDeliverable, TaskEvents, TaskFlag, TaskParty } from './task.events.js'
import { applyChange } from './task.corrections.js'
import { standing, type DeliverableState, type TaskState } from './task.state.js'

/** Folds the record of a task. A fact that names what the record does not hold changes nothing and breaks nothing. */
export const evolveTask: Evolvers<TaskState, TaskEvents> = {
  'task.Assigned': (_state, data) => ({
    status: 'assigned',
    plan: data.plan,
    section: data.section,
    stt: data.stt,
    title: data.title,
    assigner: data.assigner,
    lead: data.lead,
    leadCell: data.leadCell,
    coordinate: data.coordinate,
    coordinateCell: data.coordinateCell,
    responsible: data.responsible,
    accepted: false,
    deliverables: data.deliverables.map(untouched),
  }),
  'task.Accepted': (state, data) =>
    settled({ ...state, accepted: true, responsible: data.responsible ?? state.responsible }),
  'task.Declined': (state) => ({ ...state, status: 'declined' }),
  'task.Reassigned': (state, data) =>
    settled({
      ...state,
      lead: data.lead,
      coordinate: data.coordinate,
      responsible: data.responsible,
      accepted: false,
      // Drafts of the former lead say nothing of the progress of the new one.
      deliverables: state.deliverables.map((deliverable) => ({ ...deliverable, drafts: 0 })),
    }),
  'task.HandedOver': (state, { from, to }) => ({
    ...state,
    lead: succeeded(state.lead, from, to),
    coordinate: succeeded(state.coordinate, from, to),
  }),
  'task.DeliverableAdded': (state, { deliverable }) => {
    if (state.deliverables.some(({ id }) => id === deliverable.id)) return state
    const added = { ...state, deliverables: [...state.deliverables, untouched(deliverable)] }
    return isLive(state) ? settled(added) : added
  },
  'task.DeliverableWithdrawn': (state, { deliverableId }) => {
    const deliverables = state.deliverables.filter(({ id }) => id !== deliverableId)
    if (deliverables.length === state.deliverables.length) return state
    const withdrawnDeliverables = [...(state.withdrawnDeliverables ?? []), deliverableId]
    const left = { ...state, deliverables, withdrawnDeliverables }
    return isLive(state) ? settled(left) : left
  },
  'task.Drafted': (state, data) =>
    settled(onDeliverable(state, data.deliverableId, (one) => ({ ...one, drafts: one.drafts + 1 }))),
  'task.Issued': (state, data) =>
    settled(
      onDeliverable(state, data.deliverableId, (one) => ({
        ...one,
        evidence: [...one.evidence, { ...data.document, id: data.evidenceId }],
        evidenceIds: one.evidenceIds + 1,
        flags: union(one.flags, data.flags),
      })),
    ),
  'task.DocumentCompleted': (state, data) =>
    onDeliverable(state, data.deliverableId, (one) => ({
      ...one,
      flags: union(one.flags, data.flags),
      evidence: one.evidence.map((document) =>
        document.id === data.evidenceId
          ? {
              ...document,
              number: data.number ?? document.number,
              date: data.date ?? document.date,
              issuer: data.issuer ?? document.issuer,
            }
          : document,
      ),
    })),
  'task.Reported': (state) => state,
  'task.ConditionMet': (state, data) =>
    onDeliverable(state, data.deliverableId, (one) => ({
      ...one,
      condition: { date: data.date, due: data.due },
    })),
  'task.ExtensionRequested': (state, data, { actor }) =>
    onDeliverable(state, data.deliverableId, (one) => ({
      ...one,
      extensionRequests: one.extensionRequests + 1,
      openRequest: { actor, agency: data.agency, due: data.due },
      flags: union(one.flags, data.flags),
    })),
  'task.ExtensionGranted': (state, data) =>
    onDeliverable(state, data.deliverableId, (one) => ({
      ...one,
      extendedDue: data.due,
      openRequest: null,
      flags: union(one.flags, data.flags),
    })),
  'task.ExtensionRefused': (state, data) =>
    onDeliverable(state, data.deliverableId, (one) => ({ ...one, openRequest: null })),
  'task.Overdue': (state, data) =>
    onDeliverable(state, data.deliverableId, (one) => ({
      ...one,
      overdueFor: [...one.overdueFor, data.due],
    })),
  'task.Explained': (state, data, { actor }) =>
    onDeliverable(state, data.deliverableId, (one) => ({
      ...one,
      explanation: { actor, outcome: 'open' },
    })),
  'task.ExplanationAccepted': (state, data) => explanationIs(state, data.deliverableId, 'accepted'),
  'task.ExplanationRejected': (state, data) => explanationIs(state, data.deliverableId, 'rejected'),
  'task.ApologyIssued': (state, data) =>
    onDeliverable(state, data.deliverableId, (one) => ({ ...one, apologies: one.apologies + 1 })),
  'task.Completed': (state, data) =>
    settled(
      onDeliverables(state, data.deliverableIds, (one) => ({
        ...one,
        status: 'completed',
        acceptedOn: data.acceptedOn,
        completionBasis: data.basis,
        flags: union(one.flags, data.flags),
        // Taking the result settles what was still asked about its deadline.
        openRequest: null,
      })),
    ),
  'task.Reopened': (state, data) =>
    settled(
      onDeliverables(state, data.deliverableIds, (one) => ({
        ...one,
        status: null,
        acceptedOn: null,
        completionBasis: null,
      })),
    ),
  'task.Withdrawn': (state) => ({ ...state, status: 'withdrawn' }),
  'task.Corrected': (state, data) => {
    const corrected = data.changes.reduce(applyChange, state)
    return isLive(state) ? settled(corrected) : corrected
  },
}

function untouched(assigned: AssignedDeliverable): DeliverableState {
  return {
    id: assigned.id,
    product: assigned.product,
    deadlineRaw: assigned.deadlineRaw,
    deadline: assigned.deadline,
    condition: null,
    extendedDue: null,
    ruleDue: assigned.ruleDue,
    drafts: 0,
    evidence: [],
    evidenceIds: 0,
    status: null,
    acceptedOn: null,
    completionBasis: null,
    extensionRequests: 0,
    openRequest: null,
    overdueFor: [],
    explanation: null,
    apologies: 0,
    flags: [],
    note: assigned.note,
    row: assigned.row,
  }
}

/** A correction, a further deliverable or one less moves a live task to where its record now puts it; neither revives a returned or withdrawn one. */
function isLive({ status }: TaskState): boolean {
  return status !== 'absent' && status !== 'declined' && status !== 'withdrawn'
}

function settled(state: TaskState): TaskState {
  return { ...state, status: standing(state) }
}

function onDeliverable(
  state: TaskState,
  id: string,
  change: (deliverable: DeliverableState) => DeliverableState,
): TaskState {
  return onDeliverables(state, [id], change)
}

function onDeliverables(
  state: TaskState,
  ids: readonly string[],
  change: (deliverable: DeliverableState) => DeliverableState,
): TaskState {
  return {
    ...state,
    deliverables: state.deliverables.map((one) => (ids.includes(one.id) ? change(one) : one)),
  }
}

/** A successor that stands in the list already stands there once. */
function succeeded(
  parties: readonly TaskParty[],
  from: string,
  to: { readonly agencyId: string; readonly name: string },
): readonly TaskParty[] {
  return parties
    .map((party) => (party.agencyId === from ? { ...party, ...to } : party))
    .filter(
      ({ agencyId }, index, all) =>
        agencyId !== to.agencyId || all.findIndex((other) => other.agencyId === agencyId) === index,
    )
}

function union(known: readonly TaskFlag[], more: readonly TaskFlag[]): readonly TaskFlag[] {
  return more.length === 0 ? known : [...new Set([...known, ...more])]
}

function explanationIs(state: TaskState, id: string, outcome: 'accepted' | 'rejected'): TaskState {
  return onDeliverable(state, id, (one) =>
    one.explanation === null ? one : { ...one, explanation: { ...one.explanation, outcome } },
  )
}
