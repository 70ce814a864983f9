import type { Syllable } from './lexicon.js'
import { isMark, isNumber, says, saysOneOf, skip } from './matching.js'
import { readContinuation, readTerm, type Term } from './term.js'
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
  const afterPhase = skip(tokens, next, 'giai', 'đoạn')
  const isPhase = afterPhase > next
  next = afterPhase
  const first = readTerm(tokens, next, limit !== 'plain') ?? impliedYear(tokens, next, limit)
  if (first === null) return null
  const second = readRangeEnd(tokens, first, limit)
  if (second !== null) {
    return { limit: 'plain', terms: [first, second], isRange: true, isPhase, start: i, end: second.end }
  }
  if (isPhase) return null
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
    case 'kể':
      return says(tokens, i + 1, 'từ') ? { limit: 'from', next: i + 2 } : null
    case 'từ':
      return { limit: 'from', next: skip(tokens, i + 1, 'nay') }
    default:
      return null
  }
}

/** "đến hết năm", "trong năm": the year of the plan. "trong năm" of a count ("01 lần trong năm") is none. */
function impliedYear(tokens: readonly Token[], i: number, limit: Limit): Term | null {
  if ((limit !== 'by' && limit !== 'in') || !says(tokens, i, 'năm') || isNumber(tokens, i + 1)) return null
  if (saysOneOf(tokens, i + 1, notPlanYear) || tokens[i - 2]?.syllable === 'lần') return null
  return {
    unit: 'year',
    year: null,
    yearShift: null,
    month: null,
    quarter: null,
    half: null,
    day: null,
    cycle: null,
    flaws: [],
    named: true,
    start: i,
    end: i + 1,
  }
}

const notPlanYear: ReadonlySet<Syllable> = new Set<Syllable>(['học', 'trước', 'đầu', 'cùng'])

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

const rank = { day: 0, month: 1, quarter: 2, half: 2, year: 3, cycle: 9 } as const

/** The next of a list, of the same unit and without a limit of its own. */
function readNext(tokens: readonly Token[], previous: Term): Term | null {
  if (previous.unit === 'cycle') return null
  let j = previous.end
  const isJoined = isMark(tokens, j, ',') || isMark(tokens, j, '&') || isMark(tokens, j, '+')
  if (isJoined) j += 1
  const afterWord = says(tokens, j, 'và') || says(tokens, j, 'hoặc') ? j + 1 : j
  if (afterWord === j && !isJoined) return null
  const next =
    readContinuation(tokens, afterWord, previous.unit) ?? readTerm(tokens, afterWord, previous.unit === 'day')
  return next?.unit === previous.unit ? next : null
}
