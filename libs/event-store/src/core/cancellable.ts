import { AppendOutcomeUnknown } from '../port/errors.js'
import type { Appended, StreamName } from '../port/event-store.js'

/**
 * An append that its caller may stop waiting for. Nothing is sent once the signal is aborted; what has been sent goes
 * on without him, and its outcome is unknown to him.
 *
 * @throws the signal's reason before anything was sent, `AppendOutcomeUnknown` with it as cause afterwards
 */
export async function cancellable(
  stream: StreamName,
  signal: AbortSignal | undefined,
  append: () => Promise<Appended>,
): Promise<Appended> {
  if (signal === undefined) return append()
  signal.throwIfAborted()
  let abort = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new AppendOutcomeUnknown(stream, signal.reason))
    signal.addEventListener('abort', abort)
  })
  try {
    return await Promise.race([append(), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
