import { matchDate, type DateMatch } from './date.grammar.js'
import type { DocumentReference, ReferenceWarning } from './document-reference.js'
import { matchIssuer, phraseIn, type IssuerMatch } from './issuer.grammar.js'
import { matchKindBefore, settleKind, type KindMatch } from './kind.grammar.js'
import { nationalIssuer } from './national-symbols.js'
import {
  dateImplausible,
  kindDiffersFromSymbol,
  numberMissing,
  symbolIncomplete,
} from './reference-warnings.js'
import { matchSymbol, type SymbolMatch } from './symbol.grammar.js'
import { referencesSharing } from './shared-symbol.js'
import { isNumber, isWord, tokenise, type Token } from './tokens.js'
import { tidyVietnamese } from '#kernel'
import { typeCodeOf } from './document-types.js'

interface Source {
  readonly text: string
  readonly tokens: readonly Token[]
}

/**
 * Finds every document that a Vietnamese administrative text cites, in order. Linear in the length of the text;
 * never throws. What is misprinted is reported in `warnings`, never repaired.
 *
 * An agency named once at the end of a list ("…số 66/VPUB-KSTTHC; …số 1441/VPUB-KSTTHC ngày 03/7/2025 của Văn
 * phòng UBND tỉnh") is the issuer of the last document only: nothing in the text says that it speaks of the others.
 * Only a symbol that belongs to one body of the state (`NQ-CP`, `QĐ-TTg`) tells the issuer by itself.
 */
export function parseReferences(text: string): DocumentReference[] {
  const source = { text, tokens: tokenise(text) }
  const references: DocumentReference[] = []
  let floor = 0
  for (let at = 0; at < source.tokens.length; at++) {
    const found = matchReference(source, at, floor)
    if (found === null) continue
    references.push(
      ...referencesSharing(source.tokens, found.reference, found.numberAt, floor),
      found.reference,
    )
    floor = found.to
    at = found.to - 1
  }
  return references
}

interface Found {
  readonly reference: DocumentReference
  readonly numberAt: number
  readonly to: number
}

function matchReference(source: Source, at: number, floor: number): Found | null {
  const symbol = matchSymbol(source.tokens, at) ?? matchLoneNumber(source, at)
  if (symbol === null) return null
  const before = matchKindBefore(source.tokens, symbol.from, floor)
  return compose(source, symbol, before)
}

/** "Quyết định số 78 ngày 11/01/2025": a number without symbol is one only between its type and its date. */
function matchLoneNumber(source: Source, at: number): SymbolMatch | null {
  const { tokens, text } = source
  if (!isNumber(tokens[at], 1, 6) || !isWord(tokens[at - 1], 'so')) return null
  if (!isWord(tokens[at + 1], 'ngay') || matchDate(tokens, text, at + 1)?.date == null) return null
  if (matchKindBefore(tokens, at, 0).adjacent === false) return null
  return { number: tokens[at]!.text, year: null, symbol: '', segments: [], from: at, to: at + 1 }
}

function compose(source: Source, symbol: SymbolMatch, before: KindMatch): Found {
  const after = matchAfter(source, symbol.to)
  const issuer = before.issuer ?? after.issuer
  const words = before.adjacent || consistent(before, symbol) ? before : null
  const settled = settleKind(words?.kind ?? null, symbol.segments)
  const from = words?.from ?? numberStart(source.tokens, before, symbol)
  const start = source.tokens[from]!.start
  const end = source.tokens[after.to - 1]!.end
  const raw = source.text.slice(start, end)
  const warnings: ReferenceWarning[] = []
  if (settled.differs && words?.words)
    warnings.push(kindDiffersFromSymbol(tidyVietnamese(raw), range(source, words.words), symbol.symbol))
  if (symbol.number === null) warnings.push(numberMissing(tidyVietnamese(raw)))
  if (isIncomplete(symbol)) warnings.push(symbolIncomplete(symbol.number ?? symbol.symbol))
  warnings.push(...dateWarnings(source, symbol, after.date))
  const reference: DocumentReference = {
    kind: settled.kind,
    typeCode: settled.typeCode,
    number: symbol.number,
    symbol: symbol.symbol === '' ? null : symbol.symbol,
    year: symbol.year ?? after.date?.year ?? null,
    date: after.date?.date ?? null,
    issuer: issuer === null ? nationalIssuer(symbol.segments) : range(source, issuer),
    raw,
    start,
    end,
    warnings,
  }
  return { reference, numberAt: symbol.from, to: after.to }
}

/** Date and agency may come in either order. */
function matchAfter(
  { tokens, text }: Source,
  at: number,
): { date: DateMatch | null; issuer: IssuerMatch | null; to: number } {
  let date = matchDate(tokens, text, at)
  let to = date?.to ?? at
  const issuer = matchIssuer(tokens, to)
  if (issuer !== null) {
    to = issuer.to
    date ??= isWord(tokens[to], 'ngay') ? matchDate(tokens, text, to) : null
    to = Math.max(to, date?.to ?? 0)
  }
  return { date, issuer, to }
}

/** A type some words away ("Luật Doanh nghiệp số 59/2020/QH14") counts where the symbol does not contradict it. */
function consistent(before: KindMatch, symbol: SymbolMatch): boolean {
  if (before.kind === null) return false
  const settled = settleKind(before.kind, symbol.segments)
  const [first] = symbol.segments
  const told = symbol.segments.length > 1 && first !== undefined && typeCodeOf(first) !== null
  const byYear = symbol.year !== null && symbol.segments.length === 1
  const letter = before.kind === settleKind(null, symbol.segments).kind
  return !settled.differs && (told || byYear || letter)
}

function numberStart(tokens: readonly Token[], before: KindMatch, symbol: SymbolMatch): number {
  const said = phraseIn(tokens, symbol.from - 1, (words) => words === 'so') !== null
  return before.words === null ? before.from : said ? symbol.from - 1 : symbol.from
}

function isIncomplete(symbol: SymbolMatch): boolean {
  const [only, ...others] = symbol.segments
  return only === undefined || (others.length === 0 && typeCodeOf(only) !== null)
}

/** Days outside these years are misprints: no document of the state is older than 1945. */
const plausibleYears = { first: 1945, last: 2100 }

function dateWarnings(source: Source, symbol: SymbolMatch, match: DateMatch | null): ReferenceWarning[] {
  if (match === null) return []
  const { year, date, warnings } = match
  const outside = year !== null && (year < plausibleYears.first || year > plausibleYears.last)
  const disagrees = year !== null && symbol.year !== null && year !== symbol.year
  if (date === null || (!outside && !disagrees)) return [...warnings]
  const from = isWord(source.tokens[match.from], 'ngay') ? match.from + 1 : match.from
  return [...warnings, dateImplausible(range(source, { from, to: match.to }), symbol.number)]
}

function range({ text, tokens }: Source, { from, to }: { from: number; to: number }): string {
  return tidyVietnamese(text.slice(tokens[from]!.start, tokens[to - 1]!.end))
}
