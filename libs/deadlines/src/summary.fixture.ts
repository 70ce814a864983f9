import type { Deadline } from './deadline.js'

/** What a deadline says, without what is absent: an expected value then reads like the sentence it stands for. */
export interface Summary {
  readonly type: Deadline['type']
  readonly due?: string
  /** Where the named day itself is late. */
  readonly strict?: true
  readonly from?: string
  readonly every?: string
  readonly condition?: string
  readonly parts?: readonly Summary[]
  readonly dates?: readonly string[]
  readonly warnings?: readonly string[]
}

/** `every` is the recurrence in one line: "yearly month 1", "quarterly day 10", "half-yearly 2x". */
export function summaryOf(deadline: Deadline): Summary {
  const { type, due, inclusive, from, recurrence, condition, parts, dates, warnings } = deadline
  return {
    type,
    ...(due === null ? {} : { due }),
    ...(inclusive === false ? { strict: true as const } : {}),
    ...(from === null ? {} : { from }),
    ...(recurrence === null ? {} : { every: everyOf(recurrence) }),
    ...(condition === null ? {} : { condition }),
    ...(parts.length === 0 ? {} : { parts: parts.map(summaryOf) }),
    ...(dates.length === 0 ? {} : { dates }),
    ...(warnings.length === 0 ? {} : { warnings: warnings.map(({ code }) => code) }),
  }
}

function everyOf({
  frequencies,
  timesPerYear,
  month,
  quarter,
  day,
}: NonNullable<Deadline['recurrence']>): string {
  const place = [
    timesPerYear === null ? '' : ` ${timesPerYear}x`,
    month === null ? '' : ` month ${month}`,
    quarter === null ? '' : ` quarter ${quarter}`,
    day === null ? '' : ` day ${day}`,
  ]
  return frequencies.join('+') + place.join('')
}
