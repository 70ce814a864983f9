import { assertIJson, invalid, isUuid } from '#kernel'
import type { ExpectedRevision, NewEvent, StreamName } from '../port/event-store.js'
import { assertEventType, assertStreamName } from './names.js'
import { maxRevision } from './limits.js'
import { assertNotReserved } from './moved-metadata.js'

/** An event ready to be stored: id in lower case, payloads as the text that is kept. */
export interface PreparedEvent {
  readonly id: string
  readonly type: string
  readonly dataText: string
  readonly metadataText: string
}

export interface PreparedAppend {
  readonly stream: StreamName
  readonly expected: ExpectedRevision
  readonly events: readonly PreparedEvent[]
}

/**
 * Checks everything that can be checked without the log and writes the payloads as text, so that whatever is wrong
 * with an append is refused before anything is sent, alike on every adapter, and so that later changes to the
 * caller's objects change nothing.
 */
export function prepareAppend(
  stream: StreamName,
  events: readonly NewEvent[],
  expected: ExpectedRevision,
): PreparedAppend {
  assertStreamName(stream)
  assertExpectedRevision(expected)
  const prepared = events.map(prepareEvent)
  assertDistinctIds(prepared)
  return { stream, expected, events: prepared }
}

function prepareEvent({ id, type, data, metadata }: NewEvent): PreparedEvent {
  if (typeof id !== 'string' || !isUuid(id)) {
    throw invalid(
      'event-id-invalid',
      {
        vi: 'Mã sự kiện phải là UUID. Tạo mã mới rồi gửi lại.',
        en: 'The event id must be a UUID. Create one and send again.',
      },
      { id },
    )
  }
  assertEventType(type)
  assertIJson(data, '$.data')
  assertIJson(metadata, '$.metadata')
  assertNotReserved(metadata)
  return {
    id: id.toLowerCase(),
    type,
    dataText: JSON.stringify(data),
    metadataText: JSON.stringify(metadata),
  }
}

function assertDistinctIds(events: readonly PreparedEvent[]): void {
  if (events.length < 2) return
  const seen = new Set<string>()
  for (const { id } of events) {
    if (seen.has(id)) {
      throw invalid(
        'append-repeats-event-id',
        {
          vi: `Mã sự kiện ${id} xuất hiện hai lần trong một lần ghi. Mỗi sự kiện cần một mã riêng.`,
          en: `Event id ${id} occurs twice in one append. Give each event its own id.`,
        },
        { eventId: id },
      )
    }
    seen.add(id)
  }
}

function assertExpectedRevision(expected: ExpectedRevision): void {
  if (typeof expected === 'bigint' ? expected >= 0n && expected <= maxRevision : isKeyword(expected)) return
  throw invalid(
    'expected-revision-invalid',
    {
      vi: `Phiên bản chờ đợi ${String(expected)} không hợp lệ. Dùng số từ 0 trở lên, hoặc "no-stream", "stream-exists", "any".`,
      en: `The expected revision ${String(expected)} is not valid. Use 0n or more, or "no-stream", "stream-exists", "any".`,
    },
    { expected: String(expected) },
  )
}

function isKeyword(expected: string): boolean {
  return expected === 'no-stream' || expected === 'stream-exists' || expected === 'any'
}
