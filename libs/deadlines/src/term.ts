import {
  isDaySpan,
  isTriple,
  readDayMonth,
  readDayNumber,
  readDayWithoutWord,
  readTriple,
} from './day-term.js'
import { romanValue } from './lexicon.js'
import { endsClause, isMark, isNumber, says, skip } from './matching.js'
import { readMonth, readMonthAndYear, readNamedYear, readQuarter, readSpan } from './period-term.js'
import { term, type Term } from './term-builder.js'
import type { Token } from './token.js'
import type { WarningCode } from './warning.js'
import { readYear, readYearAfter } from './year.js'

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
    case 'tuần':
      return readWeek(tokens, i)
    case 'nửa':
      return readSpan(tokens, i)
    default:
  }
  const span = readSpan(tokens, i)
  if (span !== null) return span
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

function readDay(tokens: readonly Token[], i: number): Term | null {
  const j = skip(tokens, i + 1, 'cuối')
  if (j > i + 1) {
    const period = readTerm(tokens, skip(tokens, skip(tokens, j, 'cùng'), 'của'), false)
    return period !== null && period.unit !== 'day' && period.named ? { ...period, start: i } : null
  }
  const number = isMark(tokens, j, ':') ? j + 1 : j
  if (isNumber(tokens, number)) return readDayNumber(tokens, i, number)
  // A day left blank in the document: "ngày    /01/2025", "ngày      tháng 7 năm 2025".
  const blank = says(tokens, j, 'tháng') || isMark(tokens, j, '/') ? readMonth(tokens, i, j + 1) : null
  return blank === null || blank.year === null
    ? null
    : { ...blank, flaws: [...blank.flaws, 'incomplete-date'] }
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

/** "tuần 2 tháng 9/2025", "trung tuần tháng 9": a week has no day of its own; "hạ tuần" ends with its month. */
function readWeek(tokens: readonly Token[], i: number): Term | null {
  let j = skip(tokens, i + 1, 'thứ')
  if ((tokens[j]?.value ?? 0) > 0 || says(tokens, j, 'đầu')) j += 1
  j = skip(tokens, j, 'của')
  if (!says(tokens, j, 'tháng')) return null
  const month = readMonth(tokens, i, j + 1)
  const isLast = tokens[i - 1]?.text.toLowerCase() === 'hạ'
  return month === null || isLast ? month : { ...month, flaws: [...month.flaws, 'vague-part'] }
}

function readNumeric(tokens: readonly Token[], i: number, bound: boolean): Term | null {
  const first = tokens[i]!
  if (first.text.length <= 2 && says(tokens, i + 1, 'tháng')) return readDayWithoutWord(tokens, i, bound)
  const separator = tokens[i + 1]?.mark
  const isSeparated = separator === '/' || separator === '-' || separator === '.'
  const second = isSeparated && isNumber(tokens, i + 2) ? tokens[i + 2]! : null
  const date = isTriple(tokens, i) ? readTriple(tokens, i) : null
  if (date !== null) return date
  if (isDaySpan(tokens, i)) return term('day', i, i + 1, { day: first.value })
  if (first.text.length <= 2 && second !== null && separator !== '.') {
    if (isMark(tokens, i + 3, '/') && !isNumber(tokens, i + 4)) return null
    const isMonth = second.text.length === 4 && separator === '/'
    if (isMonth) return readMonthAndYear(tokens, i)
    return (bound || startsSpan(tokens, i)) && second.text.length <= 2 && separator === '/'
      ? readDayMonth(tokens, i, i)
      : null
  }
  return readBareYear(tokens, i)
}

/** The first day of "15/02 - 20/02/2025" and "15/6, 15/12/2025", and "30/6" where nothing else is written ("24/7" is always). */
function startsSpan(tokens: readonly Token[], i: number): boolean {
  if (isAlone(tokens, i)) return tokens[i]!.value <= 31 && tokens[i + 2]!.value <= 12 && !isAlways(tokens, i)
  const isJoined = isMark(tokens, i + 3, '-') || isMark(tokens, i + 3, ',') || says(tokens, i + 3, 'và')
  return isJoined && isMark(tokens, i + 5, '/') && isMark(tokens, i + 7, '/')
}

function isAlone(tokens: readonly Token[], i: number): boolean {
  const isFirst = i === 0 || isMark(tokens, i - 1, ';')
  return isFirst && (tokens[i + 3] === undefined || isMark(tokens, i + 3, ';'))
}

function isAlways(tokens: readonly Token[], i: number): boolean {
  return tokens[i]!.value === 24 && tokens[i + 2]!.value === 7
}

function readBareYear(tokens: readonly Token[], i: number): Term | null {
  const { text, value, glued } = tokens[i]!
  const next = tokens[i + 1]
  if (text.length !== 4 || value < 1900 || value > 2199) return null
  if (next?.glued === true && (next.mark === '/' || next.mark === '%' || next.kind === 'word')) return null
  if (glued && isMark(tokens, i - 1, '/')) return null
  return term('year', i, i + 1, { year: value, named: false })
}

/** "T12/2025", "T.9/2025", "Q3/2025", "QIV/2025", "Q.IV/2025". */
function readAbbreviation(tokens: readonly Token[], i: number): Term | null {
  const text = tokens[i]?.text ?? ''
  const quarter = /^Q[IV]+$/u.test(text) ? romanValue(text.slice(1).toLowerCase()) : 0
  if (quarter >= 1 && quarter <= 4) {
    const year = readYearAfter(tokens, i + 1, false)
    return year === null ? null : term('quarter', i, i + 1, { quarter }, year)
  }
  if (text !== 'T' && text !== 'Q') return null
  const j = isMark(tokens, i + 1, '.') ? i + 2 : i + 1
  if ((tokens[j]?.value ?? 0) === 0 || !tokens[j]!.glued) return null
  const read = text === 'T' ? readMonth(tokens, i, j) : readQuarter(tokens, i, j)
  return read?.year === null ? null : read
}
