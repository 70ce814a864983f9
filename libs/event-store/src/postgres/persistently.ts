import { setTimeout as delay } from 'node:timers/promises'
import { EventStoreUnavailable } from '../port/errors.js'

/** Milliseconds before a read is tried again, doubled each time up to the last. */
const firstPauseMs = 50
const longestPauseMs = 2_000

/** Repeats a read while the server is away; gives up when the signal says so. Reads change nothing: this is safe. */
export async function persistently<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable) || signal.aborted) throw error
      await delay(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }
}
