import type { Syllable } from './lexicon.js'
import { afterJoint, endsClause, isMark, says, saysOneOf, skip } from './matching.js'
import { readNamedYear, readPlanYear, readQuarter, readSpan, reportMonths } from './period-term.js'
import { term, type Term } from './term-builder.js'
import { readContinuation } from './term.js'
import type { Token } from './token.js'
import { readYearAfter } from './year.js'

/** Four quarters, six months, nine months and the year: more is no list of the reports of one year. */
const mostPeriods = 7

/**
 * The periods of "quý I, 6 tháng, 9 tháng và năm 2025", by which reports are due; years that are not written come from
 * the others. Null where a single unit is listed, and where no period is named: "6 tháng, năm" comes back every year.
 */
export function readReportPeriods(tokens: readonly Token[], i: number): readonly Term[] | null {
  const first = readPeriod(tokens, i)
  if (first === null || first.unit === 'year') return null
  const periods = [first]
  let isJoinedByAnd = false
  for (let last = first; periods.length < mostPeriods;) {
    const joint = afterJoint(tokens, last.end)
    const next = joint === last.end ? afterStroke(tokens, joint) : joint
    const period = next === last.end ? null : readListed(tokens, skip(tokens, next, 'báo', 'cáo'), last)
    if (period === null) break
    isJoinedByAnd = saysOneOf(tokens, next - 1, conjunctions)
    periods.push(period)
    last = period
  }
  const hasSpan = periods.some(({ unit }) => unit === 'span')
  const hasUnits = periods.some(({ unit }) => unit !== first.unit)
  // "quý I, năm 2025" is the quarter of that year, "quý I và năm 2025" are two periods.
  const isList = periods.length > 1 && (hasSpan || (hasUnits && isJoinedByAnd))
  return isList && periods.some((period) => isNamed(tokens, period)) ? periods : null
}

const conjunctions: ReadonlySet<Syllable> = new Set<Syllable>(['và', 'hoặc'])

function afterStroke(tokens: readonly Token[], i: number): number {
  return isMark(tokens, i, '/') ? i + 1 : i
}

function readListed(tokens: readonly Token[], i: number, previous: Term): Term | null {
  const isQuarter = previous.unit === 'quarter'
  return readPeriod(tokens, i) ?? (isQuarter ? readContinuation(tokens, i, 'quarter') : null)
}

function readPeriod(tokens: readonly Token[], i: number): Term | null {
  switch (tokens[i]?.syllable) {
    case 'quý': {
      const year = isMark(tokens, i + 2, ',') ? null : readYearAfter(tokens, i + 2, false)
      return readQuarter(tokens, i, i + 1, year)
    }
    case 'cả':
      return readYearInList(tokens, i, i + 1)
    case 'năm':
      return readYearInList(tokens, i, i)
    default:
      return readSpan(tokens, i) ?? readBareSpan(tokens, i)
  }
}

function readYearInList(tokens: readonly Token[], i: number, j: number): Term | null {
  const year = readNamedYear(tokens, j) ?? (standsAlone(tokens, j + 1) ? readPlanYear(tokens, j) : null)
  return year === null ? null : { ...year, start: i }
}

/** "6 tháng", "9 tháng": in a list the first of the year. */
function readBareSpan(tokens: readonly Token[], i: number): Term | null {
  const count = tokens[i]?.value ?? 0
  if (!reportMonths.has(count) || !says(tokens, i + 1, 'tháng') || !standsAlone(tokens, i + 2)) return null
  return term('span', i, i + 2, { months: [1, count] })
}

/** Nothing follows that the period would belong to: "6 tháng/lần", "6 tháng kể từ", "năm học". */
function standsAlone(tokens: readonly Token[], i: number): boolean {
  if (isMark(tokens, i, '/')) return !says(tokens, i + 1, 'lần') && !says(tokens, i + 2, 'lần')
  return endsClause(tokens, i) || saysOneOf(tokens, i, followers)
}

const followers: ReadonlySet<Syllable> = new Set<Syllable>(['hoặc', 'theo', 'của'])

/** Whether the words name a time of some year, or the year: not so "6 tháng" and "năm". */
function isNamed(tokens: readonly Token[], { unit, year, yearShift, start }: Term): boolean {
  if (unit === 'quarter' || year !== null || yearShift !== null) return true
  return unit === 'span' && (says(tokens, start + 2, 'đầu') || says(tokens, start + 2, 'cuối'))
}
