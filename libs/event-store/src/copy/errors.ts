import { RoviecError } from '#kernel'
import type { Position, RecordedEvent, StreamName } from '../port/event-store.js'

/** Where two logs first differ. `number` counts the events from 1; null where a log has ended. */
export interface Difference {
  readonly number: number
  readonly source: Place | null
  readonly target: Place | null
}

interface Place {
  readonly stream: StreamName
  readonly revision: string
  readonly id: string
}

export function placeOf(event: RecordedEvent | undefined): Place | null {
  return event ? { stream: event.stream, revision: String(event.revision), id: event.id } : null
}

function told(place: Place | null): string {
  return place ? `${place.stream}@${place.revision} ${place.id}` : '–'
}

/** The target holds something else than the beginning of the source. Nothing was written. */
export function targetHoldsOther(difference: Difference): RoviecError {
  return new RoviecError(
    'conflict',
    'log-copy-target-differs',
    {
      vi: `Kho đích không trống và không phải là phần đầu của kho nguồn: khác nhau từ sự kiện thứ ${difference.number} (nguồn ${told(difference.source)}, đích ${told(difference.target)}). Chưa ghi gì thêm. Dùng một kho đích trống.`,
      en: `The target is neither empty nor a beginning of the source: they differ from event ${difference.number} on (source ${told(difference.source)}, target ${told(difference.target)}). Nothing was written. Use an empty target.`,
    },
    { ...difference },
  )
}

/** While the copy ran, the target did not stay what the copy had made of it, or the source lacks an event. */
export function targetChanged(stream: StreamName, revision: bigint, cause?: unknown): RoviecError {
  return new RoviecError(
    'conflict',
    'log-copy-target-changed',
    {
      vi: `Không ghi tiếp được sự kiện ${revision} của luồng ${stream} vào kho đích: có chương trình khác đang ghi vào kho đích, hoặc kho nguồn thiếu sự kiện trước đó. Dừng mọi chương trình dùng kho đích rồi chạy lại; nếu vẫn vậy, kiểm tra kho nguồn.`,
      en: `Event ${revision} of stream ${stream} does not follow on in the target: another program writes there, or the source lacks the event before. Stop whatever uses the target and run the copy again; if that does not help, examine the source.`,
    },
    { stream, revision: String(revision) },
    { cause },
  )
}

export function logMissing(): RoviecError {
  return new RoviecError('not-found', 'log-copy-source-missing', {
    vi: 'Không có kho sự kiện nào tại địa chỉ nguồn. Kiểm tra lại --from.',
    en: 'There is no event log at the source address. Check --from.',
  })
}

export function addressInvalid(option: string): RoviecError {
  return new RoviecError(
    'invalid',
    'log-address-invalid',
    {
      vi: `${option} phải là một trong các dạng: postgresql://…, esdb://…, embedded:<thư mục dữ liệu>.`,
      en: `${option} must be one of postgresql://…, esdb://…, embedded:<data directory>.`,
    },
    { option },
  )
}

/** A source position that its own log does not name again: the log was exchanged in the midst of the copy. */
export function sourceShrunk(head: Position, reached: Position): RoviecError {
  return new RoviecError(
    'fault',
    'log-copy-source-shrunk',
    {
      vi: `Kho nguồn kết thúc ở vị trí ${reached}, trước vị trí cuối ${head} khi bắt đầu. Kiểm tra kho nguồn rồi chạy lại.`,
      en: `The source ends at position ${reached}, before its head of ${head} at the start. Examine the source, then run the copy again.`,
    },
    { head: String(head), reached: String(reached) },
  )
}
