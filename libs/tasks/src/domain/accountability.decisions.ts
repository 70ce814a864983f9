import { localDateOf, type LocalDate } from '#calendar'
import { refuse, type Refusal } from '#kernel'
import { onDeliverable, recorded, type Asked, type TaskDecision } from './decisions.js'
import { documentOf } from './documents.js'
import { noOpenExplanation } from './task.refusals.js'
import { dueInForce, isDelivered } from './task.state.js'

/** Once per deliverable and deadline; refused where it no longer holds, since timers fire on what was once due. */
export function markOverdue({ state, command, now }: Asked<'MarkOverdue'>): TaskDecision {
  return onDeliverable({ state, command }, (deliverable) => {
    const force = dueInForce(deliverable)
    if (isDelivered(deliverable)) return notOverdue('deliverable-delivered', deliverable.id, command.due)
    if (force?.due !== command.due) return notOverdue('deadline-changed', deliverable.id, command.due)
    if ((command.asOf ?? localDateOf(now)) <= force.due)
      return notOverdue('due-not-passed', deliverable.id, command.due)
    if (deliverable.overdueFor.includes(force.due))
      return notOverdue('overdue-already-recorded', deliverable.id, command.due)
    return recorded('task.Overdue', {
      deliverableId: deliverable.id,
      due: force.due,
      basis: force.basis,
      deadlineRaw: deliverable.deadlineRaw,
    })
  })
}

export function explain({ state, command, actor }: Asked<'Explain'>): TaskDecision {
  return onDeliverable({ state, command }, ({ id, explanation }) => {
    if (explanation?.outcome === 'open')
      return refuse(
        'explanation-pending',
        {
          vi: `Giải trình về sản phẩm số ${id} đang chờ xem xét. Chờ kết quả trước khi giải trình tiếp.`,
          en: `An explanation for deliverable ${id} waits for a decision. Wait for it before giving another.`,
        },
        { deliverableId: id },
      )
    return recorded('task.Explained', { deliverableId: id, text: command.text, agency: actor.agency })
  })
}

export function acceptExplanation({ state, command, actor }: Asked<'AcceptExplanation'>): TaskDecision {
  return onDeliverable({ state, command }, ({ id, explanation }) => {
    if (explanation?.outcome !== 'open') return noOpenExplanation(id)
    if (explanation.actor === actor.id)
      return refuse(
        'own-explanation',
        {
          vi: 'Người giải trình không được tự chấp nhận giải trình của mình. Đề nghị người giao nhiệm vụ xem xét.',
          en: 'Nobody accepts an explanation of their own. Ask the assigner to decide.',
        },
        { deliverableId: id },
      )
    return recorded('task.ExplanationAccepted', { deliverableId: id })
  })
}

export function rejectExplanation({ state, command }: Asked<'RejectExplanation'>): TaskDecision {
  return onDeliverable({ state, command }, ({ id, explanation }) =>
    explanation?.outcome === 'open'
      ? recorded('task.ExplanationRejected', { deliverableId: id, reason: command.reason })
      : noOpenExplanation(id),
  )
}

export function issueApology({ state, command }: Asked<'IssueApology'>): TaskDecision {
  return onDeliverable({ state, command }, ({ id }) =>
    recorded('task.ApologyIssued', {
      deliverableId: id,
      text: command.text,
      document: command.document == null ? null : documentOf(command.document),
    }),
  )
}

const notOverdueTexts = {
  'deliverable-delivered': {
    vi: 'đã có văn bản hoặc đã hoàn thành, không còn quá hạn',
    en: 'has its document or is completed, so nothing is overdue',
  },
  'deadline-changed': {
    vi: 'không còn theo thời hạn này; kiểm tra lại thời hạn hiện tại',
    en: 'is no longer due on this day; look up the due date in force',
  },
  'due-not-passed': { vi: 'chưa hết thời hạn', en: 'is not past its due date yet' },
  'overdue-already-recorded': {
    vi: 'đã được ghi nhận quá hạn theo thời hạn này',
    en: 'is recorded as overdue for this due date already',
  },
} as const

function notOverdue(code: keyof typeof notOverdueTexts, deliverableId: string, due: LocalDate): Refusal {
  const text = notOverdueTexts[code]
  return refuse(
    code,
    { vi: `Sản phẩm số ${deliverableId} ${text.vi}.`, en: `Deliverable ${deliverableId} ${text.en}.` },
    { deliverableId, due },
  )
}
