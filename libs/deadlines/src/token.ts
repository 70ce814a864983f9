import {
  accentedSyllable,
  cardinalValue,
  plainSyllable,
  romanValue,
  unitSpellings,
  type Syllable,
} from './lexicon.js'

export type Mark = '/' | '-' | '.' | ',' | ';' | ':' | '(' | ')' | '&' | '+' | '*' | '%' | '?'

export interface Token {
  readonly kind: 'word' | 'number' | 'mark'
  /** As written. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** No white space between the token before and this one. */
  readonly glued: boolean
  readonly startsLine: boolean
  /** Number: its value. Word: its value as a Roman number or numeral, else 0. */
  readonly value: number
  readonly mark: Mark | null
  syllable: Syllable | null
  /** Index of the bracket that closes or opens this one; -1 for all else and for a bracket without partner. */
  partner: number
  /** Number of brackets with partner around the token. */
  depth: number
}

/** The text and its tokens: what every rule of the grammar reads. */
export interface Reading {
  readonly source: string
  readonly tokens: readonly Token[]
}

const marks: Readonly<Record<string, Mark>> = {
  '/': '/',
  '／': '/',
  '⁄': '/',
  '∕': '/',
  '-': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '－': '-',
  '﹣': '-',
  '→': '-',
  '÷': '-',
  '~': '-',
  '.': '.',
  ',': ',',
  ';': ';',
  ':': ':',
  '；': ';',
  '：': ':',
  '，': ',',
  '(': '(',
  '[': '(',
  '{': '(',
  '（': '(',
  ')': ')',
  ']': ')',
  '}': ')',
  '）': ')',
  '&': '&',
  '+': '+',
  '*': '*',
  '•': '*',
  '·': '*',
  '▪': '*',
  '●': '*',
  '◦': '*',
  '%': '%',
}

/** Words and numbers beside marks; letters and digits part ("1lần", "Tháng12"), one pass over the text. */
const lexeme = /[\p{L}\p{M}\p{Nl}]+|\d+|[^\s\p{L}\p{M}\p{Nl}\d]/gu

/** `source` in NFC. Never fails: what is no word and no number is a mark. */
export function tokenise(source: string): Reading {
  const isPlain = !accents.test(source)
  const tokens: Token[] = []
  const open: number[] = []
  let end = 0
  lexeme.lastIndex = 0
  for (let match = lexeme.exec(source); match !== null; match = lexeme.exec(source)) {
    const [text] = match
    const start = match.index
    const gap = source.slice(end, start)
    const token = tokenOf(text, start, gap, isPlain, tokens.length === 0)
    end = token.end
    if (token.mark === '(') open.push(tokens.length)
    else if (token.mark === ')') pair(tokens, token, open.pop())
    tokens.push(token)
  }
  let depth = 0
  for (const token of tokens) {
    if (token.mark === ')' && token.partner >= 0) depth -= 1
    token.depth = depth
    if (token.mark === '(' && token.partner >= 0) depth += 1
  }
  restoreAccents(tokens, isPlain)
  return { source, tokens }
}

const accents = /[\u00c0-\u024f\u1ea0-\u1eff]/

function tokenOf(text: string, start: number, gap: string, isPlain: boolean, first: boolean): Token {
  const code = text.charCodeAt(0)
  const digits = code >= 48 && code <= 57
  const mark = digits ? null : (marks[text] ?? (isLetter(text) ? null : '?'))
  const kind = digits ? 'number' : mark === null ? 'word' : 'mark'
  const word = kind === 'word' ? text.toLowerCase() : ''
  const syllable = kind !== 'word' ? null : isPlain ? plainSyllable(word) : accentedSyllable(word)
  return {
    kind,
    text,
    start,
    end: start + text.length,
    glued: !first && gap === '',
    startsLine: first || gap.includes('\n') || gap.includes('\r'),
    value: digits
      ? Number(text.slice(0, 12))
      : kind === 'word'
        ? romanValue(word) || cardinalValue(syllable)
        : 0,
    mark,
    syllable,
    partner: -1,
    depth: 0,
  }
}

function isLetter(text: string): boolean {
  return text.length > 1 || text.toLowerCase() !== text.toUpperCase() || /[\p{L}\p{M}\p{Nl}]/u.test(text)
}

function pair(tokens: Token[], close: Token, opener: number | undefined): void {
  if (opener === undefined) return
  const open = tokens[opener]!
  open.partner = tokens.length
  close.partner = opener
}

/** Decides by the neighbours what a spelling without accents cannot say: "nam 2025", "Viet Nam", "ngay sau khi". */
function restoreAccents(tokens: readonly Token[], isPlain: boolean): void {
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!
    if (token.kind !== 'word') continue
    const word = token.text.toLowerCase()
    const next = tokens[i + 1]
    if (!isPlain) {
      const unit = unitSpellings.get(word)
      if (unit !== undefined && numeralFollows(unit, next) && !isName(tokens[i - 1])) token.syllable = unit
      else if (word === 'truoc') token.syllable = 'trước'
      continue
    }
    if (word === 'qui' && next?.text.toLowerCase() !== 'dinh') token.syllable = 'quý'
    const following = next?.text.toLowerCase() ?? ''
    const other = exceptions[`${word} ${following}`]
    if (other !== undefined) token.syllable = other
    else if (word === 'nam' && isName(tokens[i - 1])) token.syllable = null
    else if (word === 'tu' && /^(dau|thong)$/i.test(tokens[i - 1]?.text ?? '')) token.syllable = null
  }
}

const exceptions: Readonly<Record<string, Syllable>> = {
  'quy dinh': 'quy',
  'quy che': 'quy',
  'quy trinh': 'quy',
  'quy hoach': 'quy',
  'ngay sau': 'ngay',
  'ngay khi': 'ngay',
  'ngay tu': 'ngay',
  'ke hoach': 'kế',
  'ke tu': 'kể',
  'so voi': 'so',
  'bao dam': 'bảo',
  'bao cao': 'báo',
  'de an': 'đề',
  'de ra': 'đề',
}

function numeralFollows(unit: Syllable, next: Token | undefined): boolean {
  if (next === undefined) return false
  return next.kind === 'number' || (unit === 'quý' && next.value > 0 && next.syllable === null)
}

function isName(previous: Token | undefined): boolean {
  return previous !== undefined && /^(vi[eệ]t|qu[aả]ng|h[aà]|đ[oồ]ng|phía)$/iu.test(previous.text)
}
