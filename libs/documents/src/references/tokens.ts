import { foldVietnamese } from '#kernel'

/**
 * `word`: letters, and digits after them ("UBND", "QH15"). `number`: digits. `blank`: a place left open, "……" or
 * "____". `mark`: one other character, dashes and slashes of all kinds as `-` and `/`.
 */
export interface Token {
  readonly type: 'word' | 'number' | 'blank' | 'mark'
  /** NFC; offsets count UTF-16 units of the text as it was given. */
  readonly text: string
  readonly folded: string
  readonly start: number
  readonly end: number
  /** White space before the token. */
  readonly gap: boolean
}

const invisible = '\\u200b-\\u200d\\u2060\\ufeff\\u00ad'
const anyInvisible = /[\u200b-\u200d\u2060\ufeff\u00ad]/gu

/**
 * Web addresses (they come with hyperlinks in extracted text) count as white space: they hide inside symbols.
 * Repetitions are bounded so that no text, however hostile, exhausts the stack of an expression.
 */
const lexemes = {
  space: new RegExp(`https?://[^\\s()<>"“”;]{1,2000}|[\\s${invisible}]{1,1000}`, 'uy'),
  word: new RegExp(`\\p{L}(?:[\\p{L}\\p{M}\\p{Nd}]|[${invisible}](?=[\\p{L}\\p{Nd}])){0,100}`, 'uy'),
  number: /[0-9]{1,100}/uy,
  blank: /[._…]{2,1000}|…/uy,
}

const markForms = new Map<string, string>([
  ...Array.from('‐‑‒–—−﹣－', (dash): [string, string] => [dash, '-']),
  ...Array.from('∕⁄／', (slash): [string, string] => [slash, '/']),
])

/** One pass, linear in the length of the text. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let gap = false
  for (let at = 0; at < text.length;) {
    const space = lexemeAt(lexemes.space, text, at)
    if (space !== null) {
      gap ||= space.replace(anyInvisible, '') !== ''
      at += space.length
      continue
    }
    const token = tokenAt(text, at, gap)
    tokens.push(token)
    at = token.end
    gap = false
  }
  return tokens
}

function tokenAt(text: string, start: number, gap: boolean): Token {
  const word = lexemeAt(lexemes.word, text, start)
  if (word !== null) {
    const clean = word.normalize('NFC').replace(anyInvisible, '')
    return { type: 'word', text: clean, folded: foldVietnamese(clean), start, end: start + word.length, gap }
  }
  const number = lexemeAt(lexemes.number, text, start)
  if (number !== null)
    return { type: 'number', text: number, folded: number, start, end: start + number.length, gap }
  const blank = lexemeAt(lexemes.blank, text, start)
  if (blank !== null)
    return { type: 'blank', text: blank, folded: blank, start, end: start + blank.length, gap }
  const printed = String.fromCodePoint(text.codePointAt(start)!)
  const mark = markForms.get(printed) ?? printed
  return { type: 'mark', text: mark, folded: mark, start, end: start + printed.length, gap }
}

function lexemeAt(lexeme: RegExp, text: string, at: number): string | null {
  lexeme.lastIndex = at
  return lexeme.exec(text)?.[0] ?? null
}

export function isMark(token: Token | undefined, text: string): token is Token & { type: 'mark' } {
  return token?.type === 'mark' && token.text === text
}

/** The word, compared without diacritics and case: `isWord(token, 'ngay')`. */
export function isWord(token: Token | undefined, folded: string): token is Token & { type: 'word' } {
  return token?.type === 'word' && token.folded === folded
}

export function isNumber(
  token: Token | undefined,
  minDigits = 1,
  maxDigits = 9,
): token is Token & { type: 'number' } {
  return token?.type === 'number' && token.text.length >= minDigits && token.text.length <= maxDigits
}

export function startsUpper(token: Token | undefined): token is Token & { type: 'word' } {
  return token?.type === 'word' && /^\p{Lu}/u.test(token.text)
}
