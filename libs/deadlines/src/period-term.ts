import type { Syllable } from './lexicon.js'
import { isMark, isNumber, says, saysOneOf } from './matching.js'
import { term, type Term } from './term-builder.js'
import type { Token } from './token.js'
import type { WarningCode } from './warning.js'
import { readYear, readYearAfter, type WrittenYear } from './year.js'

export function readMonth(tokens: readonly Token[], i: number, j: number): Term | null {
  const number = tokens[j]
  if (number === undefined || (number.value === 0 && number.kind !== 'number')) return null
  if (number.kind === 'word' && number.syllable === null) return null
  if (number.kind === 'number' && number.text.length > 2) return null
  const compound = number.syllable === 'mười' ? (tokens[j + 1]?.value ?? 0) : 0
  const isCompound = compound === 1 || compound === 2
  const month = isCompound ? 10 + compound : number.value
  const end = isCompound ? j + 2 : j + 1
  if (says(tokens, end, 'lần') || isMark(tokens, end, '%') || says(tokens, end, 'tháng')) return null
  return term('month', i, end, { month, flaws: monthFlaws(month) }, readYearAfter(tokens, end, false))
}

/** "06/2025": a bare number is no name of a month. */
export function readMonthAndYear(tokens: readonly Token[], i: number): Term {
  const [month, year] = [tokens[i]!.value, tokens[i + 2]!.value]
  return term('month', i, i + 3, { named: false, month, year, flaws: monthFlaws(month) })
}

export function readQuarter(
  tokens: readonly Token[],
  i: number,
  j: number,
  written: WrittenYear | null = readYearAfter(tokens, j + 1, false),
): Term | null {
  const quarter = tokens[j]
  if (quarter === undefined || (quarter.value === 0 && quarter.kind !== 'number')) return null
  if (quarter.kind === 'number' && quarter.text.length > 2) return null
  if (says(tokens, j + 1, 'tháng') || says(tokens, j + 1, 'lần') || isMark(tokens, j + 1, '%')) return null
  const flaws: WarningCode[] = quarter.value < 1 || quarter.value > 4 ? ['impossible-quarter'] : []
  return term('quarter', i, j + 1, { quarter: quarter.value, flaws }, written)
}

export function readNamedYear(tokens: readonly Token[], i: number): Term | null {
  const year = readYear(tokens, i)
  return year === null ? null : term('year', i, year.end, {}, year)
}

/** "năm" without number: the year of the plan. */
export function readPlanYear(tokens: readonly Token[], i: number): Term | null {
  if (!says(tokens, i, 'năm') || isNumber(tokens, i + 1) || saysOneOf(tokens, i + 1, notPlanYear)) return null
  return term('year', i, i + 1, {})
}

const notPlanYear: ReadonlySet<Syllable> = new Set<Syllable>(['học', 'trước', 'đầu', 'cùng'])

/** Spans from the beginning of the year by which reports are due, in months. */
export const reportMonths: ReadonlySet<number> = new Set([6, 9])

/** "6 tháng đầu năm 2025", "3 tháng cuối năm", "9 tháng năm 2025", "6 tháng/2025", "nửa đầu năm". */
export function readSpan(tokens: readonly Token[], i: number): Term | null {
  if (says(tokens, i, 'nửa')) return readSpanAt(tokens, i, i + 1, 6)
  const count = tokens[i]?.value ?? 0
  if (count < 2 || count > 11 || !says(tokens, i + 1, 'tháng')) return null
  const span = readSpanAt(tokens, i, i + 2, count)
  if (span !== null || !reportMonths.has(count)) return span
  const isSeparated = isMark(tokens, i + 2, '/') && isNumber(tokens, i + 3)
  const year = isSeparated ? readYearAfter(tokens, i + 2, false) : readYear(tokens, i + 2)
  return year === null ? null : term('span', i, i + 2, { months: [1, count] }, year)
}

/** `j` at "đầu năm" or "cuối năm". */
function readSpanAt(tokens: readonly Token[], i: number, j: number, count: number): Term | null {
  const isStart = says(tokens, j, 'đầu', 'năm')
  if (!isStart && !says(tokens, j, 'cuối', 'năm')) return null
  const months = isStart ? ([1, count] as const) : ([13 - count, 12] as const)
  return term('span', i, j + 2, { months }, readYear(tokens, j + 1))
}

function monthFlaws(month: number): WarningCode[] {
  return month >= 1 && month <= 12 ? [] : ['impossible-month']
}
