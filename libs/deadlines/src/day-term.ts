import type { Frequency } from './deadline.js'
import { endsClause, isMark, isNumber, says, skip } from './matching.js'
import { readMonth, readMonthAndYear, readQuarter } from './period-term.js'
import { term, type Term } from './term-builder.js'
import type { Token } from './token.js'
import { readYearAfter } from './year.js'

/** `i` where the term starts, `j` at the number of the day. */
export function readDayNumber(tokens: readonly Token[], i: number, j: number): Term | null {
  const day = tokens[j]!.value
  if (tokens[j]!.text.length > 2) return isTriple(tokens, j) ? readTriple(tokens, j) : null
  const separator = tokens[j + 1]?.mark
  if ((separator === '/' || separator === '-' || separator === '.') && isNumber(tokens, j + 2)) {
    if (!isDaySpan(tokens, j)) return readDayMonth(tokens, i, j)
  }
  let k = skip(tokens, skip(tokens, j + 1, 'của'), 'các')
  const isOfMonths = k > j + 1
  if (says(tokens, k, 'hàng', 'tháng') || says(tokens, k, 'mỗi', 'tháng')) {
    return term('cycle', i, k + 2, { day, cycle: 'monthly' })
  }
  const isJoined = isMark(tokens, k, ',') || isMark(tokens, k, '/') || isMark(tokens, k, '-')
  k = isJoined && says(tokens, k + 1, 'tháng') ? k + 1 : k
  if (says(tokens, k, 'tháng')) {
    const month = readMonth(tokens, i, k + 1)
    if (month !== null) return { ...month, unit: 'day', day }
    const isOfEveryMonth = isOfMonths && endsClause(tokens, k + 1)
    if (isOfEveryMonth) return term('cycle', i, k + 1, { day, cycle: 'monthly' })
    return readCycle(tokens, i, k + 1, day)
  }
  return term('day', i, j + 1, { day })
}

/** The first day of "15-30/6/2025" and "15 - 20 tháng 6", "15 đến 30 tháng 6". */
export function isDaySpan(tokens: readonly Token[], i: number): boolean {
  const isJoined = isMark(tokens, i + 1, '-') || says(tokens, i + 1, 'đến')
  if (!isJoined || !isNumber(tokens, i) || tokens[i]!.text.length > 2) return false
  if (!isNumber(tokens, i + 2) || tokens[i + 2]!.text.length > 2) return false
  const month = says(tokens, i + 3, 'tháng') ? (tokens[i + 4]?.value ?? 0) : 0
  const isMonthNext = month >= 1 && month <= 12
  return isMonthNext || (isMark(tokens, i + 3, '/') && isNumber(tokens, i + 4))
}

/** Three numbers parted by the same mark. */
export function isTriple(tokens: readonly Token[], i: number): boolean {
  const mark = tokens[i + 1]?.mark
  if (mark !== '/' && mark !== '-' && mark !== '.') return false
  return isNumber(tokens, i + 2) && isMark(tokens, i + 3, mark) && isNumber(tokens, i + 4)
}

const periodWords = new Map<string, Frequency>([
  ['quý', 'quarterly'],
  ['kỳ', 'unspecified'],
  ['năm', 'yearly'],
])

/** `j` after "tháng" of "ngày 10 của tháng cuối quý"; other months of a period are not modelled. */
function readCycle(tokens: readonly Token[], i: number, j: number, day: number): Term | null {
  const isLast = says(tokens, j, 'cuối')
  if (!isLast && !says(tokens, j, 'đầu') && !says(tokens, j, 'sau') && !says(tokens, j, 'tiếp', 'theo'))
    return null
  let k = skip(tokens, skip(tokens, j + 1, 'cùng'), 'của')
  k = skip(tokens, skip(tokens, skip(tokens, k, 'mỗi'), 'từng'), 'hàng')
  const quarter = isLast && says(tokens, k, 'quý') ? readQuarter(tokens, i, k + 1) : null
  if (quarter?.quarter) return { ...quarter, unit: 'day', day, month: quarter.quarter * 3, quarter: null }
  const isHalf = tokens[k]?.value === 6 && says(tokens, k + 1, 'tháng')
  const named = isHalf ? 'half-yearly' : (periodWords.get(tokens[k]?.syllable ?? '') ?? null)
  const end = isHalf ? k + 2 : named === null ? k : k + 1
  if (isLast && named !== null)
    return term('cycle', i, skip(tokens, end, 'báo', 'cáo'), { day, cycle: named })
  return term('cycle', i, end, { cycle: named ?? 'monthly', flaws: ['day-not-modelled'] })
}

/** `j` at the day of "15/02/2025", "15-02-2025", "15/6 năm 2025". */
export function readDayMonth(tokens: readonly Token[], i: number, j: number): Term | null {
  const day = tokens[j]!.value
  const month = tokens[j + 2]!
  if (month.text.length === 4) return readMonthAndYear(tokens, j)
  if (month.text.length > 2) return null
  const written = readYearAfter(tokens, j + 3, true)
  return term('day', i, j + 3, { day, month: month.value }, written)
}

/** "15/02/2025", "15.02.2025", "2025-02-15"; not the "1.1.2" of a heading, not the start of a time stamp. */
export function readTriple(tokens: readonly Token[], i: number): Term | null {
  const [first, second, third] = [tokens[i]!, tokens[i + 2]!, tokens[i + 4]!]
  const after = tokens[i + 5]
  if (after?.glued === true && after.kind === 'word') return null
  if (second.text.length > 2) return null
  if (first.text.length === 4 && third.text.length <= 2) {
    return term('day', i, i + 5, { year: first.value, month: second.value, day: third.value })
  }
  const isShort = third.text.length < 3
  if (first.text.length > 2 || (isShort && (tokens[i + 1]!.mark !== '/' || third.text.length < 2)))
    return null
  return term('day', i, i + 3, { day: first.value, month: second.value }, readYearAfter(tokens, i + 3, true))
}

/**
 * "15 tháng 12 năm 2025", "trước 6 tháng 9": without the word "ngày" a day only with a year or a limit, else it
 * may be a count of months.
 */
export function readDayWithoutWord(tokens: readonly Token[], i: number, bound: boolean): Term | null {
  const month = readMonth(tokens, i, i + 2)
  const day = tokens[i]!.value
  if (month === null || (month.year === null && !bound)) return null
  return { ...month, unit: 'day', day }
}
