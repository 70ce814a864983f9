import { RoviecError } from '#kernel'

/** Soon enough for a person, late enough for a queue to have become shorter. */
const retryAfterSeconds = 1

/** A stopping server is replaced or started again within seconds. */
const restartAfterSeconds = 5

export function overloaded(): RoviecError {
  return new RoviecError(
    'fault',
    'overloaded',
    {
      vi: 'Hệ thống đang nhận quá nhiều yêu cầu cùng lúc, yêu cầu này chưa được xử lý. Chờ giây lát rồi gửi lại nguyên yêu cầu.',
      en: 'The server has too much work at the moment and did not begin with this. Wait a moment, then send the same again.',
    },
    { safeToRepeat: true, retryAfterSeconds },
  )
}

export function stopping(): RoviecError {
  return new RoviecError(
    'fault',
    'stopping',
    {
      vi: 'Máy chủ đang dừng, yêu cầu này chưa được xử lý. Gửi lại sau ít giây.',
      en: 'The server is stopping and did not begin with this. Send the same again in a few seconds.',
    },
    { safeToRepeat: true, retryAfterSeconds: restartAfterSeconds },
  )
}

/** Answered as 429 like any error of the router with that status. */
export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests'
  readonly statusCode = 429
}
