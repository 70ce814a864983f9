import { setTimeout } from 'node:timers/promises'

/** Waits, or less when the signal says stop; never throws. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}
