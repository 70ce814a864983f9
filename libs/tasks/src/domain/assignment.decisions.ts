import { refuse, type Refusal } from '#kernel'
import { reaches, type Actor } from '#engine/workflow'
import { onDeliverable, recorded, type Asked, type TaskDecision } from './decisions.js'
import type { AssignInput, DeliverableInput, PartyInput } from './inputs/assignment.input.js'
import { maxDeliverables } from './inputs/fields.js'
import type { AssignedDeliverable, TaskParty } from './task.events.js'
import { isClerk, mayActAs } from './task.parties.js'
import { alreadyCompleted } from './task.refusals.js'
import { idsGiven } from './task.state.js'

export function assign({ aggregate, state, command, actor }: Asked<'Assign'>): TaskDecision {
  if (!isCodeOf(aggregate, command)) return codeMismatch(aggregate, command)
  const lead = command.lead.map(partyOf)
  const assigner = { agencyId: command.assigner.agencyId ?? null, name: command.assigner.name }
  const outside = outOfReach(actor, lead)
  if (outside !== null) return outside
  if (!isClerk(actor, state) && !mayActAs(actor, assigner)) return notTheAssigner(assigner.name)
  if (command.deliverables.some(({ id }, index) => id !== String(index + 1))) return idsOutOfOrder(command)
  const { plan } = command
  return recorded('task.Assigned', {
    plan: { code: plan.code, number: plan.number ?? null, date: plan.date ?? null, year: plan.year },
    section: command.section,
    stt: command.stt,
    title: command.title,
    assigner,
    lead,
    leadCell: command.leadCell ?? '',
    coordinate: (command.coordinate ?? []).map(partyOf),
    coordinateCell: command.coordinateCell ?? '',
    responsible: command.responsible ?? null,
    deliverables: command.deliverables.map((deliverable) => deliverableOf(deliverable.id, deliverable)),
    cells: (command.cells ?? []).map((row) => ({ ...row })),
  })
}

export function accept({ command }: Asked<'Accept'>): TaskDecision {
  return recorded('task.Accepted', { responsible: command.responsible ?? null })
}

export function decline({ command }: Asked<'Decline'>): TaskDecision {
  return recorded('task.Declined', { reason: command.reason })
}

export function reassign({ state, command, actor }: Asked<'Reassign'>): TaskDecision {
  const lead = command.lead.map(partyOf)
  return (
    outOfReach(actor, lead) ??
    recorded('task.Reassigned', {
      lead,
      coordinate: command.coordinate?.map(partyOf) ?? state.coordinate,
      responsible: command.responsible ?? null,
      reason: command.reason,
    })
  )
}

export function handOver({ state, command }: Asked<'HandOver'>): TaskDecision {
  const { from, to } = command
  const involved = [...state.lead, ...state.coordinate].flatMap(({ agencyId }) => agencyId ?? [])
  if (!involved.includes(from))
    return refuse(
      'agency-not-involved',
      {
        vi: `Cơ quan ${from} không chủ trì hay phối hợp nhiệm vụ này nên không có gì để bàn giao.`,
        en: `Agency ${from} neither leads nor coordinates the task: there is nothing to hand over.`,
      },
      { from, involved },
    )
  return recorded('task.HandedOver', {
    from,
    to: { agencyId: to.agencyId, name: to.name },
    decision: command.decision ?? null,
    date: command.date,
  })
}

export function addDeliverable({ state, command }: Asked<'AddDeliverable'>): TaskDecision {
  const count = idsGiven(state)
  if (count >= maxDeliverables) return tooManyDeliverables(count)
  const next = String(count + 1)
  if (command.id != null && command.id !== next) return notTheNextId(command.id, next)
  return recorded('task.DeliverableAdded', { deliverable: deliverableOf(next, command) })
}

/** What is completed is reopened first: a result on record is not taken out unseen. */
export function withdrawDeliverable({ state, command }: Asked<'WithdrawDeliverable'>): TaskDecision {
  return onDeliverable({ state, command }, ({ id, status }) => {
    if (status === 'completed') return alreadyCompleted([id])
    if (state.deliverables.length === 1) return lastDeliverable(id)
    return recorded('task.DeliverableWithdrawn', {
      deliverableId: id,
      decision: command.decision,
      reason: command.reason,
    })
  })
}

export function withdraw({ command }: Asked<'Withdraw'>): TaskDecision {
  return recorded('task.Withdrawn', { reason: command.reason })
}

/** `CCHC2025-II-5`; `CCHC2025-II-5:2` where the table uses the label again. */
function isCodeOf(code: string, { plan, section, stt }: AssignInput): boolean {
  const expected = `${plan.code}-${section}-${stt}`
  return (
    code === expected ||
    (code.startsWith(`${expected}:`) && /^([2-9]|[1-9]\d+)$/.test(code.slice(expected.length + 1)))
  )
}

function codeMismatch(code: string, { plan, section, stt }: AssignInput): Refusal {
  const expected = `${plan.code}-${section}-${stt}`
  return refuse(
    'code-mismatch',
    {
      vi: `Mã nhiệm vụ ${code} không khớp với kế hoạch, mục và số thứ tự. Mã đúng là ${expected}.`,
      en: `The code ${code} does not fit plan, section and row. It must be ${expected}.`,
    },
    { code, expected },
  )
}

/** Every member said, what was left out as well. */
function partyOf({ agencyId, name, collective }: PartyInput): TaskParty {
  return { agencyId: agencyId ?? null, name, collective: collective ?? false }
}

function deliverableOf(id: string, input: DeliverableInput): AssignedDeliverable {
  const { ruleDue } = input
  return {
    id,
    product: input.product,
    deadlineRaw: input.deadlineRaw ?? null,
    deadline: input.deadline,
    ruleDue: ruleDue == null ? null : { due: ruleDue.due, source: ruleDue.source },
    note: input.note ?? null,
    row: input.row ?? null,
  }
}

function outOfReach(actor: Actor, lead: readonly TaskParty[]): Refusal | null {
  const outside = lead.filter(({ agencyId }) => !reaches(actor, agencyId))
  if (outside.length === 0) return null
  const names = outside.map(({ name }) => name)
  return refuse(
    'out-of-scope',
    {
      vi: `Không thể giao nhiệm vụ cho cơ quan ngoài phạm vi của bạn: ${names.join('; ')}. Đề nghị Văn phòng UBND tỉnh thực hiện.`,
      en: `You cannot assign to agencies outside your scope: ${names.join('; ')}. Ask the provincial office to do it.`,
    },
    { agencies: outside.map(({ agencyId }) => agencyId) },
  )
}

function notTheAssigner(name: string): Refusal {
  return refuse(
    'out-of-scope',
    {
      vi: `Bạn không thể giao nhiệm vụ với tư cách ${name}. Đề nghị Văn phòng UBND tỉnh ghi nhận.`,
      en: `You cannot assign in the name of ${name}. Ask the provincial office to enter it.`,
    },
    { assigner: name },
  )
}

function idsOutOfOrder({ deliverables }: AssignInput): Refusal {
  const ids = deliverables.map(({ id }) => id)
  return refuse(
    'deliverable-ids-not-in-order',
    {
      vi: `Các sản phẩm phải được đánh số 1, 2, 3… theo thứ tự; nhận được: ${ids.join(', ')}.`,
      en: `Deliverables must be numbered 1, 2, 3 … in order; got ${ids.join(', ')}.`,
    },
    { ids },
  )
}

function notTheNextId(id: string, next: string): Refusal {
  return refuse(
    'deliverable-ids-not-in-order',
    {
      vi: `Sản phẩm bổ sung phải mang số ${next}, không phải ${id}. Xem lại các sản phẩm của nhiệm vụ rồi gửi lại.`,
      en: `The deliverable to add would be number ${next}, not ${id}. Look at the deliverables of the task and send it again.`,
    },
    { id, expected: next },
  )
}

function lastDeliverable(deliverableId: string): Refusal {
  return refuse(
    'last-deliverable',
    {
      vi: `Sản phẩm số ${deliverableId} là sản phẩm duy nhất của nhiệm vụ. Nếu nhiệm vụ không còn phải thực hiện, hãy thu hồi nhiệm vụ.`,
      en: `Deliverable ${deliverableId} is the only one of the task. If the task is no longer asked for, withdraw the task.`,
    },
    { deliverableId },
  )
}

function tooManyDeliverables(count: number): Refusal {
  return refuse(
    'too-many-deliverables',
    {
      vi: `Nhiệm vụ đã có ${count} sản phẩm, là mức tối đa. Đề nghị tách thành nhiệm vụ khác.`,
      en: `The task has ${count} deliverables, which is as many as one may have. Assign another task for the rest.`,
    },
    { count, limit: maxDeliverables },
  )
}
