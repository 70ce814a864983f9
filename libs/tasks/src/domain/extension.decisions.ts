import { localDateOf, type LocalDate } from '#calendar'
import { refuse, type Refusal } from '#kernel'
import type { Actor } from '#engine/workflow'
import { onDeliverable, recorded, type Asked, type TaskDecision } from './decisions.js'
import type { TaskFlag } from './task.events.js'
import { isOfLeadAgency } from './task.parties.js'
import { alreadyCompleted, noCalendarDeadline, noOpenRequest, notLater } from './task.refusals.js'
import { dueInForce, type DeliverableState, type TaskState } from './task.state.js'

/** From this many requests for one deliverable on, each is flagged (DOMAIN: "three or more are flagged"). */
const manyExtensions = 3

export function requestExtension({
  state,
  command,
  actor,
  occurredAt,
}: Asked<'RequestExtension'>): TaskDecision {
  return onDeliverable({ state, command }, (deliverable) => {
    const { id, status, openRequest, extensionRequests } = deliverable
    if (status === 'completed') return alreadyCompleted([id])
    if (openRequest !== null)
      return refuse(
        'extension-already-requested',
        {
          vi: `Đề nghị gia hạn sản phẩm số ${id} đang chờ quyết định. Chờ kết quả trước khi đề nghị tiếp.`,
          en: `A request to extend deliverable ${id} waits for a decision. Wait for it before asking again.`,
        },
        { deliverableId: id, due: openRequest.due },
      )
    const due = dueInForce(deliverable)?.due
    if (due === undefined) return noCalendarDeadline(id)
    if (command.due <= due) return notLater(command.due, due)
    return recorded('task.ExtensionRequested', {
      deliverableId: id,
      due: command.due,
      from: due,
      reason: command.reason,
      agency: requestingAgency(actor, state),
      flags: flagsOf(extensionRequests + 1, due, occurredAt),
    })
  })
}

export function grantExtension({ state, command, actor, occurredAt }: Asked<'GrantExtension'>): TaskDecision {
  return onDeliverable({ state, command }, (deliverable) => {
    const { id, openRequest, extensionRequests } = deliverable
    if (openRequest === null) return noOpenRequest(id)
    const due = dueInForce(deliverable)?.due
    if (due === undefined) return noCalendarDeadline(id)
    if (command.due <= due) return notLater(command.due, due)
    return (
      ownRequest(id, openRequest, actor) ??
      recorded('task.ExtensionGranted', {
        deliverableId: id,
        due: command.due,
        from: due,
        reason: command.reason ?? null,
        flags: flagsOf(extensionRequests, due, occurredAt),
      })
    )
  })
}

export function refuseExtension({ state, command }: Asked<'RefuseExtension'>): TaskDecision {
  return onDeliverable({ state, command }, ({ id, openRequest }) =>
    openRequest === null
      ? noOpenRequest(id)
      : recorded('task.ExtensionRefused', { deliverableId: id, reason: command.reason }),
  )
}

/** Whom the request is for: the actor's agency where it leads, else the only lead there is. */
function requestingAgency(actor: Actor, state: TaskState): string | null {
  if (isOfLeadAgency(actor, state)) return actor.agency
  return state.lead.length === 1 ? state.lead[0]!.agencyId : null
}

/** Neither the person who asked nor the agency asked for grants the extension. */
function ownRequest(
  deliverableId: string,
  request: NonNullable<DeliverableState['openRequest']>,
  actor: Actor,
): Refusal | null {
  const sameAgency = request.agency !== null && request.agency === actor.agency
  if (request.actor !== actor.id && !sameAgency) return null
  return refuse(
    'own-extension-request',
    {
      vi: 'Người hoặc cơ quan đề nghị gia hạn không được tự quyết định. Đề nghị người giao nhiệm vụ khác quyết định.',
      en: 'Who asked for the extension, person or agency, cannot grant it. Another assigner has to decide.',
    },
    { deliverableId },
  )
}

function flagsOf(requests: number, due: LocalDate, occurredAt: string): TaskFlag[] {
  const flags: TaskFlag[] = []
  if (localDateOf(occurredAt) > due) flags.push('after-deadline')
  if (requests >= manyExtensions) flags.push('third-extension')
  return flags
}
