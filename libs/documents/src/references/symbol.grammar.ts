import { isMark, isNumber, isWord, type Token } from './tokens.js'
import { typeCodeOf } from './document-types.js'

/** Number and symbol of a document, `55/2023/NQ-HĐND` or `333-KH/TU`, taken apart. */
export interface SymbolMatch {
  /** As printed, without stray spaces; null where the number is left open ("Số      /KH-UBND"). */
  readonly number: string | null
  /** Of the number itself: 2023 in `55/2023/NQ-HĐND`. */
  readonly year: number | null
  readonly symbol: string
  readonly segments: readonly string[]
  /** Index of the first token and of the one after the last. */
  readonly from: number
  readonly to: number
}

interface Tail {
  readonly symbol: string
  readonly segments: readonly string[]
  readonly to: number
}

/**
 * Reads a number and symbol that starts at token `at`; null where there is none.
 *
 * ```
 * symbol := count '/' [year '/'] tail      19/KH-UBND  66/VPUB-KSTTHC  55/2023/NQ-HĐND  198/2025/QH15
 *         | count '-' code '/' tail        333-KH/TU  (Party)
 *         | '/' tail                       after the word "số", the number left open
 * count  := digits ['.' digits] [letter]   66.22  12a
 * tail   := segment (('-' | '/' | '.') segment)*
 * ```
 *
 * White space may stand where a line was broken: after a dash or slash, and before the first ones.
 */
export function matchSymbol(tokens: readonly Token[], at: number): SymbolMatch | null {
  if (!isNumber(tokens[at], 1, 6)) return matchOpenNumber(tokens, at)
  const count = matchCount(tokens, at)
  const separator = tokens[count.to]
  if (isMark(separator, '-')) return matchParty(tokens, at, count)
  if (!isMark(separator, '/')) return null
  let next = count.to + 1
  let year: number | null = null
  if (isNumber(tokens[next], 4, 4) && isMark(tokens[next + 1], '/')) {
    year = Number(tokens[next]!.text)
    next += 2
  }
  const tail = matchTail(tokens, next)
  if (tail === null) return null
  // A lone segment ("5/DVC") is a symbol only where a word or a year says so.
  if (tail.segments.length === 1 && year === null && !isAnnounced(tokens, at)) return null
  const number = `${count.text}/${year === null ? '' : `${year}/`}${tail.symbol}`
  return { ...tail, number, year, from: at }
}

function matchCount(tokens: readonly Token[], at: number): { text: string; to: number } {
  let text = tokens[at]!.text
  let to = at + 1
  const [dot, fraction] = [tokens[to], tokens[to + 1]]
  if (isMark(dot, '.') && !dot.gap && isNumber(fraction, 1, 4) && !fraction.gap) {
    text += `.${fraction.text}`
    to += 2
  }
  const letter = tokens[to]
  if (letter?.type === 'word' && !letter.gap && letter.text.length === 1) {
    text += letter.text
    to += 1
  }
  return { text, to }
}

function matchParty(
  tokens: readonly Token[],
  at: number,
  count: { text: string; to: number },
): SymbolMatch | null {
  const code = tokens[count.to + 1]
  if (code?.type !== 'word' || typeCodeOf(code.text) === null || !isMark(tokens[count.to + 2], '/'))
    return null
  const tail = matchTail(tokens, count.to + 1)
  if (tail === null || tail.segments.length < 2) return null
  return { ...tail, number: `${count.text}-${tail.symbol}`, year: null, from: at }
}

/** "Số      /KH-UBND", "số ……/KH-UBND", "số   -KH/TU". */
function matchOpenNumber(tokens: readonly Token[], at: number): SymbolMatch | null {
  const start = tokens[at]?.type === 'blank' ? at + 1 : at
  if (!isAnnounced(tokens, at)) return null
  if (isMark(tokens[start], '/')) {
    const tail = matchTail(tokens, start + 1)
    return tail === null ? null : { ...tail, number: null, year: null, from: at }
  }
  const code = tokens[start + 1]
  if (!isMark(tokens[start], '-') || code?.type !== 'word' || typeCodeOf(code.text) === null) return null
  const tail = matchTail(tokens, start + 1)
  if (tail === null || tail.segments.length < 2) return null
  return { ...tail, number: null, year: null, from: at }
}

function isAnnounced(tokens: readonly Token[], at: number): boolean {
  const before = isMark(tokens[at - 1], ':') ? at - 2 : at - 1
  return isWord(tokens[before], 'so')
}

const maxSegments = 8

function matchTail(tokens: readonly Token[], at: number): Tail | null {
  const first = tokens[at]
  if (first?.type !== 'word' || !isFirstSegment(tokens, at)) return null
  const segments = [first.text]
  let symbol = first.text
  let to = at + 1
  while (segments.length < maxSegments) {
    const [separator, segment] = [tokens[to], tokens[to + 1]]
    if (!continuesSymbol(separator, segment, segments, first)) break
    segments.push(segment!.text)
    symbol += separator!.text + segment!.text
    to += 2
  }
  return { symbol, segments, to }
}

function isFirstSegment(tokens: readonly Token[], at: number): boolean {
  const segment = tokens[at]!
  if (isSymbolWord(segment.text) || segment.text === 'L') return true
  // "19/kh-ubnd": a known type in any case, where nothing else could be meant.
  const [dash, next] = [tokens[at + 1], tokens[at + 2]]
  return (
    typeCodeOf(segment.text) !== null &&
    !segment.gap &&
    (isMark(dash, '-') || isMark(dash, '/')) &&
    !dash.gap &&
    next?.type === 'word' &&
    !next.gap &&
    next.text.length > 1
  )
}

function continuesSymbol(
  separator: Token | undefined,
  segment: Token | undefined,
  before: readonly string[],
  first: Token,
): boolean {
  if (separator?.type !== 'mark' || segment?.type !== 'word') return false
  const typedLower = !isSymbolWord(first.text) && first.text !== 'L'
  if (!isSymbolWord(segment.text) && !/^(\p{Lu}|\p{Lu}?\d+)$/u.test(segment.text)) {
    if (!typedLower || before.length > 1 || segment.gap) return false
  }
  if (separator.text === '.') return !separator.gap && !segment.gap && isSymbolWord(segment.text)
  if (separator.text !== '-' && separator.text !== '/') return false
  // "19/KH-UBND - UBND tỉnh": a dash with spaces on both sides ends a symbol that is already complete.
  if (separator.gap && before.length > 1) return false
  return !(segment.gap && separator.gap && separator.text === '/')
}

/** "UBND", "TTr", "QyĐ", "QH15": mostly capitals, at least two of them, or a capital with digits ("P3"). */
export function isSymbolWord(text: string): boolean {
  if (!/^\p{Lu}/u.test(text)) return false
  const capitals = text.match(/\p{Lu}/gu)!.length
  const small = text.match(/\p{Ll}/gu)?.length ?? 0
  return capitals === 1 ? small === 0 && /\d/.test(text) : small <= capitals
}
