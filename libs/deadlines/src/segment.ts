import { isMark, saysOneOf } from './matching.js'
import type { Syllable } from './lexicon.js'
import type { Token } from './token.js'

/** A stretch of a text that can hold a deadline of its own: a bullet, or what stands between semicolons. */
export interface Segment {
  readonly from: number
  readonly to: number
  /** First token after bullet and numbering. */
  readonly head: number
  /** Parted from the one before by ";" only: it may go on with it. */
  readonly continues: boolean
}

/** Splits at bullets, semicolons and ends of sentences outside brackets. */
export function segmentsOf(tokens: readonly Token[]): Segment[] {
  const segments: Segment[] = []
  const isBulleted = isBullet(tokens[0])
  let from = 0
  for (let k = 1; k <= tokens.length; k += 1) {
    const isEnd = k === tokens.length
    if (!isEnd && !isBoundary(tokens, k, isBulleted)) continue
    const continues = from > 0 && isMark(tokens, from - 1, ';') && !isBullet(tokens[from])
    segments.push({ from, to: k, head: headOf(tokens, from, k), continues })
    from = k
  }
  return segments
}

function isBullet(token: Token | undefined): boolean {
  return token?.mark === '-' || token?.mark === '+' || token?.mark === '*'
}

function isBoundary(tokens: readonly Token[], k: number, isBulleted: boolean): boolean {
  const token = tokens[k]!
  const previous = tokens[k - 1]!
  if (token.depth > 0 || previous.depth > 0) return false
  if (previous.mark === ';') return true
  if (previous.mark === '.' && !token.glued && (isCapital(token) || isBullet(token)))
    return !isNumbering(tokens, k - 2)
  if (token.startsLine && isNumbering(tokens, k)) return true
  if (token.mark === '*') return tokens[k + 1] !== undefined
  if (!isBullet(token)) return false
  const next = tokens[k + 1]
  if (token.startsLine) return next !== undefined
  const isSpan = previous.value > 0 && saysOneOf(tokens, k + 1, units)
  return isBulleted && !token.glued && next?.glued === false && isCapital(next) && !isSpan
}

/** "2. ", "b) " at the start of a line. */
function isNumbering(tokens: readonly Token[], k: number): boolean {
  const token = tokens[k]
  if (token?.startsLine !== true || token.mark !== null || token.text.length > 2) return false
  return isMark(tokens, k + 1, '.') || (isMark(tokens, k + 1, ')') && tokens[k + 1]!.partner < 0)
}

const units: ReadonlySet<Syllable> = new Set<Syllable>(['tháng', 'quý', 'năm', 'ngày'])

function isCapital(token: Token): boolean {
  const [first] = token.text
  return token.kind === 'word' && first !== undefined && first !== first.toLowerCase()
}

/** After "- ", "1. ", "a) ". */
function headOf(tokens: readonly Token[], from: number, to: number): number {
  let head = from
  while (head < to && isBullet(tokens[head])) head += 1
  const isNumbering =
    (isMark(tokens, head + 1, '.') || isMark(tokens, head + 1, ')')) && tokens[head + 2]?.glued === false
  return isNumbering && tokens[head]!.text.length <= 2 && head + 2 < to ? head + 2 : head
}
