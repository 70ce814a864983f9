import type { Syllable } from './lexicon.js'
import { endsClause, isMark, says, saysOneOf } from './matching.js'
import type { Token } from './token.js'

/** "Thường xuyên", "liên tục", "theo thời gian thực"; the budget term "chi thường xuyên" is none. */
export function continuousEnd(tokens: readonly Token[], i: number): number | null {
  if (says(tokens, i, 'theo', 'thời', 'gian', 'thực')) return i + 4
  if (i === 0 && says(tokens, i, 'thời', 'gian', 'thực') && endsClause(tokens, 3)) return 3
  if (says(tokens, i, 'thường', 'xuyên')) return isBudgetTerm(tokens, i) ? null : i + 2
  return says(tokens, i, 'liên', 'tục') ? i + 2 : null
}

const chiCompounds: ReadonlySet<Syllable> = new Set<Syllable>(['phí', 'tiết', 'nhánh', 'hội', 'bộ', 'cục'])

/** "chi thường xuyên", "chi đầu tư và thường xuyên", "kinh phí thường xuyên". */
function isBudgetTerm(tokens: readonly Token[], i: number): boolean {
  if (says(tokens, i - 1, 'phí')) return true
  for (let k = i - 1; k >= 0 && k >= i - 5; k -= 1) {
    const token = tokens[k]!
    if (token.mark !== null && token.mark !== ',' && token.mark !== '-') return false
    if (token.syllable === 'chi') return !saysOneOf(tokens, k + 1, chiCompounds)
  }
  return false
}

/** True where an event starts: "sau khi …", "khi có …", "trong 05 ngày làm việc kể từ …". */
export function startsEvent(tokens: readonly Token[], i: number, isFirst: boolean): boolean {
  switch (tokens[i]?.syllable) {
    case 'sau':
      return (
        (says(tokens, i + 1, 'khi') && !isDenied(tokens, i)) ||
        (isFirst && (says(tokens, i + 1, 'kỳ') || endOfSpan(tokens, i + 1) !== null))
      )
    case 'ngay':
      return says(tokens, i + 1, 'khi') || (says(tokens, i + 1, 'sau', 'khi') && !isDenied(tokens, i))
    case 'trước':
      return isFirst && says(tokens, endOfSpan(tokens, i + 1) ?? i + 1, 'khi')
    case 'khi':
      return (
        (isFirst || saysOneOf(tokens, i + 1, eventWords) || says(tokens, i + 1, 'phát', 'sinh')) &&
        !isException(tokens, i)
      )
    case 'kể':
      return says(tokens, i + 1, 'từ', 'khi')
    case 'trong':
    case 'chậm':
    case 'muộn':
    case 'không':
    case 'tối':
      return startsSpanAfterEvent(tokens, i)
    default:
      return tokens[i]?.kind === 'number' && isFirst && startsSpanAfterEvent(tokens, i)
  }
}

const eventWords: ReadonlySet<Syllable> = new Set<Syllable>(['có', 'được', 'cần', 'hoàn', 'kết'])

/** "không để sau khi giao vốn mới triển khai": what must not happen is no deadline. */
function isDenied(tokens: readonly Token[], i: number): boolean {
  return says(tokens, i - 1, 'để') || says(tokens, i - 2, 'để', 'ngay')
}

/** "trừ trường hợp … khi có dấu hiệu": an exception. */
function isException(tokens: readonly Token[], i: number): boolean {
  for (let k = i - 1; k >= 0 && k >= i - 16; k -= 1) {
    if (says(tokens, k, 'trừ', 'trường')) return true
    if (tokens[k]!.mark === ';') return false
  }
  return false
}

/** "trong vòng 15 ngày kể từ …", "chậm nhất 05 ngày làm việc sau khi …": a span that an event starts. */
function startsSpanAfterEvent(tokens: readonly Token[], i: number): boolean {
  let j = i
  while (j - i < 4 && saysOneOf(tokens, j, spanWords)) j += 1
  const end = endOfSpan(tokens, j)
  if (end === null) return false
  return (
    says(tokens, end, 'kể') ||
    says(tokens, end, 'từ') ||
    says(tokens, end, 'sau') ||
    says(tokens, end, 'tính')
  )
}

const spanWords: ReadonlySet<Syllable> = new Set<Syllable>([
  'trong',
  'vòng',
  'thời',
  'hạn',
  'chậm',
  'muộn',
  'nhất',
  'không',
  'quá',
  'tối',
  'đa',
  'là',
  'sau',
])

/** The index after "05 ngày [làm việc]", "02 tháng". */
function endOfSpan(tokens: readonly Token[], i: number): number | null {
  if (tokens[i]?.kind !== 'number') return null
  if (!says(tokens, i + 1, 'ngày') && !says(tokens, i + 1, 'tháng') && !says(tokens, i + 1, 'tuần'))
    return null
  return says(tokens, i + 2, 'làm', 'việc') ? i + 4 : i + 2
}

/** "nếu có". */
export function startsProviso(tokens: readonly Token[], i: number): boolean {
  return says(tokens, i, 'nếu')
}

const ruleWords: readonly (readonly Syllable[])[] = [
  ['quy', 'định'],
  ['kế', 'hoạch'],
  ['tiến', 'độ'],
  ['lộ', 'trình'],
  ['yêu', 'cầu'],
  ['chỉ', 'đạo'],
  ['hướng', 'dẫn'],
  ['chương', 'trình'],
  ['giai', 'đoạn'],
  ['từng', 'giai', 'đoạn'],
  ['thời', 'hạn'],
  ['thời', 'gian', 'quy', 'định'],
]
const citedRules: readonly (readonly Syllable[])[] = [
  ['quyết', 'định'],
  ['nghị', 'quyết'],
  ['nghị', 'định'],
  ['thông', 'tư'],
  ['công', 'văn'],
]

/**
 * True where "theo quy định" and its like fix the time by another text. In a sentence the words mostly say how
 * something is done ("giải quyết TTHC theo quy định"): there only a report or a publication is due by them, and
 * only at the end of a clause. `isCell`: the text is as short as a table cell.
 */
export function startsRule(tokens: readonly Token[], i: number, head: number, isCell: boolean): boolean {
  if (!says(tokens, i, 'theo')) return false
  let j = i + 1
  while (j - i < 4 && (says(tokens, j, 'theo') || says(tokens, j, 'đúng'))) j += 1
  const isFirst = i === head || isMark(tokens, i - 1, '(')
  const words = ruleWords.find((rule) => says(tokens, j, ...rule))
  if (words === undefined) return isFirst && citedRules.some((rule) => says(tokens, j, ...rule))
  if (isFirst || says(tokens, i - 2, 'đảm', 'bảo')) return true
  const end = j + words.length
  if (says(tokens, end, 'số') || !endsWithClause(tokens, end)) return false
  return isCell || followsReport(tokens, i, head)
}

function followsReport(tokens: readonly Token[], i: number, head: number): boolean {
  for (let k = i - 2; k >= head && k >= i - 40; k -= 1) {
    if (says(tokens, k, 'báo', 'cáo') || says(tokens, k, 'công', 'bố')) return true
  }
  return false
}

function endsWithClause(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i]
  if (next === undefined || next.mark !== null || says(tokens, i, 'hoặc')) return true
  if (!saysOneOf(tokens, i, complementWords) && next.kind === 'word') return false
  for (let k = i; k < tokens.length && k < i + 30; k += 1) {
    if (isMark(tokens, k, ';') || isMark(tokens, k, ',') || isMark(tokens, k, ')')) return true
    if ((k > i && says(tokens, k, 'được')) || says(tokens, k, 'nhằm')) return false
  }
  return true
}

const complementWords: ReadonlySet<Syllable> = new Set<Syllable>([
  'được',
  'của',
  'trong',
  'từ',
  'tại',
  'về',
  'cho',
])
