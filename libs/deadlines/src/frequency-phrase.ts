import type { Frequency } from './deadline.js'
import { cardinalValue, type Syllable } from './lexicon.js'
import { isMark, isNumber, says, saysOneOf, skip } from './matching.js'
import { readSpan } from './period-term.js'
import { readReportPeriods } from './report-periods.js'
import type { Token } from './token.js'

/** "hằng quý, 6 tháng và năm", "02 lần/năm", "định kỳ", "đột xuất". */
export interface FrequencyPhrase {
  readonly frequencies: readonly Frequency[]
  readonly timesPerYear: number | null
  /** A frequency outside the scale, such as "hằng tuần" or "2 năm một lần". */
  readonly isOutsideScale: boolean
  readonly start: number
  readonly end: number
}

interface Unit {
  readonly frequency: Frequency
  /** Periods of this unit in a year; null for a week or a day, which are outside the scale. */
  readonly perYear: number | null
  readonly end: number
}

/** `isHead`: nothing stands before, so that "Quý, năm" can only be a frequency. */
export function readFrequencyPhrase(
  tokens: readonly Token[],
  i: number,
  isHead: boolean,
): FrequencyPhrase | null {
  return readMarked(tokens, i) ?? readBareList(tokens, i, isHead)
}

/** "quý/6 tháng/năm": two units or more joined by strokes, or anyhow where nothing stands before them. */
function readBareList(tokens: readonly Token[], i: number, isHead: boolean): FrequencyPhrase | null {
  const isUnit = saysOneOf(tokens, i, bareUnits) || says(tokens, i + 1, 'tháng')
  if (!isUnit || isMark(tokens, i - 1, '/')) return null
  // Looked at before the list is read: rejecting a long list at each of its items would be quadratic.
  const first = readUnit(tokens, i)
  if (first === null || !(isHead || isMark(tokens, first.end, '/'))) return null
  const list = readList(tokens, i, i, false)
  return list === null || list.frequencies.length < 2 ? null : list
}

const bareUnits: ReadonlySet<Syllable> = new Set<Syllable>(['tháng', 'quý', 'năm'])

function readMarked(tokens: readonly Token[], i: number): FrequencyPhrase | null {
  switch (tokens[i]?.syllable) {
    case 'hàng':
    case 'từng':
      // "Ngân hàng năm qua", "mặt hàng quý": goods and customers are no frequency.
      return goods.has(tokens[i - 1]?.text.toLowerCase() ?? '') ? null : readList(tokens, i, i + 1, true)
    case 'mỗi':
    case 'các':
      return readTimes(tokens, i, i + 1) ?? readEveryYear(tokens, i)
    case 'định':
      return says(tokens, i + 1, 'kỳ') ? readPeriodic(tokens, i) : null
    case 'báo':
      return says(tokens, i + 1, 'cáo') ? readReport(tokens, i) : null
    case 'đột':
      return isAdHoc(tokens, i) ? phrase(['ad-hoc'], i, i + 2) : null
    case 'năm':
    case 'quý':
    case 'tháng':
      return readTimes(tokens, i, i)
    default:
      return isNumber(tokens, i) || cardinalValue(tokens[i]?.syllable ?? null) > 0
        ? (readCount(tokens, i) ?? readTimes(tokens, i, i))
        : null
  }
}

/** "quý I mỗi năm", "Quý I các năm": right after a period only; "mỗi năm tăng 20%" is a rate. */
function readEveryYear(tokens: readonly Token[], i: number): FrequencyPhrase | null {
  const isAfterPeriod =
    (tokens[i - 1]?.value ?? 0) > 0 && (says(tokens, i - 2, 'quý') || says(tokens, i - 2, 'tháng'))
  if (!isAfterPeriod || !says(tokens, i + 1, 'năm') || isNumber(tokens, i + 2)) return null
  return phrase(['yearly'], i, i + 2)
}

const goods: ReadonlySet<string> = new Set(['ngân', 'khách', 'mặt', 'cửa', 'bán', 'mua', 'đặt', 'đơn'])

function phrase(
  frequencies: readonly Frequency[],
  start: number,
  end: number,
  timesPerYear: number | null = null,
  isOutsideScale = false,
): FrequencyPhrase {
  return { frequencies, timesPerYear, isOutsideScale, start, end }
}

const byMonths = new Map<number, Frequency>([
  [1, 'monthly'],
  [3, 'quarterly'],
  [6, 'half-yearly'],
  [12, 'yearly'],
])

/** "quý", "6 tháng", "năm", "tuần": a unit that is not a date ("quý III", "năm 2025", "tháng 8"). */
function readUnit(tokens: readonly Token[], i: number): Unit | null {
  const token = tokens[i]
  const next = tokens[i + 1]
  if (token === undefined) return null
  if (token.value > 0 && says(tokens, i + 1, 'tháng')) {
    if (says(tokens, i + 2, 'đầu') || says(tokens, i + 2, 'cuối') || readSpan(tokens, i) !== null) return null
    const frequency = byMonths.get(token.value) ?? 'unspecified'
    return { frequency, perYear: 12 / token.value, end: i + 2 }
  }
  if (token.value === 1 && (says(tokens, i + 1, 'năm') || says(tokens, i + 1, 'quý')))
    return readUnit(tokens, i + 1)
  const isDate =
    next !== undefined && next.value > 0 && !says(tokens, i + 1, 'một') && !says(tokens, i + 2, 'lần')
  const isMonths = isDate && says(tokens, i + 2, 'tháng')
  switch (token.syllable) {
    case 'tháng':
      return isDate && !isMonths ? null : { frequency: 'monthly', perYear: 12, end: i + 1 }
    case 'quý':
      return isDate && !isMonths ? null : { frequency: 'quarterly', perYear: 4, end: i + 1 }
    case 'năm':
      return (isDate && !isMonths) || says(tokens, i + 1, 'học')
        ? null
        : { frequency: 'yearly', perYear: 1, end: i + 1 }
    case 'tuần':
    case 'ngày':
      return isDate ? null : { frequency: 'unspecified', perYear: null, end: i + 1 }
    default:
      return null
  }
}

/** `j` at the first unit of "hàng quý, 6 tháng và hàng năm hoặc đột xuất". */
function readList(tokens: readonly Token[], i: number, j: number, isAdverb: boolean): FrequencyPhrase | null {
  const first = readUnit(tokens, j)
  if (first === null || (first.perYear === null && !isAdverb)) return null
  if (!isAdverb && readReportPeriods(tokens, j) !== null) return null
  const frequencies = [first.frequency]
  let isOutside = isOutsideScale(first)
  let end = first.end
  for (;;) {
    const next = readListItem(tokens, end)
    if (next === null) break
    frequencies.push(next.frequency)
    isOutside ||= isOutsideScale(next)
    end = next.end
  }
  const isOnce = says(tokens, end, 'một', 'lần') || (isMark(tokens, end, '/') && says(tokens, end + 1, 'lần'))
  return phrase(frequencies, i, isOnce ? end + 2 : end, null, isOutside)
}

function readListItem(tokens: readonly Token[], i: number): Unit | null {
  let j = i
  while (
    isMark(tokens, j, ',') ||
    isMark(tokens, j, '/') ||
    isMark(tokens, j, '-') ||
    saysOneOf(tokens, j, joiners)
  ) {
    j += 1
    if (j - i > 2) return null
  }
  const isAdverb = says(tokens, j, 'hàng')
  if (j === i && tokens[j]?.kind !== 'number') return null
  if (says(tokens, j, 'đột', 'xuất')) return { frequency: 'ad-hoc', perYear: null, end: j + 2 }
  if (says(tokens, j, 'báo', 'cáo')) j += 2
  const unit = readUnit(tokens, isAdverb ? j + 1 : j)
  return unit?.perYear === null ? null : unit
}

const joiners: ReadonlySet<Syllable> = new Set<Syllable>(['và', 'hoặc', 'hay'])

function isOutsideScale({ frequency, perYear }: Unit): boolean {
  return frequency === 'unspecified' || (perYear === null && frequency !== 'ad-hoc')
}

/** "định kỳ", "định kỳ quý/6 tháng/năm", "định kỳ/năm", "định kỳ 2 lần/năm", "chế độ báo cáo định kỳ" (a name). */
function readPeriodic(tokens: readonly Token[], i: number): FrequencyPhrase | null {
  if (says(tokens, i - 4, 'chế', 'độ', 'báo', 'cáo')) return null
  const j = isMark(tokens, i + 2, '/') || isMark(tokens, i + 2, ',') ? i + 3 : i + 2
  const more = says(tokens, j, 'hàng') || says(tokens, j, 'từng') ? j + 1 : j
  const times = isNumber(tokens, more) ? readCount(tokens, more) : null
  if (times !== null) return { ...times, start: i }
  const list = readList(tokens, i, more, more > j) ?? readTimes(tokens, i, more)
  if (list !== null) return list
  const isAlsoAdHoc = saysOneOf(tokens, i + 2, joiners) && says(tokens, i + 3, 'đột', 'xuất')
  return isAlsoAdHoc ? phrase(['unspecified', 'ad-hoc'], i, i + 5) : phrase(['unspecified'], i, i + 2)
}

const reportWords: ReadonlySet<Syllable> = new Set<Syllable>([
  'kết',
  'quả',
  'thực',
  'hiện',
  'theo',
  'tổng',
  'sơ',
  'định',
  'kỳ',
])

/** "Báo cáo quý, 6 tháng và năm": after the word "report" a bare unit is a frequency. */
function readReport(tokens: readonly Token[], i: number): FrequencyPhrase | null {
  let j = i + 2
  while (j - i < 7 && saysOneOf(tokens, j, reportWords) && !says(tokens, j, 'định', 'kỳ')) j += 1
  return readList(tokens, i, j, false)
}

/** `j` at the unit of "6 tháng một lần", "06 tháng/ lần", "01 năm 2 lần", "mỗi quý 1 lần". */
function readTimes(tokens: readonly Token[], i: number, j: number): FrequencyPhrase | null {
  const years = says(tokens, j + 1, 'năm') ? (tokens[j]?.value ?? 1) : 1
  const unit =
    years > 1 ? ({ frequency: 'unspecified', perYear: 0, end: j + 2 } as const) : readUnit(tokens, j)
  if (unit === null) return null
  const slash = isMark(tokens, unit.end, '/') ? unit.end + 1 : unit.end
  const count = tokens[slash]?.value ?? 0
  const isCounted = count > 0 && says(tokens, slash + 1, 'lần')
  if (!isCounted && !(slash > unit.end && says(tokens, slash, 'lần'))) return null
  if (!isCounted || count === 1) {
    const isYearly = unit.perYear === 1 && isCounted
    return phrase([unit.frequency], i, slash + (isCounted ? 2 : 1), isYearly ? 1 : null, isOutsideScale(unit))
  }
  return counted(count, unit, i, slash + 2)
}

/** "02 lần/năm", "2 lần trong năm", "1lần mỗi quý"; a maximum ("không quá 01 lần trong năm") is no deadline. */
function readCount(tokens: readonly Token[], i: number): FrequencyPhrase | null {
  if (!says(tokens, i + 1, 'lần') || says(tokens, i - 1, 'quá') || says(tokens, i - 2, 'tối', 'đa'))
    return null
  let j = i + 2
  if (isMark(tokens, j, '/')) j += 1
  else if (says(tokens, j, 'trong') || says(tokens, j, 'mỗi') || says(tokens, j, 'một'))
    j = skip(tokens, j + 1, 'một')
  else return null
  const unit = readUnit(tokens, j)
  return unit === null ? null : counted(tokens[i]!.value, unit, i, unit.end)
}

function counted(count: number, unit: Unit, start: number, end: number): FrequencyPhrase {
  const perYear = unit.perYear === null || unit.perYear === 0 ? null : count * unit.perYear
  const frequency = perYear === null ? undefined : byMonths.get(12 / perYear)
  return phrase([frequency ?? 'unspecified'], start, end, perYear, frequency === undefined)
}

/** "đột xuất" of an inspection or an exception is the kind of inspection, not a time. */
function isAdHoc(tokens: readonly Token[], i: number): boolean {
  if (!says(tokens, i + 1, 'xuất')) return false
  return (
    !says(tokens, i - 2, 'kiểm', 'tra') &&
    !says(tokens, i - 2, 'thanh', 'tra') &&
    !says(tokens, i - 2, 'trường', 'hợp')
  )
}
