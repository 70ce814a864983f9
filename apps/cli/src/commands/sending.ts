import type { Command } from 'commander'
import type { Actor, Workflow } from '#engine/workflow'
import { invalid, newId, type JsonValue } from '#kernel'
import { refused } from '#platform'
import type { Answer, Options } from '../output/answer.js'
import { told } from '../output/personal-text.js'
import type { Session } from '../session.js'

/** The options of every command that carries out a transition. */
export function addSendingOptions(command: Command): Command {
  return command
    .option('--data <json>', 'dữ liệu của thao tác', '{}')
    .option('--id <uuid>', 'mã lệnh; gửi lại cùng mã thì không ghi trùng')
    .option('--occurred-at <thời-điểm>', 'thời điểm xảy ra, ví dụ 2025-03-14T08:00:00+07:00')
    .option('--revision <số>', 'chỉ thực hiện khi dữ liệu còn ở phiên bản này')
    .option('--dry-run', 'chỉ xem sẽ ghi gì')
}

/** What came of a command. */
export const outcomeWords = {
  accepted: 'Đã ghi',
  repeated: 'Đã có từ trước',
  planned: 'Chạy thử, chưa ghi',
} as const

/** Carries out a transition as the options say, and tells what was recorded. */
export async function send(
  { platform }: Session,
  workflow: Workflow,
  { aggregate, transition }: { readonly aggregate: string; readonly transition: string },
  { data, id, occurredAt, revision, dryRun }: Options,
  actor: Actor,
): Promise<Answer> {
  const outcome = await platform.commands.handle({
    id: typeof id === 'string' ? id : newId(),
    workflow: workflow.name,
    aggregate,
    transition,
    data: parseData(String(data)),
    actor,
    dryRun: dryRun === true,
    ...(typeof occurredAt === 'string' && { occurredAt }),
    ...(typeof revision === 'string' && { expectedRevision: revisionOf(revision) }),
  })
  if (outcome.status === 'refused') throw refused(outcome, workflow, { aggregate, transition })
  const { status, state } = outcome
  const events = await platform.personal.open(outcome.events, actor)
  const json = {
    status,
    code: aggregate,
    revision: outcome.revision === null ? null : String(outcome.revision),
    position: outcome.position === null ? null : String(outcome.position),
    events,
    state: state.status,
  }
  const lines = events.map(({ type, data: payload }) => `  ${type} ${JSON.stringify(told(payload))}`)
  return { json, text: `${outcomeWords[status]} ${aggregate} (${state.status}):\n${lines.join('\n')}\n` }
}

function parseData(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    throw invalid('data-not-json', {
      vi: 'Giá trị của --data phải là JSON, ví dụ \'{"deliverableId":"1"}\'.',
      en: 'The value of --data must be JSON, such as \'{"deliverableId":"1"}\'.',
    })
  }
}

function revisionOf(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text)
  throw invalid('revision-invalid', {
    vi: 'Giá trị của --revision phải là số nguyên, ví dụ 3.',
    en: 'The value of --revision must be a whole number, such as 3.',
  })
}
