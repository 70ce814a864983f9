import { exitCodes, notice } from './output/answer.js'
import { onStopSignals } from './stop-signals.js'

/** What those inside get of the time of a stop; the rest is for the page in hand and the connections. */
export const shareOfRequests = 0.6

/**
 * Resolves at the first signal to stop. A SIGINT after the first second, or a stop that takes longer, ends the process
 * by force; the exit code says so.
 */
export async function untilStopped(withinMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      setTimeout(() => force(`chưa dừng xong sau ${withinMs / 1_000} giây`), withinMs).unref()
      resolve()
    }
    onStopSignals(stop, () => force('dừng ngay theo yêu cầu'))
  })
}

function force(reason: string): void {
  notice(`Buộc dừng: ${reason}. Dữ liệu đã báo là ghi nhận vẫn an toàn; yêu cầu đang dở thì gửi lại.`)
  process.exit(exitCodes.forced)
}
