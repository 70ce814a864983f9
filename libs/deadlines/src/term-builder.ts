import type { Frequency } from './deadline.js'
import type { WarningCode } from './warning.js'
import type { WrittenYear } from './year.js'

/** A calendar term as written, before a missing year is filled in: "ngày 10 tháng 6", "quí IV/2025". */
export interface Term {
  /** `cycle`: a day of the last month of every period ("ngày 10 của tháng cuối quý"). */
  readonly unit: 'day' | 'month' | 'quarter' | 'span' | 'year' | 'cycle'
  readonly year: number | null
  /** "năm nay" 0, "năm sau" 1: counted from the year of the plan. */
  readonly yearShift: number | null
  readonly month: number | null
  readonly quarter: number | null
  /** First and last month of a `span`: 1 and 9 of "9 tháng đầu năm". */
  readonly months: readonly [number, number] | null
  readonly day: number | null
  readonly cycle: Frequency | null
  readonly flaws: readonly WarningCode[]
  /** False for a bare number ("2025", "01/2025"), which is a deadline only where nothing else stands. */
  readonly named: boolean
  readonly start: number
  readonly end: number
}

const noYear: WrittenYear = { year: null, shift: null, flaw: null, end: -1 }

/** Builds a term; a year read after it moves its end. */
export function term(
  unit: Term['unit'],
  start: number,
  end: number,
  values: Partial<Term>,
  written: WrittenYear | null = null,
): Term {
  const { year, shift, flaw, end: yearEnd } = written ?? noYear
  return {
    unit,
    year,
    yearShift: shift,
    month: null,
    quarter: null,
    months: null,
    day: null,
    cycle: null,
    named: true,
    start,
    end: Math.max(end, yearEnd),
    ...values,
    flaws: flaw === null ? (values.flaws ?? []) : [...(values.flaws ?? []), flaw],
  }
}
