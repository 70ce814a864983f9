import type { CalendarPhrase } from './calendar-phrase.js'
import { orderedFrequencies, type Recurrence } from './deadline.js'
import type { Term } from './term-builder.js'
import type { WarningCode } from './warning.js'

export interface RecurringTerm {
  readonly phrase: CalendarPhrase
  /** The term it was read from. */
  readonly term: Term
  readonly recurrence: Recurrence
  /** False for "trước ngày 10 hằng tháng"; null where no day is written. */
  readonly inclusive: boolean | null
  readonly flaws: readonly WarningCode[]
}

/**
 * Times that come back: "Tháng 1 hàng năm", "trước ngày 10 của tháng cuối quý". Null where a year is written
 * or nothing says that they come back.
 */
export function recurringFrom(
  phrases: readonly CalendarPhrase[],
  beside: Recurrence | null,
): RecurringTerm[] | null {
  const pairs = phrases.flatMap((phrase) =>
    phrase.terms.map((term) => ({ phrase, term: asCycle(term, beside) })),
  )
  const isYearly = beside?.frequencies.includes('yearly') === true
  const cycles = pairs.filter(({ term }) => term.unit === 'cycle')
  if (cycles.length === 0 && !isYearly) return null
  if (phrases.some(({ isRange }) => isRange)) return null
  const isComplete = pairs.every(({ term }) => term.unit === 'cycle' || (isYearly && isOfEveryYear(term)))
  if (!isComplete) return null
  return joined(pairs, beside) ?? pairs.map(({ phrase, term }) => single(phrase, term, beside))
}

interface Pair {
  readonly phrase: CalendarPhrase
  readonly term: Term
}

function isOfEveryYear({ year, yearShift, flaws, unit }: Term): boolean {
  return (
    year === null &&
    yearShift === null &&
    unit !== 'year' &&
    unit !== 'span' &&
    !flaws.includes('implausible-year')
  )
}

/** "hằng tháng, trước ngày 25": a day without month counts in the period written beside it. */
function asCycle(term: Term, beside: Recurrence | null): Term {
  const [frequency] = beside?.frequencies ?? []
  const isBareDay = term.unit === 'day' && term.month === null && term.year === null
  return isBareDay && frequency !== undefined ? { ...term, unit: 'cycle', cycle: frequency } : term
}

/** "hằng quý, hằng năm (trước ngày 10 của tháng cuối quý và trước ngày 10 tháng 12)" is one recurrence. */
function joined(pairs: readonly Pair[], beside: Recurrence | null): RecurringTerm[] | null {
  const [one, two] = pairs
  if (pairs.length !== 2 || one!.term.unit !== 'cycle' || two!.term.unit !== 'day') return null
  if (one!.term.day !== two!.term.day || one!.phrase.limit !== two!.phrase.limit) return null
  const first = single(one!.phrase, one!.term, beside)
  return [{ ...first, recurrence: { ...first.recurrence, month: two!.term.month } }]
}

function single(phrase: CalendarPhrase, term: Term, beside: Recurrence | null): RecurringTerm {
  const isStrict = phrase.limit === 'before'
  const { month, quarter, day, flaws } = term
  const isPossible = !flaws.includes('impossible-month') && !flaws.includes('impossible-quarter')
  const inYear = { month, quarter, day }
  // "trước tháng 6 hàng năm": the day before June begins.
  const strictStart = isStrict && day === null && isPossible && term.unit !== 'cycle'
  const place = strictStart ? { month: firstMonth(term), quarter: null, day: 1 } : inYear
  const frequencies = term.cycle === null ? ['yearly' as const] : [term.cycle, ...(beside?.frequencies ?? [])]
  return {
    phrase,
    term,
    recurrence: {
      frequencies: orderedFrequencies(frequencies),
      timesPerYear: beside?.timesPerYear ?? null,
      ...(isPossible ? place : { month: null, quarter: null, day: null }),
    },
    inclusive: place.day === null ? null : !isStrict,
    flaws: flaws.concat(isPossibleDay(month, day) ? [] : ['impossible-date']),
  }
}

function firstMonth({ month, quarter }: Term): number {
  return month ?? quarter! * 3 - 2
}

/** 29/02 counts as possible: it comes back every fourth year. */
function isPossibleDay(month: number | null, day: number | null): boolean {
  if (month !== null && (month < 1 || month > 12)) return false
  const longest = month === null ? 31 : month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day === null || (day >= 1 && day <= longest)
}
