import { formatVietnameseDate, type LocalDate } from '#calendar'
import { refuse, type Refusal } from '#kernel'
import type { Evidence, TaskState } from './task.state.js'

export function deliverableUnknown(id: string, state: TaskState): Refusal {
  const known = state.deliverables.map((one) => one.id)
  return refuse(
    'deliverable-unknown',
    {
      vi: `Nhiệm vụ không có sản phẩm số ${id}. Các sản phẩm: ${known.join(', ')}.`,
      en: `The task has no deliverable ${id}. Known: ${known.join(', ')}.`,
    },
    { deliverableId: id, known },
  )
}

/** Of a correction that names an event the record does not have. */
export function eventUnknown(eventId: string): Refusal {
  return refuse(
    'event-unknown',
    {
      vi: 'Không có bản ghi mang mã này trong lịch sử. Mở lịch sử và chọn đúng bản ghi cần đính chính.',
      en: `The history has no event ${eventId}. Look the event up in the history and name that one.`,
    },
    { eventId },
  )
}

export function evidenceUnknown(id: string, known: readonly Evidence[]): Refusal {
  const ids = known.map((one) => one.id)
  return refuse(
    'evidence-unknown',
    {
      vi: `Sản phẩm không có văn bản số thứ tự ${id}. Đã ghi nhận: ${ids.join(', ') || 'chưa có văn bản nào'}.`,
      en: `The deliverable has no document ${id}. Recorded: ${ids.join(', ') || 'none'}.`,
    },
    { evidenceId: id, known: ids },
  )
}

export function documentAlreadyRecorded(deliverableId: string, recorded: Evidence): Refusal {
  return refuse(
    'document-already-recorded',
    {
      vi: `Văn bản ${recorded.number ?? ''} đã được ghi nhận cho sản phẩm số ${deliverableId} (văn bản thứ ${recorded.id}). Nếu thông tin chưa đủ, hãy bổ sung cho văn bản đó.`,
      en: `Document ${recorded.number ?? ''} is recorded for deliverable ${deliverableId} already, as evidence ${recorded.id}. Complete or correct that one.`,
    },
    { deliverableId, evidenceId: recorded.id, number: recorded.number },
  )
}

export function alreadyCompleted(ids: readonly string[]): Refusal {
  return refuse(
    'already-completed',
    {
      vi: `Sản phẩm số ${ids.join(', ')} đã được ghi nhận hoàn thành. Muốn thay đổi, hãy mở lại nhiệm vụ.`,
      en: `Deliverable ${ids.join(', ')} is completed already. Reopen it to change that.`,
    },
    { deliverableIds: ids },
  )
}

export function notLater(asked: LocalDate, due: LocalDate): Refusal {
  return refuse(
    'extension-not-later',
    {
      vi: `Thời hạn mới (${formatVietnameseDate(asked)}) phải sau thời hạn hiện tại (${formatVietnameseDate(due)}).`,
      en: `The new due date ${asked} must be later than the one in force, ${due}.`,
    },
    { asked, due },
  )
}

export function noCalendarDeadline(deliverableId: string): Refusal {
  return refuse(
    'deadline-without-date',
    {
      vi: `Sản phẩm số ${deliverableId} không có thời hạn theo ngày nên không có gì để gia hạn. Nếu thời hạn ghi sai, hãy đính chính.`,
      en: `Deliverable ${deliverableId} has no due date to extend. If the deadline was entered wrong, correct it.`,
    },
    { deliverableId },
  )
}

export function noOpenRequest(deliverableId: string | null): Refusal {
  return refuse(
    'no-open-extension-request',
    {
      vi: 'Không có đề nghị gia hạn nào đang chờ quyết định. Hãy ghi nhận đề nghị trước.',
      en: 'No request for an extension waits for a decision. Record the request first.',
    },
    deliverableId === null ? {} : { deliverableId },
  )
}

export function noOpenExplanation(deliverableId: string | null): Refusal {
  return refuse(
    'no-open-explanation',
    {
      vi: 'Không có giải trình nào đang chờ xem xét. Hãy ghi nhận giải trình trước.',
      en: 'No explanation waits for a decision. Record the explanation first.',
    },
    deliverableId === null ? {} : { deliverableId },
  )
}

export function nothingToReopen(): Refusal {
  return refuse('nothing-to-reopen', {
    vi: 'Chưa có sản phẩm nào hoàn thành nên không cần mở lại.',
    en: 'No deliverable is completed: there is nothing to reopen.',
  })
}

export function notCompleted(deliverableId: string): Refusal {
  return refuse(
    'not-completed',
    {
      vi: `Sản phẩm số ${deliverableId} chưa hoàn thành nên không cần mở lại.`,
      en: `Deliverable ${deliverableId} is not completed: there is nothing to reopen.`,
    },
    { deliverableId },
  )
}
