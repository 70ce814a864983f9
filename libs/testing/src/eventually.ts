import { setTimeout as delay } from 'node:timers/promises'

const pollEveryMs = 10

export interface EventuallyOptions {
  /** Milliseconds until the wait is given up. Default 60 000: on a busy machine little is quick. */
  readonly timeout?: number
  /** What is waited for, in the failure's message. */
  readonly what?: string
}

/**
 * Waits for a state instead of sleeping: repeats `probe` until it neither throws nor gives `false`, and returns what
 * it gave. So a probe is either a condition or made of `expect`s, whose last failure the error then tells.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { timeout = 60_000, what = 'the expected state' }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const begin = performance.now()
  for (;;) {
    let failure: unknown = 'the probe gave false'
    try {
      const found = await probe()
      if (found !== false) return found as Exclude<T, false>
    } catch (error) {
      failure = error
    }
    if (performance.now() - begin >= timeout) {
      const last = failure instanceof Error ? failure.message : String(failure)
      throw new Error(`waited ${timeout} ms for ${what} in vain; at last: ${last}`, { cause: failure })
    }
    await delay(pollEveryMs)
  }
}
