import { afterJoint, isMark, isNumber, says, skip } from './matching.js'
import { readPlanYear } from './period-term.js'
import { readReportPeriods } from './report-periods.js'
import type { Term } from './term-builder.js'
import { readContinuation, readTerm } from './term.js'
import type { Token } from './token.js'

/**
 * What stands before the terms: `before` is "trước" (the named day is late), `by` "chậm nhất" or "đến hết",
 * `in` "trong" or "vào", `from` "từ" without an end, which is a start and no deadline.
 */
export type Limit = 'plain' | 'in' | 'at' | 'by' | 'before' | 'from'

/** A limit with its terms: "trước ngày 10 tháng 6 và ngày 10 tháng 12 năm 2025", "từ tháng 3 đến tháng 5/2025". */
export interface CalendarPhrase {
  readonly limit: Limit
  readonly terms: readonly Term[]
  /** The two terms are a start and an end. */
  readonly isRange: boolean
  /** "giai đoạn 2021-2025": in prose the name of a programme. */
  readonly isPhase: boolean
  readonly start: number
  readonly end: number
}

export function readCalendarPhrase(tokens: readonly Token[], i: number): CalendarPhrase | null {
  let { limit, next } = readLimit(tokens, i)
  const time = limit === 'plain' ? next : afterTimeOfDay(tokens, next)
  // "trước 17 giờ ngày 15/3" is met on the 15th.
  if (time > next && limit === 'before') limit = 'by'
  next = skip(tokens, afterWeekday(tokens, time), 'các')
  const afterPhase = skip(tokens, next, 'giai', 'đoạn')
  const isPhase = afterPhase > next
  next = afterPhase
  const periods = readReportPeriods(tokens, next)
  if (periods !== null) {
    return { limit, terms: periods, isRange: false, isPhase: false, start: i, end: periods.at(-1)!.end }
  }
  const first = readTerm(tokens, next, limit !== 'plain') ?? impliedYear(tokens, next, limit)
  if (first === null) return null
  const second = readRangeEnd(tokens, first, limit)
  if (second !== null) {
    return { limit: 'plain', terms: [first, second], isRange: true, isPhase, start: i, end: second.end }
  }
  if (isPhase) return null
  const copies = readYearsOf(tokens, first) ?? readMonthsOf(tokens, first)
  if (copies !== null)
    return { limit, terms: copies, isRange: false, isPhase, start: i, end: copies.at(-1)!.end }
  const terms = [first]
  for (let more = readNext(tokens, first); more !== null; more = readNext(tokens, more)) terms.push(more)
  if (limit === 'in' && first.unit === 'year' && says(tokens, next - 1, 'vào')) limit = 'at'
  return { limit, terms, isRange: false, isPhase, start: i, end: terms.at(-1)!.end }
}

/** Reads any run of limit words: "chậm nhất trước ngày", "từ nay đến hết năm". */
function readLimit(tokens: readonly Token[], i: number): { limit: Limit; next: number } {
  let limit: Limit = 'plain'
  let next = i
  for (let count = 0; count < longestLimit; count += 1) {
    const step = limitAt(tokens, next)
    if (step === null) break
    // The strictest word holds: "chậm nhất trước ngày 15" is before the 15th, "chậm nhất trong tháng 6" is by its end.
    if (limit === 'plain' || step.limit === 'before' || (limit === 'from' && step.limit === 'by'))
      limit = step.limit
    next = step.next
  }
  return { limit, next }
}

/** "chậm nhất là trước hết ngày" has four; a bound keeps "đến đến đến …" linear. */
const longestLimit = 5

function limitAt(tokens: readonly Token[], i: number): { limit: Limit; next: number } | null {
  switch (tokens[i]?.syllable) {
    case 'trước': {
      const both = says(tokens, i + 1, 'hoặc', 'trong') || says(tokens, i + 1, 'và', 'trong')
      return both ? { limit: 'by', next: i + 3 } : { limit: 'before', next: i + 1 }
    }
    case 'chậm':
    case 'muộn':
      return says(tokens, i + 1, 'nhất') ? { limit: 'by', next: skip(tokens, i + 2, 'là') } : null
    case 'không': {
      const later = says(tokens, i + 1, 'muộn', 'hơn') || says(tokens, i + 1, 'chậm', 'hơn')
      if (later) return { limit: 'by', next: i + 3 }
      return says(tokens, i + 1, 'quá', 'ngày') ? { limit: 'by', next: i + 2 } : null
    }
    case 'cho':
      return says(tokens, i + 1, 'đến') ? { limit: 'by', next: i + 2 } : null
    case 'đến':
    case 'tới':
      return { limit: 'by', next: skip(tokens, i + 1, 'hết') }
    case 'hết':
      return { limit: 'by', next: i + 1 }
    case 'trong':
    case 'vào':
      return { limit: 'in', next: i + 1 }
    case 'cả':
      return says(tokens, i + 1, 'năm') ? { limit: 'in', next: i + 1 } : null
    case 'sau':
      return isDayAhead(tokens, i + 1) ? { limit: 'from', next: i + 1 } : null
    case 'kể':
      return says(tokens, i + 1, 'từ') ? { limit: 'from', next: i + 2 } : null
    case 'từ':
      return { limit: 'from', next: skip(tokens, i + 1, 'nay') }
    default:
      return null
  }
}

/** "sau ngày 15/3/2025": from then on, no deadline. Other times after "sau" are names ("tháng sau", "năm sau"). */
function isDayAhead(tokens: readonly Token[], i: number): boolean {
  const j = skip(tokens, i, 'ngày')
  return isNumber(tokens, j) && (isMark(tokens, j + 1, '/') || says(tokens, j + 1, 'tháng'))
}

/** The index after "17 giờ", "17h00", "9 giờ 30 phút,", "17:00"; `i` where no time of day stands. */
function afterTimeOfDay(tokens: readonly Token[], i: number): number {
  if (!isNumber(tokens, i) || tokens[i]!.value > 24) return i
  const unit = tokens[i + 1]?.text.toLowerCase() ?? ''
  if (unit !== 'giờ' && unit !== 'h' && unit !== 'g' && !(unit === ':' && isNumber(tokens, i + 2))) return i
  let j = isNumber(tokens, i + 2) && !isMark(tokens, i + 3, '/') ? i + 3 : i + 2
  while (minuteMarks.has(tokens[j]?.text.toLowerCase() ?? '')) j += 1
  return j
}

const minuteMarks: ReadonlySet<string> = new Set(['phút', 'p', "'", '’', '′', ','])

/** The index after "thứ Sáu," and "ngày thứ Sáu" before a date; `i` where no weekday stands. */
function afterWeekday(tokens: readonly Token[], i: number): number {
  const j = skip(tokens, i, 'ngày')
  const isSunday = tokens[j]?.text.toLowerCase() === 'chủ' && tokens[j + 1]?.text.toLowerCase() === 'nhật'
  if (!isSunday && !(says(tokens, j, 'thứ') && (tokens[j + 1]?.value ?? 0) > 0)) return i
  const end = isMark(tokens, j + 2, ',') ? j + 3 : j + 2
  return says(tokens, end, 'ngày') || isNumber(tokens, end) ? end : i
}

/** "đến hết năm", "trong năm": the year of the plan. "trong năm" of a count ("01 lần trong năm") is none. */
function impliedYear(tokens: readonly Token[], i: number, limit: Limit): Term | null {
  if ((limit !== 'by' && limit !== 'in') || tokens[i - 2]?.syllable === 'lần') return null
  return readPlanYear(tokens, i)
}

function readRangeEnd(tokens: readonly Token[], first: Term, limit: Limit): Term | null {
  if (limit === 'before' || limit === 'by' || first.unit === 'cycle') return null
  let j = first.end
  if (isMark(tokens, j, '-')) j += 1
  else if (says(tokens, j, 'đến') || says(tokens, j, 'tới')) j = skip(tokens, j + 1, 'hết')
  else return null
  const isBare = tokens[j]?.kind === 'number' || (tokens[j]?.value ?? 0) > 0
  const second = (isBare ? readContinuation(tokens, j, first.unit) : null) ?? readTerm(tokens, j, true)
  return second !== null && second.unit !== 'cycle' && rank[second.unit] >= rank[first.unit] - 1
    ? second
    : null
}

const rank = { day: 0, month: 1, quarter: 2, span: 2, year: 3, cycle: 9 } as const

/** "Tháng 12 các năm 2021, 2022 và 2023": the same time in each of the years. */
function readYearsOf(tokens: readonly Token[], first: Term): Term[] | null {
  if (first.year !== null || first.yearShift !== null || !says(tokens, first.end, 'các', 'năm')) return null
  return copiesOver(tokens, first, first.end + 2, 'year')
}

/** "ngày 15 tháng 3, 6, 9 và 12": the same day in each of the months. */
function readMonthsOf(tokens: readonly Token[], first: Term): Term[] | null {
  const isOpen = first.unit === 'day' && first.year === null && says(tokens, first.end - 2, 'tháng')
  if (!isOpen) return null
  const next = afterJoint(tokens, first.end)
  const others = next === first.end ? null : copiesOver(tokens, first, next, 'month')
  return others === null ? null : [first, ...others]
}

function copiesOver(
  tokens: readonly Token[],
  first: Term,
  from: number,
  unit: 'year' | 'month',
): Term[] | null {
  const copies: Term[] = []
  for (let j = from; ;) {
    const value = isNumber(tokens, j) ? readContinuation(tokens, j, unit) : null
    if (value === null || isMark(tokens, value.end, '/')) break
    copies.push({
      ...first,
      year: value.year,
      month: unit === 'month' ? value.month : first.month,
      flaws: [...first.flaws, ...value.flaws],
      end: value.end,
    })
    j = afterJoint(tokens, value.end)
    if (j === value.end) break
  }
  return copies.length === 0 ? null : copies
}

/** The next of a list, of the same unit and without a limit of its own. */
function readNext(tokens: readonly Token[], previous: Term): Term | null {
  if (previous.unit === 'cycle') return null
  const j = afterJoint(tokens, previous.end)
  if (j === previous.end) return null
  const next = readContinuation(tokens, j, previous.unit) ?? readTerm(tokens, j, previous.unit === 'day')
  return next?.unit === previous.unit ? next : null
}
