import { addDays, daysBetween, type LocalDate } from '#calendar'
import { allFormulas } from '../../domain/formulas/all-formulas.js'
import { noEnd } from '../../domain/formulas/figures-over-time.js'
import { cellsOf, cellText, dimensions, type Cell } from './cells.js'
import type { SpanContent } from './span-rows.js'

/**
 * A difference that takes effect: on axis `t` for periods that end on or after its day, on `f` for those that begin after
 * it, on `w` for those that lie within: begin after it and end before the other.
 */
interface Difference {
  readonly axis: 't' | 'f' | 'w'
  readonly day: LocalDate
  readonly other: LocalDate
  readonly formula: number
  readonly count: 1 | -1
  readonly numerator: number
}

const noOther = '0001-01-01'

/** A sum of a cell, in the columns of its table. All sums of a cell have the same object for it. */
export interface SumRow {
  readonly cell: Cell
  /** The number of the cell is left to whoever knows it. */
  readonly columns: Record<string, unknown>
}

/** Numerators and denominators, two places a formula. */
type Counts = number[]

/** What changes for spans of the same values: counts by axis, day and other day. */
interface Changed {
  readonly cells: readonly Cell[]
  readonly counts: Map<string, Counts>
}

/**
 * How the spans known change what is counted, to be added to the sums in one statement. Spans of one dossier meet end to
 * end, and what ends on a day mostly begins anew on it: that is added up first, before it is spread over cells and levels.
 */
export class SpanSums {
  readonly #changed = new Map<string, Changed>()

  add(span: SpanContent, sign: 1 | -1): void {
    const differences = differencesOf(span)
    if (differences.length === 0) return
    const { counts } = this.#changedOf(span)
    for (const { axis, day, other, formula, count, numerator } of differences) {
      const found = countsAt(counts, `${axis}\0${day}\0${other}`)
      found[2 * formula]! += sign * count
      found[2 * formula + 1]! += sign * count * numerator
    }
  }

  /** Without those that come to nothing; always in the same order. */
  rows(): SumRow[] {
    const sums = new Map<string, { readonly cell: Cell; readonly counts: Map<string, Counts> }>()
    for (const { cells, counts } of this.#changed.values()) {
      const spread = spreadOver(counts)
      if (spread.size === 0) continue
      for (const cell of cells) {
        const text = cellText(cell)
        const known = sums.get(text) ?? { cell, counts: new Map<string, Counts>() }
        sums.set(text, known)
        for (const [key, added] of spread) addTo(countsAt(known.counts, key), added)
      }
    }
    return inOrder(sums).flatMap(([, { cell, counts }]) =>
      inOrder(counts)
        .filter(([, all]) => all.some((count) => count !== 0))
        .map(([key, all]) => rowOf(cell, key, all)),
    )
  }

  #changedOf(span: SpanContent): Changed {
    const key = JSON.stringify(dimensions.map((dimension) => span[dimension]))
    const known = this.#changed.get(key)
    if (known !== undefined) return known
    const changed = { cells: cellsOf(span), counts: new Map<string, Counts>() }
    this.#changed.set(key, changed)
    return changed
  }
}

/** Added up by day, month and year. */
function spreadOver(counts: ReadonlyMap<string, Counts>): Map<string, Counts> {
  const spread = new Map<string, Counts>()
  for (const [key, added] of counts) {
    if (added.every((count) => count === 0)) continue
    const [axis, day, other] = key.split('\0') as [Difference['axis'], LocalDate, LocalDate]
    for (const [level, start] of levelsOf({ axis, day, other }))
      addTo(countsAt(spread, `${level}\0${start}\0${other}`), added)
  }
  return spread
}

const countColumns = allFormulas.flatMap((_, at) => [`d${at}`, `n${at}`])

function rowOf(cell: Cell, key: string, counts: Counts): SumRow {
  const [axis, day, other] = key.split('\0')
  const columns: Record<string, unknown> = { cell: null, axis, day, other }
  for (let at = 0; at < counts.length; at++) columns[countColumns[at]!] = counts[at]
  return { cell, columns }
}

function countsAt(counts: Map<string, Counts>, key: string): Counts {
  const known = counts.get(key)
  if (known !== undefined) return known
  const none = countColumns.map(() => 0)
  counts.set(key, none)
  return none
}

function addTo(counts: Counts, added: Counts): void {
  for (let at = 0; at < added.length; at++) counts[at]! += added[at]!
}

function inOrder<Value>(values: ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1))
}

export function isCounted(span: SpanContent): boolean {
  return allFormulas.some((_, at) => (span[`f${at}`] ?? null) !== null)
}

/**
 * A span counts for periods with `day_from` ≤ last day ≤ `day_until` and first day ≤ f. As differences: one begins at
 * `day_from`, one ends after `day_until`, and both are taken back for first days after f. Where what is taken back had
 * not begun by then, it is given again to the periods in between, which end before it begins: a wait for a supplement,
 * for one, counts for no period that lies within it.
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
      const back = count === 1 ? -1 : 1
      const taken: Difference = { ...what, axis: 'f', day: until, other: noOther, count: back }
      if (day <= addDays(until, 1)) return [begun, taken]
      return [begun, taken, { ...what, axis: 'w', day: until, other: day, count }]
    })
  })
}

/**
 * The longest that the two days of a difference on `w` lie apart, by class: a question about longer periods passes over
 * those, and needs look no further back than so many days. Most waits are of the first, a few years of the second.
 */
const classes = [32, 256, null] as const

/** Axis and first day of what a difference is added to: days, months, years; on `w` days alone, by class. */
function levelsOf({
  axis,
  day,
  other,
}: Pick<Difference, 'axis' | 'day' | 'other'>): (readonly [string, LocalDate])[] {
  if (axis === 'w') {
    const apart = daysBetween(day, other)
    return [[`w${classes.findIndex((most) => most === null || apart <= most)}`, day]]
  }
  return [
    [`${axis}d`, day],
    [`${axis}m`, `${day.slice(0, 7)}-01`],
    [`${axis}y`, `${day.slice(0, 4)}-01-01`],
  ]
}

/** Where in the sums of a cell to look. */
export interface SumRange {
  readonly axis: string
  readonly from: LocalDate
  readonly before: LocalDate
  /** The other day comes after this one; null where there is none. */
  readonly otherAfter: LocalDate | null
}

/** Where to look for what counts in a period: some ten ranges of days, whatever the period. */
export function rangesOf({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): SumRange[] {
  const length = daysBetween(from, to) + 1
  const within = classes.flatMap((most, at): SumRange[] => {
    if (most !== null && most <= length) return []
    const earliest = most === null ? noOther : addDays(to, 1 - most)
    return [{ axis: `w${at}`, from: earliest, before: from, otherAfter: to }]
  })
  return [...rangesBefore('t', addDays(to, 1)), ...rangesBefore('f', from), ...within]
}

/** The sum before a day: whole years before its own, whole months of its year, days of its month. */
function rangesBefore(axis: 't' | 'f', day: LocalDate): SumRange[] {
  const month = `${day.slice(0, 7)}-01`
  const year = `${day.slice(0, 4)}-01-01`
  return [
    { axis: `${axis}y`, from: noOther, before: year, otherAfter: null },
    { axis: `${axis}m`, from: year, before: month, otherAfter: null },
    { axis: `${axis}d`, from: month, before: day, otherAfter: null },
  ].filter((range) => range.from < range.before)
}
