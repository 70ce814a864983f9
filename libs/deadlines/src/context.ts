import type { CalendarPhrase } from './calendar-phrase.js'
import { isLaw } from './citation.js'
import type { Syllable } from './lexicon.js'
import { isMark, says, saysOneOf } from './matching.js'
import type { Token } from './token.js'

/** The part of a text in which a phrase is judged. */
export interface Clause {
  readonly tokens: readonly Token[]
  /** First token after bullets and numbering. */
  readonly head: number
  readonly to: number
  /** Where a condition ("sau khi …") holds: plain times inside belong to the condition. */
  readonly conditionStart: number
  readonly conditionEnd: number
}

/**
 * Tells a deadline from a date that only looks like one: of a cited text, a baseline, the name of a programme,
 * the start of something. A phrase with a limit of its own ("trước", "chậm nhất", "đến hết") is nearly always
 * a deadline; a plain one must stand where a deadline stands.
 */
export function isDeadline(clause: Clause, phrase: CalendarPhrase): boolean {
  const { tokens } = clause
  const { limit, start } = phrase
  if (limit === 'from' || isExcludedBefore(tokens, clause.head, start)) return false
  if (limit === 'before' || limit === 'at') return true
  if (limit === 'by') return !isNameUntil(clause, phrase)
  if (isBaseline(tokens, clause.head, start)) return false
  if (limit === 'in') return !isCountedYear(clause, phrase)
  if (start >= clause.conditionStart && phrase.end <= clause.conditionEnd) return isApart(clause, phrase)
  return isPlainDeadline(clause, phrase)
}

/** "Sau khi có hướng dẫn (dự kiến tháng 9/2025)", "…, quý III/2025": beside a condition, not in its words. */
function isApart({ tokens, to }: Clause, { terms, isRange, start, end }: CalendarPhrase): boolean {
  const { unit, named } = terms[0]!
  if (!named || isRange || (unit !== 'month' && unit !== 'quarter')) return false
  let before = start - 1
  while (saysOneOf(tokens, before, guesses)) before -= 1
  if (isMark(tokens, before, '(')) return tokens[before]!.partner === end
  return isMark(tokens, before, ',') && end >= to
}

const guesses: ReadonlySet<Syllable> = new Set<Syllable>([
  'dự',
  'kiến',
  'khoảng',
  'thời',
  'gian',
  'hoàn',
  'thành',
])

/** "tiếp nhận trong năm được giải quyết": inside a sentence a year without number is a span, not a time. */
function isCountedYear(clause: Clause, { terms, start }: CalendarPhrase): boolean {
  const isYearless = terms[0]!.unit === 'year' && terms[0]!.year === null && terms[0]!.yearShift === null
  if (!isYearless || isMark(clause.tokens, start - 1, '(')) return false
  return placeOf(clause, start) === 'inside' && !says(clause.tokens, start - 2, 'hoàn', 'thành')
}

function isPlainDeadline(clause: Clause, phrase: CalendarPhrase): boolean {
  const { tokens } = clause
  const [first] = phrase.terms
  if (isMark(tokens, phrase.start - 1, '(') && isFreeAfter(tokens, phrase.end)) return true
  const place = placeOf(clause, phrase.start)
  const isWhole = endsSegment(clause, phrase.end)
  const isOfYears = first!.unit === 'year'
  if (!first!.named || isOfYears) {
    const isSpelledRange = phrase.isRange && saysOneOf(tokens, phrase.start, rangeStarts)
    if (isSpelledRange) return true
    if (place === 'head') return first!.named || phrase.isPhase || isFreeAfter(tokens, phrase.end)
    return (place === 'label' && isWhole) || says(tokens, phrase.start - 2, 'hoàn', 'thành')
  }
  if (first!.unit === 'day' && says(tokens, phrase.end, 'của')) return false
  if (place !== 'inside') return true
  if (phrase.isRange) return true
  const isDated = phrase.terms.some(
    ({ year, yearShift, flaws }) => year ?? yearShift ?? (flaws.length > 0 || null),
  )
  if (!isDated)
    return says(tokens, phrase.start - 2, 'hoàn', 'thành') || says(tokens, phrase.start - 1, 'xong')
  return first!.unit !== 'day' || !isCited(tokens, clause.head, phrase.start)
}

const rangeStarts: ReadonlySet<Syllable> = new Set<Syllable>(['từ', 'kể'])

/** A bare number is a time only where no word that it may count follows ("2025 hồ sơ"). */
function isFreeAfter(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i]
  if (next?.glued === true && (next.mark === '-' || next.mark === '/')) return false
  return next === undefined || (next.mark !== null && next.mark !== '%') || saysOneOf(tokens, i, freeWords)
}

const freeWords: ReadonlySet<Syllable> = new Set<Syllable>([
  'và',
  'sau',
  'khi',
  'theo',
  'hoặc',
  'nếu',
  'định',
])

function endsSegment(clause: Clause, i: number): boolean {
  for (let k = i; k < clause.to; k += 1) {
    const { mark, partner } = clause.tokens[k]!
    if (mark === null) return false
    if (mark === '(' && partner > k) return true
  }
  return true
}

/** `head`: first in its segment; `label`: after nothing but the name of the product ("Báo cáo lần 1"). */
function placeOf({ tokens, head }: Pick<Clause, 'tokens' | 'head'>, i: number): 'head' | 'label' | 'inside' {
  if (i <= head) return 'head'
  if (i - head > 10) return 'inside'
  for (let k = head; k < i; k += 1) {
    const token = tokens[k]!
    const isOrdinal = token.kind === 'number' && says(tokens, k - 1, 'lần')
    if (token.mark === null && !isOrdinal && !saysOneOf(tokens, k, labelWords)) return 'inside'
    if (token.mark === '(' || token.mark === ')') return 'inside'
  }
  return 'label'
}

const labelWords: ReadonlySet<Syllable> = new Set<Syllable>([
  ...([
    'kế',
    'hoạch',
    'quyết',
    'định',
    'báo',
    'cáo',
    'công',
    'văn',
    'bản',
    'tờ',
    'trình',
    'nghị',
    'chương',
    'chỉ',
  ] as const),
  ...([
    'thị',
    'đề',
    'án',
    'dự',
    'thảo',
    'hướng',
    'dẫn',
    'thông',
    'kết',
    'quả',
    'lần',
    'hoàn',
    'thành',
    'thực',
  ] as const),
  ...([
    'hiện',
    'thời',
    'gian',
    'hạn',
    'điểm',
    'xong',
    'triển',
    'khai',
    'ban',
    'hành',
    'gửi',
    'nộp',
    'kiến',
  ] as const),
  ...([
    'khoảng',
    'sơ',
    'tổng',
    'tổ',
    'chức',
    'là',
    'kỳ',
    'hàng',
    'tháng',
    'quý',
    'năm',
    'và',
    'luận',
    'cả',
  ] as const),
])

const excludedPairs: readonly (readonly [Syllable, Syllable])[] = [
  ['định', 'hướng'],
  ['tầm', 'nhìn'],
  ['giai', 'đoạn'],
  ['cùng', 'kỳ'],
  ['nhiệm', 'kỳ'],
  ['hiệu', 'lực'],
  ['năm', 'học'],
]
const excludedBefore: ReadonlySet<Syllable> = new Set<Syllable>(['tính', 'ký', 'khóa', 'niên', 'lần', 'thứ'])

/** "định hướng đến năm 2030", "tính đến hết ngày 31/5/2020", "ký ngày …", "có hiệu lực từ ngày …". */
function isExcludedBefore(tokens: readonly Token[], head: number, start: number): boolean {
  if (excludedPairs.some((pair) => start - 2 >= head && says(tokens, start - 2, ...pair))) return true
  if (!saysOneOf(tokens, start - 1, excludedBefore) || start - 1 < head) return false
  return !(says(tokens, start - 1, 'tính') && says(tokens, start, 'từ'))
}

/** "so với năm 2020", "so với ước thực hiện năm 2024". */
function isBaseline(tokens: readonly Token[], head: number, start: number): boolean {
  for (let k = start - 1; k > head && k >= start - 8; k -= 1) {
    const { mark } = tokens[k]!
    if (mark !== null && mark !== '/') return false
    if (says(tokens, k - 1, 'so', 'với')) return true
  }
  return false
}

/** "Đề án … quốc gia đến năm 2025": the nearest word that opens a name or a goal decides. */
function isNameUntil({ tokens, head }: Clause, { terms, start }: CalendarPhrase): boolean {
  if (terms[0]!.unit !== 'year' || !says(tokens, start, 'đến') || says(tokens, start + 1, 'hết')) return false
  for (let k = start - 1; k >= head && k >= start - 40; k -= 1) {
    if (tokens[k]!.mark === '%' || startsOneOf(tokens, k, goalOpeners)) return false
    if (startsOneOf(tokens, k, nameOpeners)) return true
  }
  return false
}

const goalOpeners: readonly (readonly Syllable[])[] = [
  ['phấn', 'đấu'],
  ['hoàn', 'thành'],
  ['mục', 'tiêu'],
  ['đạt'],
  ['đề', 'ra'],
  ['bảo', 'đảm'],
  ['đảm', 'bảo'],
  ['duy', 'trì'],
]
const nameOpeners: readonly (readonly Syllable[])[] = [
  ['chương', 'trình'],
  ['đề', 'án'],
  ['chiến', 'lược'],
  ['kế', 'hoạch'],
  ['quy', 'hoạch'],
  ['nghị', 'quyết'],
  ['chính', 'sách'],
  ['dự', 'án'],
  ['quyết', 'định'],
  ['giai', 'đoạn'],
]

/** "Luật … ngày 16 tháng 6 năm 2025", "Quyết định của UBND tỉnh ngày 12/3/2025". */
function isCited(tokens: readonly Token[], head: number, start: number): boolean {
  for (let k = start - 1; k >= head && k >= start - 25; k -= 1) {
    if (isLaw(tokens, k) || startsOneOf(tokens, k, citedDocuments)) return true
  }
  return false
}

const citedDocuments: readonly (readonly Syllable[])[] = [
  ['nghị', 'định'],
  ['nghị', 'quyết'],
  ['quyết', 'định'],
  ['thông', 'tư'],
  ['chỉ', 'thị'],
  ['công', 'văn'],
  ['công', 'điện'],
  ['tờ', 'trình'],
  ['kết', 'luận'],
  ['kế', 'hoạch'],
  ['văn', 'bản'],
  ['quy', 'định'],
]

function startsOneOf(
  tokens: readonly Token[],
  k: number,
  openers: readonly (readonly Syllable[])[],
): boolean {
  if (tokens[k]?.syllable === null) return false
  return openers.some((opener) => says(tokens, k, ...opener))
}
