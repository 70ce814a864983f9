import type { DocumentReference } from './document-reference.js'
import { symbolShared } from './reference-warnings.js'
import { isMark, isNumber, isWord, type Token } from './tokens.js'

/**
 * "Quyết định số 12, 13 và 14/QĐ-UBND ngày 01/02/2025": the numbers before the one that carries the symbol, as
 * references of their own. They share type, symbol and agency; the date is left open, since the text may mean it
 * for the last alone.
 */
export function referencesSharing(
  tokens: readonly Token[],
  last: DocumentReference,
  numberAt: number,
  floor: number,
): DocumentReference[] {
  const own = tokens[numberAt]
  const rest = last.number?.slice(own?.text.length ?? 0)
  if (!isNumber(own) || rest === undefined || !/^[/-]/.test(rest)) return []
  return numbersBefore(tokens, numberAt, floor).map((token) => ({
    ...last,
    number: token.text + rest,
    year: rest.startsWith(`/${last.year}/`) ? last.year : null,
    date: null,
    raw: token.text,
    start: token.start,
    end: token.end,
    warnings: [symbolShared(token.text + rest)],
  }))
}

function numbersBefore(tokens: readonly Token[], numberAt: number, floor: number): Token[] {
  const numbers: Token[] = []
  let at = numberAt
  for (;;) {
    const [joint, number] = [tokens[at - 1], tokens[at - 2]]
    if (!(isMark(joint, ',') || isWord(joint, 'va')) || !isNumber(number, 1, 6) || at - 2 < floor) break
    numbers.unshift(number)
    at -= 2
  }
  return isWord(tokens[at - 1], 'so') && at > floor ? numbers : []
}
