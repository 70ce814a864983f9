import { addDays, type LocalDate } from '#calendar'
import { allFormulas } from '../../domain/formulas/all-formulas.js'
import { noEnd } from '../../domain/formulas/figures-over-time.js'
import type { SpanContent } from './span-rows.js'

/** Whose figures a sum belongs to: of the whole province, or of one agency. */
export const wholeProvince = '*'

/** By what figures are broken down. */
export const dimensions = ['agency', 'field', 'procedure', 'channel'] as const
export type Dimension = (typeof dimensions)[number]

/**
 * A difference that takes effect: on axis `t` for periods that end on or after its day, on `f` for those that begin on
 * or after it, on `b` for those that begin on or after it and end on or after the other.
 */
interface Difference {
  readonly axis: 't' | 'f' | 'b'
  readonly day: LocalDate
  readonly other: LocalDate
  readonly formula: number
  readonly count: 1 | -1
  readonly numerator: number
}

const noOther = '0001-01-01'

/** How the spans known change what is counted, to be added to the sums in one statement. */
export class SpanSums {
  readonly #sums = new Map<string, number[]>()

  add(span: SpanContent, sign: 1 | -1): void {
    const differences = differencesOf(span)
    if (differences.length === 0) return
    const keys = keysOf(span)
    for (const { axis, day, other, formula, count, numerator } of differences)
      for (const [level, start] of levelsOf(axis, day))
        for (const key of keys) {
          const sums = this.#at(`${key}\0${axis}\0${level}\0${start}\0${other}`)
          sums[2 * formula]! += sign * count
          sums[2 * formula + 1]! += sign * count * numerator
        }
  }

  /** Rows of their table, without those that come to nothing; always in the same order. */
  rows(): object[] {
    return [...this.#sums]
      .filter(([, sums]) => sums.some((sum) => sum !== 0))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, sums]) => {
        const [owner, dimension, value, axis, level, day, other] = key.split('\0')
        const counts = sums.map(
          (sum, at) => [`${at % 2 === 0 ? 'd' : 'n'}${Math.floor(at / 2)}`, sum] as const,
        )
        return { owner, dimension, value, axis, level, day, other, ...Object.fromEntries(counts) }
      })
  }

  #at(key: string): number[] {
    const known = this.#sums.get(key)
    if (known !== undefined) return known
    const sums = Array.from({ length: 2 * allFormulas.length }, () => 0)
    this.#sums.set(key, sums)
    return sums
  }
}

/** The province by every dimension, and the agency by all but itself. */
function keysOf(span: SpanContent): string[] {
  return dimensions.flatMap((dimension) => {
    const whole = `${wholeProvince}\0${dimension}\0${span[dimension]}`
    return dimension === 'agency' ? [whole] : [whole, `${span.agency}\0${dimension}\0${span[dimension]}`]
  })
}

/**
 * A span counts for periods with `day_from` ≤ last day ≤ `day_until` and first day ≤ f. As differences: one begins at
 * `day_from`, one ends after `day_until`, and both are taken back for first days after f. Where what is taken back had
 * begun by then, as nearly always, the last day need not be looked at: no period ends before it begins.
 */
function differencesOf(span: SpanContent): Difference[] {
  return allFormulas.flatMap((_, formula): Difference[] => {
    const until = span[`f${formula}`]
    if (until === null || until === undefined) return []
    const what = { formula, numerator: span[`n${formula}`] ?? 0 }
    const edges = [
      { day: span.day_from, count: 1 as const },
      ...(span.day_until === noEnd ? [] : [{ day: addDays(span.day_until, 1), count: -1 as const }]),
    ]
    return edges.flatMap(({ day, count }): Difference[] => {
      const begun: Difference = { ...what, axis: 't', day, other: noOther, count }
      if (until === noEnd) return [begun]
      const first = addDays(until, 1)
      const back = count === 1 ? -1 : 1
      const taken: Difference =
        day <= first
          ? { ...what, axis: 'f', day: first, other: noOther, count: back }
          : { ...what, axis: 'b', day: first, other: day, count: back }
      return [begun, taken]
    })
  })
}

/** Days, months by their first day, years by theirs. What hangs on two days is rare and kept by day only. */
function levelsOf(axis: Difference['axis'], day: LocalDate): (readonly [string, LocalDate])[] {
  if (axis === 'b') return [['d', day]]
  return [
    ['d', day],
    ['m', `${day.slice(0, 7)}-01`],
    ['y', `${day.slice(0, 4)}-01-01`],
  ]
}

/** Where to look for the sum up to a day: whole years before its own, whole months of its year, days of its month. */
export function rangesUpTo(
  axis: 't' | 'f',
  day: LocalDate,
): { axis: string; level: string; from: string; before: string }[] {
  const month = `${day.slice(0, 7)}-01`
  const year = `${day.slice(0, 4)}-01-01`
  return [
    { axis, level: 'y', from: noOther, before: year },
    { axis, level: 'm', from: year, before: month },
    { axis, level: 'd', from: month, before: addDays(day, 1) },
  ]
}
