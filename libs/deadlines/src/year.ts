import type { Syllable } from './lexicon.js'
import { isMark, isNumber, says, saysOneOf } from './matching.js'
import type { Token } from './token.js'
import type { WarningCode } from './warning.js'

export interface WrittenYear {
  readonly year: number | null
  readonly shift: number | null
  readonly flaw: WarningCode | null
  /** Index after the year. */
  readonly end: number
}

/** Plans speak of these years; anything else is a misprint ("03/10/217", "04/4/20252") or no deadline. */
export const plausibleYears = { first: 2000, last: 2099 } as const

const units: ReadonlySet<Syllable> = new Set<Syllable>(['ngày', 'tháng', 'quý', 'năm', 'khi'])

/** "năm 2025", "năm nay", "năm sau" at `i`. */
export function readYear(tokens: readonly Token[], i: number): WrittenYear | null {
  if (!says(tokens, i, 'năm')) return null
  const next = tokens[i + 1]
  if (next === undefined) return null
  if (next.syllable === 'nay' || next.syllable === 'này')
    return { year: null, shift: 0, flaw: null, end: i + 2 }
  if (next.syllable === 'sau' && !says(tokens, i + 2, 'khi'))
    return { year: null, shift: 1, flaw: null, end: i + 2 }
  if (next.syllable === 'trước' && tokens[i + 2]?.kind !== 'number' && !saysOneOf(tokens, i + 2, units)) {
    return { year: null, shift: -1, flaw: null, end: i + 2 }
  }
  if (says(tokens, i + 1, 'tiếp', 'theo')) return { year: null, shift: 1, flaw: null, end: i + 3 }
  if (next.kind !== 'number' || says(tokens, i + 2, 'lần') || isMark(tokens, i + 2, '%')) return null
  // Of other lengths only what looks like a misprinted year: "năm 100 doanh nghiệp" is none.
  const { length } = next.text
  const isMisprint = (length === 3 || length === 5) && next.text.startsWith('2')
  if (length !== 4 && !isMisprint) return null
  return yearOf(next, i + 2)
}

/**
 * The year after a day, month or quarter: "/2025", "-2025", ", năm 2025", "năm 2025". After a whole day
 * (`afterDay`) any number in that place is its year; after a month only what looks like one.
 */
export function readYearAfter(tokens: readonly Token[], i: number, afterDay: boolean): WrittenYear | null {
  const mark = tokens[i]?.mark
  const isSeparated = mark === '/' || mark === '-' || mark === '.' || mark === ','
  const j = isSeparated ? i + 1 : i
  if (says(tokens, j, 'năm')) return readYear(tokens, j)
  if (!isNumber(tokens, j)) return null
  const number = tokens[j]!
  const { length } = number.text
  if (length === 4 && number.value >= 1900 && number.value <= 2199) return yearOf(number, j + 1)
  if (mark !== '/') return null
  if (length >= 3) return yearOf(number, j + 1)
  const isShort = length === 2 && !isMark(tokens, j + 1, '/')
  if (isShort && (afterDay || number.value >= 20)) {
    return { year: 2000 + number.value, shift: null, flaw: 'two-digit-year', end: j + 1 }
  }
  return null
}

function yearOf({ text, value }: Token, end: number): WrittenYear {
  if (text.length !== 4) return { year: null, shift: null, flaw: 'implausible-year', end }
  const isPlausible = value >= plausibleYears.first && value <= plausibleYears.last
  return { year: value, shift: null, flaw: isPlausible ? null : 'implausible-year', end }
}
