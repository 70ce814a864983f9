import { isMark, says } from './matching.js'
import { term, type Term } from './term-builder.js'
import type { Token } from './token.js'
import type { WarningCode } from './warning.js'
import { readYear, readYearAfter } from './year.js'

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

export function readQuarter(tokens: readonly Token[], i: number, j: number): Term | null {
  const quarter = tokens[j]
  if (quarter === undefined || (quarter.value === 0 && quarter.kind !== 'number')) return null
  if (quarter.kind === 'number' && quarter.text.length > 2) return null
  if (says(tokens, j + 1, 'tháng') || says(tokens, j + 1, 'lần') || isMark(tokens, j + 1, '%')) return null
  const flaws: WarningCode[] = quarter.value < 1 || quarter.value > 4 ? ['impossible-quarter'] : []
  return term('quarter', i, j + 1, { quarter: quarter.value, flaws }, readYearAfter(tokens, j + 1, false))
}

export function readNamedYear(tokens: readonly Token[], i: number): Term | null {
  const year = readYear(tokens, i)
  return year === null ? null : term('year', i, year.end, {}, year)
}

/** `j` at "đầu năm" or "cuối năm" of "6 tháng đầu năm 2025". */
export function readHalf(tokens: readonly Token[], i: number, j: number): Term {
  return term('half', i, j + 2, { half: says(tokens, j, 'đầu') ? 1 : 2 }, readYear(tokens, j + 1))
}

function monthFlaws(month: number): WarningCode[] {
  return month >= 1 && month <= 12 ? [] : ['impossible-month']
}
