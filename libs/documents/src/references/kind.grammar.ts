import { isMark, isWord, startsUpper, type Token } from './tokens.js'
import { matchIssuer, type IssuerMatch } from './issuer.grammar.js'
import {
  codeOfKind,
  kindOfFoldedWords,
  kindsOfCode,
  maxKindWords,
  officialLetter,
  typeCodeOf,
  type DocumentKind,
} from './document-types.js'

/** The words before a number that belong to it: type, agency, "số". */
export interface KindMatch {
  readonly kind: DocumentKind | null
  /** First token of the reference. */
  readonly from: number
  /** Token range of the type's name. */
  readonly words: { readonly from: number; readonly to: number } | null
  /** "Quyết định của UBND tỉnh số 78/QĐ-UBND". */
  readonly issuer: IssuerMatch | null
  /** Whether the type stands directly before "số" or the number. */
  readonly adjacent: boolean
}

/** Words that may stand between the type and its number: "Luật Tổ chức chính quyền địa phương số 72/2025/QH15". */
const maxWordsBetween = 12

/** Looks back from the number at `at`, never before `floor` (the end of the reference before it). */
export function matchKindBefore(tokens: readonly Token[], at: number, floor: number): KindMatch {
  let number = at
  if (isMark(tokens[number - 1], ':') && isWord(tokens[number - 2], 'so')) number -= 1
  if (number > floor && isWord(tokens[number - 1], 'so')) number -= 1
  const announced = number !== at
  for (let end = number; end > Math.max(floor, number - maxWordsBetween - 1); end--) {
    const found = kindEndingAt(tokens, end, floor)
    if (found !== null) {
      const between = end === number ? null : matchIssuer(tokens, end)
      const issuer = between?.to === number ? between : null
      return {
        ...found,
        words: { from: found.from, to: end },
        issuer,
        adjacent: end === number || issuer !== null,
      }
    }
    const word = tokens[end - 1]
    if (!announced || (word?.type !== 'word' && word?.type !== 'number') || isGenericText(tokens, end)) break
  }
  return { kind: null, from: number, words: null, issuer: null, adjacent: false }
}

/** "văn bản số 12/…": a document of a type that is not told. */
function isGenericText(tokens: readonly Token[], end: number): boolean {
  return isWord(tokens[end - 1], 'ban') && isWord(tokens[end - 2], 'van')
}

function kindEndingAt(
  tokens: readonly Token[],
  end: number,
  floor: number,
): { kind: DocumentKind; from: number } | null {
  let found: { kind: DocumentKind; from: number } | null = null
  let words = ''
  for (let from = end - 1; from >= Math.max(floor, end - maxKindWords); from--) {
    const token = tokens[from]
    if (token?.type !== 'word') break
    words = words === '' ? token.folded : `${token.folded} ${words}`
    const kind = kindOfFoldedWords(words)
    if (kind !== null) found = { kind, from }
  }
  if (found !== null)
    return startsUpper(tokens[found.from]) ? found : (leading(tokens, found.from, floor) ?? found)
  // "QĐ số 78/QĐ-UBND": the abbreviation in place of the name, in its exact spelling.
  const word = tokens[end - 1]
  const [kind] = word?.type === 'word' && end > floor ? kindsOfCode(word.text) : []
  return kind === undefined || word!.text === 'L' ? null : { kind, from: end - 1 }
}

/** "Công văn hướng dẫn", "Thông báo kết luận": a type in small letters only describes the one directly before it. */
function leading(
  tokens: readonly Token[],
  at: number,
  floor: number,
): { kind: DocumentKind; from: number } | null {
  return at > floor && startsUpper(tokens[at - 2]) ? kindEndingAt(tokens, at, floor) : null
}

export interface SettledKind {
  readonly kind: DocumentKind | null
  readonly typeCode: string | null
  /** The words name another type than the symbol. */
  readonly differs: boolean
}

/**
 * The type from words and symbol together. The symbol wins, because it is what identifies the document ("Kế hoạch
 * số 12/QĐ-UBND" is a Quyết định), except beside the word "Công văn": letters have no code, so their symbol may
 * start with an agency that is spelled like one (TTr for Thanh tra, CT for Cục Thuế).
 */
export function settleKind(words: DocumentKind | null, segments: readonly string[]): SettledKind {
  const code = typeCodeOf(segments[0] ?? '')
  const bySymbol = code === null || segments.length < 2 ? [] : kindsOfCode(code)
  if (words === officialLetter || (bySymbol.length === 0 && words !== null))
    return { kind: words, typeCode: codeOfKind(words), differs: false }
  const [first] = bySymbol
  if (first === undefined) {
    const ofNationalAssembly = segments.length === 1 && /^(QH|UBTVQH)\d+$/.test(segments[0]!)
    return { kind: ofNationalAssembly ? null : officialLetter, typeCode: null, differs: false }
  }
  if (words !== null && (bySymbol.includes(words) || agrees(words, segments)))
    return { kind: words, typeCode: code, differs: false }
  return { kind: first, typeCode: first === officialLetter ? null : code, differs: words !== null }
}

/** "Luật số 12/1999/L-CTN": an old law may carry the code of the order that published it. */
function agrees(words: DocumentKind, segments: readonly string[]): boolean {
  return words === 'Luật' && segments[0] === 'L'
}
