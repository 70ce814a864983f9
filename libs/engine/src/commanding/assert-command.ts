import { invalid, isUuid } from '#kernel'
import type { Workflow } from '../workflow/workflow.js'
import type { Command } from './command.js'

/** Letters of any language and digits, then also `.`, `_`, `-`, `:`; what a URL path and a stream name both take. */
const aggregatePattern = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,119}$/u

/** A clock a little ahead of ours is normal; a day ahead is a mistake in the date. */
const toleratedFutureMs = 24 * 3_600_000

/** The workflow of the command, where the envelope is sound. */
export function assertCommand(
  command: Command,
  workflows: ReadonlyMap<string, Workflow>,
  now: string,
): Workflow {
  const workflow = workflows.get(command.workflow)
  if (workflow === undefined)
    throw invalid(
      'workflow-unknown',
      { vi: `Không có quy trình “${command.workflow}”.`, en: `There is no workflow ${command.workflow}.` },
      { workflow: command.workflow, known: [...workflows.keys()] },
    )
  if (!workflow.transitions.has(command.transition)) {
    const known = [...workflow.transitions.keys()]
    throw invalid(
      'transition-unknown',
      {
        vi: `Không có thao tác “${command.transition}”. Các thao tác: ${known.join(', ')}.`,
        en: `There is no transition ${command.transition}. Known: ${known.join(', ')}.`,
      },
      { transition: command.transition, known },
    )
  }
  if (!isUuid(command.id))
    throw invalid('command-id-invalid', {
      vi: 'Mã lệnh phải là một UUID, ví dụ 0197a1b2-0000-7000-8000-000000000000.',
      en: 'The command id must be a UUID, such as 0197a1b2-0000-7000-8000-000000000000.',
    })
  for (const [name, id] of [
    ['correlationId', command.correlationId],
    ['causationId', command.causationId],
  ] as const)
    if (id !== undefined && !isUuid(id)) throw tracingIdInvalid(name)
  if (!aggregatePattern.test(command.aggregate))
    throw invalid('aggregate-id-invalid', {
      vi: 'Mã không hợp lệ: chỉ gồm chữ, số và các dấu . _ - :, tối đa 120 ký tự.',
      en: 'The id is not valid: letters, digits and . _ - : only, at most 120 characters.',
    })
  assertOccurredAt(command.occurredAt, now)
  return workflow
}

function assertOccurredAt(occurredAt: string | undefined, now: string): void {
  if (occurredAt === undefined) return
  const instant = /^\d{4}-\d{2}-\d{2}T/.test(occurredAt) ? Date.parse(occurredAt) : Number.NaN
  if (Number.isNaN(instant))
    throw invalid('occurred-at-invalid', {
      vi: 'Thời điểm xảy ra phải ở dạng 2025-01-31T08:00:00+07:00.',
      en: 'occurredAt must be an instant such as 2025-01-31T08:00:00+07:00.',
    })
  if (instant > Date.parse(now) + toleratedFutureMs)
    throw invalid('occurred-at-in-future', {
      vi: 'Thời điểm xảy ra nằm trong tương lai. Kiểm tra lại ngày.',
      en: 'occurredAt lies in the future. Check the date.',
    })
}

/** They name commands and events, whose ids are UUIDs: any other text would be kept in the log and lead nowhere. */
function tracingIdInvalid(name: string): Error {
  return invalid(
    'tracing-id-invalid',
    {
      vi: `${name} phải là một UUID: mã của lệnh hoặc sự kiện có liên quan. Có thể bỏ trống.`,
      en: `${name} must be a UUID: the id of a command or event it belongs to. It may be left out.`,
    },
    { name },
  )
}
