import { addDays, lastDayOfMonth, localDate, type LocalDate } from '#calendar'
import type { CalendarPhrase } from './calendar-phrase.js'
import type { Term } from './term-builder.js'
import type { WarningCode } from './warning.js'

/** A term with its year filled in, and its first and last day; null where it has none. */
export interface ResolvedTerm {
  readonly term: Term
  readonly year: number | null
  readonly first: LocalDate | null
  readonly last: LocalDate | null
  readonly flaws: readonly WarningCode[]
}

/**
 * Fills missing years and months: from the next term that has one ("ngày 10 tháng 6 và ngày 10 tháng 12 năm
 * 2025"), else from the one before, else from the year of the plan.
 */
export function resolvePhrases(
  phrases: readonly CalendarPhrase[],
  planYear: number | null,
): ResolvedTerm[][] {
  const terms = phrases.flatMap(({ terms: own }) => own)
  const years = fill(terms.map((term) => yearOf(term, planYear)))
  const months = terms.map(({ month }) => month)
  for (let k = terms.length - 2; k >= 0; k -= 1) {
    if (terms[k]!.unit === 'day' && terms[k + 1]!.unit === 'day') months[k] ??= months[k + 1]!
  }
  let at = 0
  return phrases.map((phrase) => {
    const resolved = phrase.terms.map((term) => {
      const year = isBroken(term) ? null : (years[at] ?? planYear)
      return resolveTerm({ ...term, month: months[at++] ?? null }, year)
    })
    return phrase.isRange ? orderedRange(resolved) : resolved
  })
}

function yearOf({ year, yearShift }: Term, planYear: number | null): number | null {
  return year ?? (yearShift === null || planYear === null ? null : planYear + yearShift)
}

function fill(years: (number | null)[]): (number | null)[] {
  const filled = [...years]
  for (let k = filled.length - 2; k >= 0; k -= 1) filled[k] ??= filled[k + 1]!
  for (let k = 1; k < filled.length; k += 1) filled[k] ??= filled[k - 1]!
  return filled
}

/** A misprinted year ("03/10/217") is never replaced by a likely one. */
function isBroken({ year, flaws }: Term): boolean {
  return year === null && flaws.includes('implausible-year')
}

function resolveTerm(term: Term, year: number | null): ResolvedTerm {
  const flaws = [...term.flaws]
  const none = (code?: WarningCode): ResolvedTerm => {
    if (code !== undefined && !flaws.includes(code)) flaws.push(code)
    return { term, year, first: null, last: null, flaws }
  }
  if (term.unit === 'cycle') return none()
  if (term.unit === 'day' && term.month === null) return none('incomplete-date')
  if (term.unit === 'day' && (term.month! < 1 || term.month! > 12)) return none('impossible-date')
  if (flaws.includes('impossible-month') || flaws.includes('impossible-quarter')) return none()
  if (year === null) return none(isBroken(term) ? undefined : 'year-missing')
  if (term.unit === 'day') {
    const day = localDate(year, term.month!, term.day ?? 0)
    return day === null ? none('impossible-date') : { term, year, first: day, last: day, flaws }
  }
  const [from, to] = monthsOf(term)
  return { term, year, first: localDate(year, from, 1), last: lastDayOfMonth(year, to), flaws }
}

function monthsOf({ month, quarter, months }: Term): readonly [number, number] {
  if (month !== null) return [month, month]
  if (quarter !== null) return [quarter * 3 - 2, quarter * 3]
  return months ?? [1, 12]
}

/** "từ ngày 15/12 đến ngày 15/01/2026": a start without a year of its own lies before its end. */
function orderedRange([start, end]: ResolvedTerm[]): ResolvedTerm[] {
  const isReversed = start!.first !== null && end!.last !== null && start!.first > end!.last
  if (!isReversed) return [start!, end!]
  if (start!.term.year === null && start!.year !== null) {
    const earlier = resolveTerm(start!.term, start!.year - 1)
    if (earlier.first !== null) return [earlier, end!]
  }
  return [start!, { ...end!, first: null, last: null, flaws: [...end!.flaws, 'range-reversed'] }]
}

/** The last day on which a duty due on the day is met. */
export function lastCompliantDayOf(due: LocalDate, inclusive: boolean): LocalDate | null {
  if (inclusive) return due
  return due === '0001-01-01' ? null : addDays(due, -1)
}
