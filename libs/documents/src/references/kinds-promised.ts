import { kindOfFoldedWords, type DocumentKind } from './document-types.js'
import { phraseIn } from './issuer.grammar.js'
import { isMark, isWord, startsUpper, tokenise, type Token } from './tokens.js'

/** Words before a type that do not change what is promised: "Các báo cáo", "Dự thảo Nghị quyết", "01 Kế hoạch". */
const beforeKind = new Set([
  'cac',
  'du thao',
  'mot',
  'nhung',
  'xay dung',
  'ban hanh',
  'xay dung du thao',
  'trinh',
  'tham muu',
])

/** After these words a title goes on: kinds named in it are not promised ("Quyết định ban hành Kế hoạch"). */
const titleWords = new Set([
  've',
  'ban hanh',
  'phe duyet',
  'thuc hien',
  'trien khai',
  'cong bo',
  'quy dinh',
  'sua doi',
  'bo sung',
  'giao',
  'huong dan',
  'theo',
  'tai',
  'long ghep',
])

/**
 * Types of document that a product (sản phẩm) promises, in order: "Kế hoạch/Công văn" → Kế hoạch, Công văn. Empty
 * where it names none ("Văn bản chỉ đạo", "Phiếu khảo sát"): then any document is evidence of it.
 */
export function kindsPromisedBy(productText: string): DocumentKind[] {
  const tokens = withoutBrackets(tokenise(productText))
  const kinds: DocumentKind[] = []
  let at = 0
  while (at < tokens.length) {
    const { found, next } = readPart(tokens, at)
    for (const kind of found) if (!kinds.includes(kind)) kinds.push(kind)
    at = next
  }
  return kinds
}

/** Whether a document of this type can be evidence of the product. */
export function documentKindMatches(
  reference: { readonly kind: DocumentKind | null },
  productText: string,
): boolean {
  const promised = kindsPromisedBy(productText)
  return promised.length === 0 || (reference.kind !== null && promised.includes(reference.kind))
}

function readPart(tokens: readonly Token[], start: number): { found: DocumentKind[]; next: number } {
  const found: DocumentKind[] = []
  let at = start
  while (tokens[at]?.type === 'number' || isBullet(tokens[at])) at += 1
  at = phraseIn(tokens, at, (words) => beforeKind.has(words)) ?? at
  at = phraseIn(tokens, at, (words) => beforeKind.has(words)) ?? at
  // "Kế hoạch Quyết định Báo cáo": bullets lost in transcription.
  for (let next = kindAt(tokens, at, found); next !== null;) {
    at = next
    next = startsUpper(tokens[at]) ? kindAt(tokens, at, found) : null
  }
  // "Văn bản chỉ đạo, hướng dẫn": a document of any type; the words after it only describe it.
  const generic = found.length === 0 && isWord(tokens[at], 'van') && isWord(tokens[at + 1], 'ban')
  return { found, next: afterPart(tokens, at, found.length > 0, generic) }
}

function kindAt(tokens: readonly Token[], at: number, found: DocumentKind[]): number | null {
  const end = phraseIn(tokens, at, (words) => kindOfFoldedWords(words) !== null)
  if (end === null) return null
  const words = tokens.slice(at, end).map((token) => token.folded)
  found.push(kindOfFoldedWords(words.join(' '))!)
  return end
}

/** Index where the next part starts; commas and "và" inside a title part nothing. */
function afterPart(tokens: readonly Token[], from: number, kindFound: boolean, generic: boolean): number {
  let inTitle = generic
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]
    if (isMark(token, ';') || isMark(token, '/') || isBullet(token) || isMark(token, '+')) return at + 1
    if (!inTitle && isMark(token, ',')) return at + 1
    if (!inTitle && (isWord(token, 'va') || isWord(token, 'hoac'))) return at + 1
    if (kindFound && phraseIn(tokens, at, (words) => titleWords.has(words)) !== null) inTitle = true
  }
  return tokens.length
}

/** "- " at the beginning of a line or after a space; the dash of a symbol has no space around it. */
function isBullet(token: Token | undefined): boolean {
  return (isMark(token, '-') || isMark(token, '•') || isMark(token, '*')) && (token.gap || token.start === 0)
}

function withoutBrackets(tokens: readonly Token[]): Token[] {
  let depth = 0
  return tokens.filter((token) => {
    if (isMark(token, '(')) depth += 1
    const inside = depth > 0
    if (isMark(token, ')')) depth = Math.max(0, depth - 1)
    return !inside && !isMark(token, ')')
  })
}
