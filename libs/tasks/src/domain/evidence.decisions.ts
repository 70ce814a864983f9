import { localDateOf } from '#calendar'
import { isRefusal, refuse } from '#kernel'
import { onDeliverable, findDeliverable, recorded, type Asked, type TaskDecision } from './decisions.js'
import { documentFlags, documentOf, sameDocument } from './documents.js'
import type { TaskFlag } from './task.events.js'
import { isOfLeadAgency } from './task.parties.js'
import {
  alreadyCompleted,
  documentAlreadyRecorded,
  evidenceUnknown,
  notCompleted,
  nothingToReopen,
} from './task.refusals.js'
import type { DeliverableState } from './task.state.js'

export function submitDraft({ state, command }: Asked<'SubmitDraft'>): TaskDecision {
  return onDeliverable({ state, command }, () =>
    recorded('task.Drafted', {
      deliverableId: command.deliverableId,
      title: command.title ?? null,
      attachment: command.attachment ?? null,
    }),
  )
}

export function issue({ state, command, now }: Asked<'Issue'>): TaskDecision {
  return onDeliverable({ state, command }, (deliverable) => {
    const document = documentOf(command.document)
    const known = deliverable.evidence.find((other) => sameDocument(other, document))
    if (known !== undefined) return documentAlreadyRecorded(deliverable.id, known)
    return recorded('task.Issued', {
      deliverableId: deliverable.id,
      evidenceId: String(deliverable.evidenceIds + 1),
      document,
      flags: documentFlags(document, state, deliverable, now),
    })
  })
}

export function completeDocument({ state, command, now }: Asked<'CompleteDocument'>): TaskDecision {
  return onDeliverable({ state, command }, (deliverable) => {
    const evidence = deliverable.evidence.find(({ id }) => id === command.evidenceId)
    if (evidence === undefined) return evidenceUnknown(command.evidenceId, deliverable.evidence)
    const added = {
      number: command.number ?? null,
      date: command.date ?? null,
      issuer: command.issuer ?? null,
    }
    const fields = (['number', 'date', 'issuer'] as const).filter((field) => added[field] !== null)
    const taken = fields.filter((field) => evidence[field] !== null)
    if (fields.length === 0 || taken.length > 0)
      return refuse(
        taken.length > 0 ? 'document-field-known' : 'nothing-to-complete',
        taken.length > 0
          ? {
              vi: 'Số, ngày hoặc cơ quan ban hành đã được ghi nhận. Nếu ghi sai, hãy đính chính.',
              en: `Known already: ${taken.join(', ')}. If it is wrong, correct it.`,
            }
          : {
              vi: 'Chưa có thông tin nào để bổ sung. Nhập số, ngày hoặc cơ quan ban hành.',
              en: 'Nothing to add. Give the number, the date or the issuer.',
            },
        { evidenceId: evidence.id, fields: taken },
      )
    const whole = documentOf({ ...evidence, ...Object.fromEntries(fields.map((f) => [f, added[f]])) })
    const known = deliverable.evidence.find((other) => other.id !== evidence.id && sameDocument(other, whole))
    if (known !== undefined) return documentAlreadyRecorded(deliverable.id, known)
    return recorded('task.DocumentCompleted', {
      deliverableId: deliverable.id,
      evidenceId: evidence.id,
      ...added,
      flags: documentFlags(whole, state, deliverable, now),
    })
  })
}

export function report({ state, command }: Asked<'Report'>): TaskDecision {
  const deliverableId = command.deliverableId ?? null
  if (deliverableId !== null) {
    const deliverable = findDeliverable(state, deliverableId)
    if (isRefusal(deliverable)) return deliverable
  }
  return recorded('task.Reported', {
    deliverableId,
    period: command.period,
    summary: command.summary,
    percentage: command.percentage ?? null,
    attachment: command.attachment ?? null,
  })
}

export function recordCondition({ state, command }: Asked<'RecordCondition'>): TaskDecision {
  return onDeliverable({ state, command }, ({ id, deadline, condition }) => {
    if (deadline.type !== 'event' && deadline.condition == null)
      return refuse(
        'deadline-without-condition',
        {
          vi: `Thời hạn của sản phẩm số ${id} không phụ thuộc vào sự kiện nào. Nếu thời hạn ghi sai, hãy đính chính.`,
          en: `The deadline of deliverable ${id} waits for no event. If it was entered wrong, correct it.`,
        },
        { deliverableId: id, type: deadline.type },
      )
    if (condition !== null)
      return refuse(
        'condition-already-recorded',
        {
          vi: `Sự kiện làm căn cứ tính thời hạn của sản phẩm số ${id} đã được ghi nhận. Nếu ghi sai, hãy đính chính.`,
          en: `The event that the deadline of deliverable ${id} waited for is recorded. If it is wrong, correct it.`,
        },
        { deliverableId: id, date: condition.date },
      )
    return recorded('task.ConditionMet', {
      deliverableId: id,
      date: command.date,
      due: command.due ?? null,
      source: command.source ?? null,
    })
  })
}

export function complete({ state, command, actor, occurredAt, now }: Asked<'Complete'>): TaskDecision {
  const chosen: DeliverableState[] = []
  for (const id of command.deliverableIds) {
    const deliverable = findDeliverable(state, id)
    if (isRefusal(deliverable)) return deliverable
    chosen.push(deliverable)
  }
  const done = chosen.filter(({ status }) => status === 'completed').map(({ id }) => id)
  if (done.length > 0) return alreadyCompleted(done)
  const basis = command.basis ?? 'acceptance'
  const acceptedOn = command.acceptedOn ?? (basis === 'acceptance' ? localDateOf(occurredAt) : null)
  const flags: TaskFlag[] = []
  if (chosen.some(({ evidence }) => evidence.length === 0)) flags.push('without-evidence')
  if (basis === 'acceptance' && isOfLeadAgency(actor, state)) flags.push('accepted-by-lead-agency')
  if (acceptedOn !== null && acceptedOn > localDateOf(now)) flags.push('dated-in-future')
  return recorded('task.Completed', { deliverableIds: chosen.map(({ id }) => id), acceptedOn, basis, flags })
}

export function reopen({ state, command }: Asked<'Reopen'>): TaskDecision {
  const withdrawn = state.status === 'withdrawn'
  const completed = state.deliverables.filter(({ status }) => status === 'completed').map(({ id }) => id)
  const ids = command.deliverableIds ?? (withdrawn ? [] : completed)
  if (ids.length === 0 && !withdrawn) return nothingToReopen()
  for (const id of ids) {
    const deliverable = findDeliverable(state, id)
    if (isRefusal(deliverable)) return deliverable
    if (deliverable.status !== 'completed') return notCompleted(id)
  }
  return recorded('task.Reopened', { deliverableIds: [...ids], reason: command.reason })
}
