/** The only way to learn what time it is. Domain code is given times, it never reads them. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
