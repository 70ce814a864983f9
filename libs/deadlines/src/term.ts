import type { Frequency } from './deadline.js'
import { isMark, isNumber, says, skip } from './matching.js'
import type { Token } from './token.js'
import type { WarningCode } from './warning.js'
import { readYear, readYearAfter, type WrittenYear } from './year.js'

/** A calendar term as written, before a missing year is filled in: "ngày 10 tháng 6", "quí IV/2025". */
export interface Term {
  /** `cycle`: a day of the last month of every period ("ngày 10 của tháng cuối quý"). */
  readonly unit: 'day' | 'month' | 'quarter' | 'half' | 'year' | 'cycle'
  readonly year: number | null
  /** "năm nay" 0, "năm sau" 1: counted from the year of the plan. */
  readonly yearShift: number | null
  readonly month: number | null
  readonly quarter: number | null
  readonly half: number | null
  readonly day: number | null
  readonly cycle: Frequency | null
  readonly flaws: readonly WarningCode[]
  /** False for a bare number ("2025", "01/2025"), which is a deadline only where nothing else stands. */
  readonly named: boolean
  readonly start: number
  readonly end: number
}

const noYear: WrittenYear = { year: null, shift: null, flaw: null, end: -1 }

/** Builds a term; a year read after it moves its end. */
function term(
  unit: Term['unit'],
  start: number,
  end: number,
  values: Partial<Term>,
  written: WrittenYear | null = null,
): Term {
  const { year, shift, flaw, end: yearEnd } = written ?? noYear
  return {
    unit,
    year,
    yearShift: shift,
    month: null,
    quarter: null,
    half: null,
    day: null,
    cycle: null,
    named: true,
    start,
    end: Math.max(end, yearEnd),
    ...values,
    flaws: flaw === null ? (values.flaws ?? []) : [...(values.flaws ?? []), flaw],
  }
}

/** `bound`: a limit such as "trước" stands before, so that "30/7" or "01/2025" can only be a time. */
export function readTerm(tokens: readonly Token[], i: number, bound: boolean): Term | null {
  switch (tokens[i]?.syllable) {
    case 'ngày':
      return readDay(tokens, i)
    case 'tháng':
      return readMonth(tokens, i, i + 1)
    case 'quý':
      return readQuarter(tokens, i, i + 1)
    case 'năm':
      return readNamedYear(tokens, i)
    case 'đầu':
    case 'giữa':
    case 'cuối':
      return readPart(tokens, i)
    case 'nửa':
      return says(tokens, i + 1, 'đầu', 'năm') || says(tokens, i + 1, 'cuối', 'năm')
        ? readHalf(tokens, i, i + 1)
        : null
    default:
  }
  if (isNumber(tokens, i)) return readNumeric(tokens, i, bound)
  return readAbbreviation(tokens, i)
}

/** A further value of the same unit without its word: the II of "quý I, II/2025", the 12 of "tháng 6, 12/2025". */
export function readContinuation(tokens: readonly Token[], i: number, unit: Term['unit']): Term | null {
  const token = tokens[i]
  if (token === undefined || token.value === 0) return null
  if (unit === 'year') return readNumeric(tokens, i, false)
  if (unit === 'day')
    return isMark(tokens, i + 1, '/') || says(tokens, i + 1, 'tháng') ? readDayNumber(tokens, i, i) : null
  const read =
    unit === 'month' ? readMonth(tokens, i, i) : unit === 'quarter' ? readQuarter(tokens, i, i) : null
  if (read === null || (read.year === null && !endsClause(tokens, read.end))) return null
  return read
}

function endsClause(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i]
  return next === undefined || next.mark !== null || next.syllable === 'và' || next.syllable === 'hàng'
}

function readDay(tokens: readonly Token[], i: number): Term | null {
  const j = skip(tokens, i + 1, 'cuối')
  if (j > i + 1) {
    const period = readTerm(tokens, skip(tokens, skip(tokens, j, 'cùng'), 'của'), false)
    return period !== null && period.unit !== 'day' && period.named ? { ...period, start: i } : null
  }
  if (isNumber(tokens, j)) return readDayNumber(tokens, i, j)
  // A day left blank in the document: "ngày    /01/2025", "ngày      tháng 7 năm 2025".
  const blank = says(tokens, j, 'tháng') || isMark(tokens, j, '/') ? readMonth(tokens, i, j + 1) : null
  return blank === null || blank.year === null
    ? null
    : { ...blank, flaws: [...blank.flaws, 'incomplete-date'] }
}

/** `i` where the term starts, `j` at the number of the day. */
function readDayNumber(tokens: readonly Token[], i: number, j: number): Term | null {
  const day = tokens[j]!.value
  if (tokens[j]!.text.length > 2) return readNumeric(tokens, j, true)
  const separator = tokens[j + 1]?.mark
  if ((separator === '/' || separator === '-' || separator === '.') && isNumber(tokens, j + 2)) {
    const isSpan = separator === '-' && isMark(tokens, j + 3, '/')
    if (!isSpan) return readDayMonth(tokens, i, j)
  }
  let k = skip(tokens, j + 1, 'của')
  if (says(tokens, k, 'hàng', 'tháng') || says(tokens, k, 'mỗi', 'tháng')) {
    return term('cycle', i, k + 2, { day, cycle: 'monthly' })
  }
  k = isMark(tokens, k, ',') && says(tokens, k + 1, 'tháng') ? k + 1 : k
  if (says(tokens, k, 'tháng')) {
    const month = readMonth(tokens, i, k + 1)
    if (month !== null) return { ...month, unit: 'day', day }
    return readCycle(tokens, i, k + 1, day)
  }
  return term('day', i, j + 1, { day })
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
function readDayMonth(tokens: readonly Token[], i: number, j: number): Term | null {
  const day = tokens[j]!.value
  const month = tokens[j + 2]!
  if (month.text.length === 4) return readNumeric(tokens, j, true)
  if (month.text.length > 2) return null
  const written = readYearAfter(tokens, j + 3, true)
  return term('day', i, j + 3, { day, month: month.value }, written)
}

function readMonth(tokens: readonly Token[], i: number, j: number): Term | null {
  const number = tokens[j]
  if (number === undefined || (number.value === 0 && number.kind !== 'number')) return null
  if (number.kind === 'word' && number.syllable === null) return null
  if (number.kind === 'number' && number.text.length > 2) return null
  const compound = number.syllable === 'mười' ? (tokens[j + 1]?.value ?? 0) : 0
  const isCompound = compound === 1 || compound === 2
  const month = isCompound ? 10 + compound : number.value
  const end = isCompound ? j + 2 : j + 1
  if (says(tokens, end, 'lần') || isMark(tokens, end, '%') || says(tokens, end, 'tháng')) return null
  const flaws: WarningCode[] = month < 1 || month > 12 ? ['impossible-month'] : []
  return term('month', i, end, { month, flaws }, readYearAfter(tokens, end, false))
}

function readQuarter(tokens: readonly Token[], i: number, j: number): Term | null {
  const quarter = tokens[j]
  if (quarter === undefined || (quarter.value === 0 && quarter.kind !== 'number')) return null
  if (quarter.kind === 'number' && quarter.text.length > 2) return null
  if (says(tokens, j + 1, 'tháng') || says(tokens, j + 1, 'lần') || isMark(tokens, j + 1, '%')) return null
  const flaws: WarningCode[] = quarter.value < 1 || quarter.value > 4 ? ['impossible-quarter'] : []
  return term('quarter', i, j + 1, { quarter: quarter.value, flaws }, readYearAfter(tokens, j + 1, false))
}

function readNamedYear(tokens: readonly Token[], i: number): Term | null {
  const year = readYear(tokens, i)
  return year === null ? null : term('year', i, year.end, {}, year)
}

/** "cuối năm", "đầu quý II/2025", "giữa tháng 5": the start and the middle have no day of their own. */
function readPart(tokens: readonly Token[], i: number): Term | null {
  const vague: WarningCode[] = says(tokens, i, 'cuối') ? [] : ['vague-part']
  if (!says(tokens, i + 1, 'năm')) {
    const isPeriod = says(tokens, i + 1, 'tháng') || says(tokens, i + 1, 'quý')
    const period = isPeriod ? readTerm(tokens, i + 1, false) : null
    return period === null ? null : { ...period, start: i, flaws: [...period.flaws, ...vague] }
  }
  return says(tokens, i + 2, 'học') ? null : term('year', i, i + 2, { flaws: vague }, readYear(tokens, i + 1))
}

/** `j` at "đầu năm" or "cuối năm" of "6 tháng đầu năm 2025". */
function readHalf(tokens: readonly Token[], i: number, j: number): Term {
  return term('half', i, j + 2, { half: says(tokens, j, 'đầu') ? 1 : 2 }, readYear(tokens, j + 1))
}

function readNumeric(tokens: readonly Token[], i: number, bound: boolean): Term | null {
  const first = tokens[i]!
  const isHalf =
    first.value === 6 &&
    (says(tokens, i + 1, 'tháng', 'đầu', 'năm') || says(tokens, i + 1, 'tháng', 'cuối', 'năm'))
  if (isHalf) return readHalf(tokens, i, i + 2)
  if (first.text.length <= 2 && says(tokens, i + 1, 'tháng')) return readDayWithoutWord(tokens, i, bound)
  const separator = tokens[i + 1]?.mark
  const isSeparated = separator === '/' || separator === '-' || separator === '.'
  const second = isSeparated && isNumber(tokens, i + 2) ? tokens[i + 2]! : null
  if (second !== null && isMark(tokens, i + 3, separator!) && isNumber(tokens, i + 4)) {
    const date = readTriple(tokens, i)
    if (date !== null) return date
  }
  if (first.text.length <= 2 && second !== null && separator !== '.') {
    if (isMark(tokens, i + 3, '/') && !isNumber(tokens, i + 4)) return null
    const isMonth = second.text.length === 4 && separator === '/'
    if (isMonth)
      return term('month', i, i + 3, {
        named: false,
        month: first.value,
        year: second.value,
        flaws: monthFlaws(first.value),
      })
    return (bound || startsSpan(tokens, i)) && second.text.length <= 2 && separator === '/'
      ? readDayMonth(tokens, i, i)
      : null
  }
  return readBareYear(tokens, i)
}

/** The first day of "15/02 - 20/02/2025". */
function startsSpan(tokens: readonly Token[], i: number): boolean {
  return isMark(tokens, i + 3, '-') && isMark(tokens, i + 5, '/') && isMark(tokens, i + 7, '/')
}

/** "15 tháng 12 năm 2025": without the word "ngày" a day only where it cannot be a count of months. */
function readDayWithoutWord(tokens: readonly Token[], i: number, bound: boolean): Term | null {
  const month = readMonth(tokens, i, i + 2)
  const day = tokens[i]!.value
  if (month === null || (month.year === null && !(bound && day > 12))) return null
  return { ...month, unit: 'day', day }
}

function monthFlaws(month: number): WarningCode[] {
  return month >= 1 && month <= 12 ? [] : ['impossible-month']
}

/** "15/02/2025", "15.02.2025", "2025-02-15"; not the "1.1.2" of a heading, not the start of a time stamp. */
function readTriple(tokens: readonly Token[], i: number): Term | null {
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

function readBareYear(tokens: readonly Token[], i: number): Term | null {
  const { text, value, glued } = tokens[i]!
  const next = tokens[i + 1]
  if (text.length !== 4 || value < 1900 || value > 2199) return null
  if (next?.glued === true && (next.mark === '/' || next.mark === '%' || next.kind === 'word')) return null
  if (glued && isMark(tokens, i - 1, '/')) return null
  return term('year', i, i + 1, { year: value, named: false })
}

/** "T12/2025", "Q3/2025". */
function readAbbreviation(tokens: readonly Token[], i: number): Term | null {
  const letter = tokens[i]?.text
  if ((letter !== 'T' && letter !== 'Q') || !isNumber(tokens, i + 1) || !tokens[i + 1]!.glued) return null
  const read = letter === 'T' ? readMonth(tokens, i, i + 1) : readQuarter(tokens, i, i + 1)
  return read?.year === null ? null : read
}
