import type { Clock } from '#kernel'

export interface VirtualClock extends Clock {
  advance(milliseconds: number): void
  set(time: Date | string): void
}

/** A clock that stands still until told otherwise; it may also be set back. */
export function virtualClock(start: Date | string): VirtualClock {
  let time = read(start)
  return {
    now: () => new Date(time),
    advance(milliseconds) {
      time += milliseconds
    },
    set(to) {
      time = read(to)
    },
  }
}

function read(time: Date | string): number {
  const milliseconds = new Date(time).getTime()
  if (Number.isNaN(milliseconds)) throw new Error(`not a time: ${String(time)}`)
  return milliseconds
}
