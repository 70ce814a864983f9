import { setTimeout as delay } from 'node:timers/promises'
import { EventStoreUnavailable } from '../port/errors.js'

/** Milliseconds before the first repetition, doubled each time up to the longest. */
export const firstPauseMs = 50
const longestPauseMs = 5_000

export function nextPause(pauseMs: number): number {
  return Math.min(2 * pauseMs, longestPauseMs)
}

/** Half to the whole of it, at random: workers that lost the same server do not all come back in the same moment. */
export function jittered(pauseMs: number): number {
  return pauseMs * (0.5 + Math.random() / 2)
}

/** Repeats a read while the server is away; gives up when the signal says so. Reads change nothing: this is safe. */
export async function persistently<T>(
  read: () => Promise<T>,
  signal: AbortSignal,
  onRetry: () => void,
): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = nextPause(pauseMs)) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable) || signal.aborted) throw error
      onRetry()
      await delay(jittered(pauseMs), undefined, { signal }).catch(() => undefined)
    }
  }
}
