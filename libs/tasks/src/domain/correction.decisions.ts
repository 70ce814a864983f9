import { canonicalJson, isRefusal, refuse, type Refusal } from '#kernel'
import { findDeliverable, recorded, type Asked, type TaskDecision } from './decisions.js'
import type { ChangeInput } from './inputs/accountability.input.js'
import { isCorrectValue } from './task.correctable-values.js'
import { applyChange, currentValue, placeOf } from './task.corrections.js'
import type { CorrectableField, TaskChange } from './task.events.js'
import { assigner } from './task.parties.js'
import { eventUnknown, evidenceUnknown } from './task.refusals.js'
import type { DeliverableState, Evidence, TaskState } from './task.state.js'

/** Nothing is corrected in place: the event names the wrong one, and says what each field was and is. */
export function correct({ state, command, actor, hasEvent }: Asked<'Correct'>): TaskDecision {
  if (!hasEvent(command.eventId)) return eventUnknown(command.eventId)
  const changes: TaskChange[] = []
  let corrected = state
  for (const asked of command.changes) {
    if (asked.field === 'extendedDue' && !assigner.holds(actor, state)) return onlyTheAssigner()
    const change = changeOf(asked, corrected)
    if (isRefusal(change)) return change
    if (canonicalJson(change.before) === canonicalJson(change.after)) continue
    changes.push(change)
    corrected = applyChange(corrected, change)
  }
  if (changes.length === 0)
    return refuse('nothing-to-correct', {
      vi: 'Giá trị mới giống giá trị đang ghi nhận nên không có gì để đính chính.',
      en: 'The new values are those on record: there is nothing to correct.',
    })
  return recorded('task.Corrected', { corrects: command.eventId, reason: command.reason, changes })
}

function changeOf(asked: ChangeInput, state: TaskState): TaskChange | Refusal {
  const place = findPlace(asked, state)
  if (isRefusal(place)) return place
  const { deliverable, evidence } = place
  const before = currentValue(asked.field, state, deliverable, evidence)
  const given = asked.after ?? null
  // What a correction of a document does not name stays as it is.
  const after = asked.field === 'document' && isObject(given) ? { ...(before as object), ...given } : given
  if (!isCorrectValue(asked.field, after)) return valueInvalid(asked)
  if (isUnsaid(asked.field, deliverable)) return nothingSaidYet(asked)
  return {
    field: asked.field,
    deliverableId: deliverable?.id ?? null,
    evidenceId: evidence?.id ?? null,
    before,
    after,
  }
}

interface Found {
  readonly deliverable: DeliverableState | null
  readonly evidence: Evidence | null
}

function findPlace(asked: ChangeInput, state: TaskState): Found | Refusal {
  const place = placeOf[asked.field]
  if (place === 'task') return { deliverable: null, evidence: null }
  const deliverable = findDeliverable(state, asked.deliverableId ?? '')
  if (isRefusal(deliverable)) return deliverable
  if (place === 'deliverable') return { deliverable, evidence: null }
  const evidence = deliverable.evidence.find(({ id }) => id === asked.evidenceId)
  return evidence === undefined
    ? evidenceUnknown(asked.evidenceId ?? '', deliverable.evidence)
    : { deliverable, evidence }
}

/** What has a command of its own is recorded by that first: a correction is no way around who may say it. */
function isUnsaid(field: CorrectableField, deliverable: DeliverableState | null): boolean {
  if (field === 'extendedDue') return deliverable?.extendedDue === null
  if (field === 'condition') return deliverable?.condition === null
  return field === 'acceptedOn' && deliverable?.status !== 'completed'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueInvalid({ field }: ChangeInput): Refusal {
  return refuse(
    'correction-invalid',
    {
      vi: `Giá trị đính chính của “${field}” không hợp lệ. Nhập giá trị theo đúng mẫu của trường này.`,
      en: `The corrected value of ${field} is not valid. Give it in the form in which the field is recorded.`,
    },
    { field },
  )
}

function nothingSaidYet({ field, deliverableId }: ChangeInput): Refusal {
  return refuse(
    'nothing-to-correct',
    {
      vi: `Sản phẩm số ${deliverableId} chưa có nội dung này để đính chính. Hãy ghi nhận bằng thao tác tương ứng.`,
      en: `Nothing is recorded as ${field} of deliverable ${deliverableId}. Record it by its own command first.`,
    },
    { field, deliverableId },
  )
}

function onlyTheAssigner(): Refusal {
  return refuse(
    'extension-not-yours-to-correct',
    {
      vi: 'Thời hạn đã gia hạn chỉ do người giao nhiệm vụ đính chính.',
      en: 'Only the assigner corrects an extended due date.',
    },
    { field: 'extendedDue' },
  )
}
