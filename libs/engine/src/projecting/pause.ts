import { setMaxListeners } from 'node:events'
import { setTimeout } from 'node:timers/promises'

/** Waits, or less when the signal says stop; never throws. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Every view waits on the one signal that stops them all: that is no leak, and no warning is due.
  setMaxListeners(0, signal)
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}
