import { RoviecError, type Text } from '#kernel'
import type { ExpectedRevision, Position, StreamName } from './event-store.js'

/** The stream is not where the writer believed: load it again and decide again. `actual` is null for no stream. */
export class StreamRevisionMismatch extends RoviecError {
  override readonly name = 'StreamRevisionMismatch'

  constructor(
    readonly stream: StreamName,
    readonly expected: ExpectedRevision,
    readonly actual: bigint | null,
  ) {
    super(
      'conflict',
      'stream-revision-mismatch',
      {
        vi: `Dữ liệu đã được người khác cập nhật (phiên bản ${actual ?? 'chưa có'}, chờ đợi ${expected}). Tải lại rồi thực hiện lại.`,
        en: `Stream ${stream} is at revision ${actual ?? 'none'}, not ${expected}. Load it again and repeat.`,
      },
      { stream, expected: String(expected), actual: actual === null ? null : String(actual) },
    )
  }
}

/** An event id is already in the log with another place or content: an id names one event for ever. */
export class EventIdTaken extends RoviecError {
  override readonly name = 'EventIdTaken'

  constructor(
    readonly eventId: string,
    readonly stream: StreamName,
  ) {
    super(
      'conflict',
      'event-id-taken',
      {
        vi: `Mã sự kiện ${eventId} đã được dùng cho một sự kiện khác. Dùng mã mới.`,
        en: `Event id ${eventId} already names another event (stream ${stream}). Use a new id.`,
      },
      { eventId, stream },
    )
  }
}

/** The connection was lost between request and answer: the events may or may not be in the log. */
export class AppendOutcomeUnknown extends RoviecError {
  override readonly name = 'AppendOutcomeUnknown'

  constructor(
    readonly stream: StreamName,
    cause: unknown,
  ) {
    super(
      'fault',
      'append-outcome-unknown',
      {
        vi: 'Mất kết nối tới kho sự kiện khi đang ghi, chưa rõ đã ghi hay chưa. Gửi lại đúng lệnh này là an toàn.',
        en: `The connection was lost while appending to ${stream}: the outcome is unknown. Appending the same events again is safe.`,
      },
      { stream, safeToRepeat: true },
      { cause },
    )
  }
}

/** The store cannot be reached, or went away before anything was sent. Nothing was written. */
export class EventStoreUnavailable extends RoviecError {
  override readonly name = 'EventStoreUnavailable'

  /**
   * @param at the hosts that were tried, never with an account
   * @param told where more is known than that
   */
  constructor(cause: unknown, at?: string, told = unavailable(at)) {
    super('fault', told.code, told.text, { safeToRepeat: true, ...(at !== undefined && { at }) }, { cause })
  }
}

function unavailable(at: string | undefined): { readonly code: string; readonly text: Text } {
  const place = at === undefined ? '' : ` (${at})`
  return {
    code: 'event-store-unavailable',
    text: {
      vi: `Không kết nối được kho sự kiện${place}. Kiểm tra địa chỉ và máy chủ rồi thử lại; chưa có gì được ghi.`,
      en: `The event store cannot be reached${place}. Check its address and the server, then try again; nothing was written.`,
    },
  }
}

/**
 * A reader remembers a place the log does not have: the log was restored from an older copy, or another log is
 * connected. Reading on would silently skip the events that come to stand in the missing stretch.
 */
export class PositionBeyondEnd extends RoviecError {
  override readonly name = 'PositionBeyondEnd'

  constructor(
    readonly position: Position,
    readonly head: Position,
  ) {
    super(
      'fault',
      'position-beyond-end',
      {
        vi: `Vị trí đọc ${position} vượt quá cuối kho sự kiện (${head}): kho có thể đã được phục hồi từ bản cũ hơn. Kiểm tra kho đang kết nối, rồi dựng lại dữ liệu đọc từ đầu.`,
        en: `Position ${position} is beyond the end of the log (${head}): the log may have been restored from an older copy. Check which log is connected, then rebuild the reader from the start.`,
      },
      { position: String(position), head: String(head) },
    )
  }
}
