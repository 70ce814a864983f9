import type { Syllable } from './lexicon.js'
import type { Mark, Reading, Token } from './token.js'

/** True where the syllables stand one after another from `i`. */
export function says(tokens: readonly Token[], i: number, ...syllables: readonly Syllable[]): boolean {
  for (let k = 0; k < syllables.length; k += 1) if (tokens[i + k]?.syllable !== syllables[k]) return false
  return true
}

export function saysOneOf(tokens: readonly Token[], i: number, syllables: ReadonlySet<Syllable>): boolean {
  const syllable = tokens[i]?.syllable
  return syllable !== null && syllable !== undefined && syllables.has(syllable)
}

export function isMark(tokens: readonly Token[], i: number, mark: Mark): boolean {
  return tokens[i]?.mark === mark
}

export function isNumber(tokens: readonly Token[], i: number): boolean {
  return tokens[i]?.kind === 'number'
}

/** The index after the syllable where it stands at `i`, else `i`. */
export function skip(tokens: readonly Token[], i: number, ...syllables: readonly Syllable[]): number {
  return says(tokens, i, ...syllables) ? i + syllables.length : i
}

/** The index after "," and "và"; `i` where neither stands. */
export function afterJoint(tokens: readonly Token[], i: number): number {
  const j = isMark(tokens, i, ',') || isMark(tokens, i, '&') || isMark(tokens, i, '+') ? i + 1 : i
  return says(tokens, j, 'và') || says(tokens, j, 'hoặc') ? j + 1 : j
}

/** Nothing, a mark or a joining word follows: a number before it counts nothing. */
export function endsClause(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i]
  return next === undefined || next.mark !== null || next.syllable === 'và' || next.syllable === 'hàng'
}

/** The words of tokens `from` to `to` (exclusive) as written. */
export function excerpt(reading: Reading, from: number, to: number): string {
  const first = reading.tokens[from]
  const last = reading.tokens[to - 1]
  return first === undefined || last === undefined || to <= from
    ? ''
    : reading.source.slice(first.start, last.end)
}
