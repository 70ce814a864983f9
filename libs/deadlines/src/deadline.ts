import type { LocalDate } from '#calendar'
import type { Warning } from './warning.js'

export type DeadlineType =
  | 'date'
  | 'dates'
  | 'month'
  | 'quarter'
  | 'year'
  | 'range'
  | 'until'
  | 'recurring'
  | 'continuous'
  | 'event'
  | 'rule'
  | 'several'
  | 'none'

export type Frequency = 'monthly' | 'quarterly' | 'half-yearly' | 'yearly' | 'ad-hoc' | 'unspecified'

/** How often, and where written the month, quarter or day of it ("ngày 10 của tháng cuối quý": day 10). */
export interface Recurrence {
  readonly frequencies: readonly Frequency[]
  /** Only where written: "02 lần/năm" is 2, "hằng tháng" is null. */
  readonly timesPerYear: number | null
  readonly month: number | null
  readonly quarter: number | null
  readonly day: number | null
}

/** A deadline (thời hạn) as read from what an official wrote. Every key is always there; what is absent is null. */
export interface Deadline {
  /** Exactly as written; of a part, its excerpt. */
  readonly raw: string
  readonly type: DeadlineType
  /** The named day. Null where no calendar day is named, where it is implausible, and for `several`. */
  readonly due: LocalDate | null
  /** False for "trước ngày X" (X itself is late). Null where no day is named. */
  readonly inclusive: boolean | null
  /** The last day on which the duty is met: `due`, or the day before where `inclusive` is false. */
  readonly lastCompliantDay: LocalDate | null
  /** Of a `range` only. */
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  /** Of `recurring`; beside a named day, the frequency that stood next to it. */
  readonly recurrence: Recurrence | null
  /** The event, rule or remark that stands beside the time, in the words of the document. */
  readonly condition: string | null
  /** Of `several`: each deadline in order, of this same shape. */
  readonly parts: readonly Deadline[]
  /** Of `dates`: every day in order of writing. */
  readonly dates: readonly LocalDate[]
  readonly warnings: readonly Warning[]
}

const frequencyOrder: readonly Frequency[] = [
  'monthly',
  'quarterly',
  'half-yearly',
  'yearly',
  'ad-hoc',
  'unspecified',
]

/** From often to seldom; `unspecified` ("định kỳ") says nothing beside a named period and is dropped there. */
export function orderedFrequencies(frequencies: Iterable<Frequency>): Frequency[] {
  const named = new Set(frequencies)
  const hasPeriod = [...named].some((frequency) => frequency !== 'unspecified' && frequency !== 'ad-hoc')
  if (hasPeriod) named.delete('unspecified')
  return frequencyOrder.filter((frequency) => named.has(frequency))
}

/** A deadline without calendar day. */
export function emptyDeadline(raw: string, type: DeadlineType): Deadline {
  return {
    raw,
    type,
    due: null,
    inclusive: null,
    lastCompliantDay: null,
    from: null,
    to: null,
    recurrence: null,
    condition: null,
    parts: [],
    dates: [],
    warnings: [],
  }
}
