import { exitCodes, notice } from './output/answer.js'

/** What those inside get of the time of a stop; the rest is for the page in hand and the connections. */
export const shareOfRequests = 0.6

/**
 * Resolves at the first signal to stop: SIGTERM, SIGINT, a closed terminal. A second SIGINT, or a stop that takes
 * longer, ends the process by force; the exit code says so.
 */
export async function untilStopped(withinMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.once('SIGINT', () => force('dừng ngay theo yêu cầu'))
      setTimeout(() => force(`chưa dừng xong sau ${withinMs / 1_000} giây`), withinMs).unref()
      resolve()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    process.once('SIGHUP', stop)
  })
}

function force(reason: string): void {
  notice(`Buộc dừng: ${reason}. Dữ liệu đã báo là ghi nhận vẫn an toàn; yêu cầu đang dở thì gửi lại.`)
  process.exit(exitCodes.forced)
}
