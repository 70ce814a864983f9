import { invalid } from '#kernel'

/** Long enough for a category and a document number; short enough to keep every index row far below its limit. */
const maxLength = 200

const controlCharacters = /\p{Cc}/u

/**
 * Stream names: 1 to 200 characters, no control characters, no leading `$` (EventStoreDB keeps such streams for
 * itself, and a name that one adapter takes every adapter must take).
 */
export function assertStreamName(stream: string): void {
  if (!isName(stream)) {
    throw invalid(
      'stream-name-invalid',
      {
        vi: `Tên luồng sự kiện không hợp lệ. Đặt tên từ 1 đến ${maxLength} ký tự, không chứa ký tự điều khiển, không bắt đầu bằng "$".`,
        en: `The stream name is not valid. Use 1 to ${maxLength} characters, no control characters, no leading "$".`,
      },
      { stream },
    )
  }
}

/** Event types follow the rules of stream names. */
export function assertEventType(type: string): void {
  if (!isName(type)) {
    throw invalid(
      'event-type-invalid',
      {
        vi: `Tên loại sự kiện không hợp lệ. Đặt tên từ 1 đến ${maxLength} ký tự, không chứa ký tự điều khiển, không bắt đầu bằng "$".`,
        en: `The event type is not valid. Use 1 to ${maxLength} characters, no control characters, no leading "$".`,
      },
      { type },
    )
  }
}

function isName(text: unknown): boolean {
  return (
    typeof text === 'string' &&
    text.length >= 1 &&
    text.length <= maxLength &&
    !text.startsWith('$') &&
    !controlCharacters.test(text) &&
    text.isWellFormed()
  )
}
