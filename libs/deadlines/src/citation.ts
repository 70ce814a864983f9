import { daysInMonth } from '#calendar'
import type { Syllable } from './lexicon.js'
import { isMark, isNumber, says, saysOneOf } from './matching.js'
import type { Term } from './term-builder.js'
import { readTerm } from './term.js'
import type { Token } from './token.js'
import { plausibleYears } from './year.js'

/** A cited document with its date: "Quyết định số 766/QĐ-TTg ngày 23/6/2022". */
export interface Citation {
  readonly start: number
  readonly end: number
  /** Its date is of another year than its number says, or is no day at all. */
  readonly isImplausible: boolean
}

/** A number and symbol at `i` ("02/2017/TT-VPCP", "429-QĐ/TU", "số    /KH-UBND", "277/QĐ- UBND") and its date. */
export function readCitation(tokens: readonly Token[], i: number): Citation | null {
  const symbol = readSymbol(tokens, i)
  if (symbol === null) return null
  const date = readCitedDate(tokens, symbol.end)
  const end = date?.end ?? symbol.end
  return { start: i, end, isImplausible: date !== null && isImplausible(date, symbol.year) }
}

interface DocumentSymbol {
  readonly year: number | null
  readonly end: number
}

function readSymbol(tokens: readonly Token[], i: number): DocumentSymbol | null {
  const isBlank = says(tokens, i, 'số') && isMark(tokens, i + 1, '/')
  if (!isBlank && (!isNumber(tokens, i) || tokens[i]!.text.length > 6)) return null
  let j = i + 1
  const separator = tokens[j]?.mark
  if (separator !== '/' && separator !== '-') return null
  j += 1
  let year: number | null = null
  if (
    separator === '/' &&
    isNumber(tokens, j) &&
    tokens[j]!.text.length === 4 &&
    isMark(tokens, j + 1, '/')
  ) {
    year = tokens[j]!.value
    j += 2
  }
  if (!isCode(tokens[j])) return null
  j += 1
  // The rest of the symbol: letters and figures joined by dashes and slashes, also broken across lines.
  for (let parts = 0; parts < 6; parts += 1) {
    const next = tokens[j]
    if (next?.glued === true && next.kind === 'number') j += 1
    else if (
      (isMark(tokens, j, '-') || isMark(tokens, j, '/')) &&
      next?.glued === true &&
      isCode(tokens[j + 1])
    )
      j += 2
    else break
  }
  return { year, end: j }
}

const timeUnits: ReadonlySet<string> = new Set(['tháng', 'quý', 'quí', 'năm', 'ngày', 'lần', 'tuần'])

/** Letters of a document code: upper case, as in QĐ, TTr, NĐ, KH. */
function isCode(token: Token | undefined): boolean {
  if (token?.kind !== 'word' || token.text.length > 12 || timeUnits.has(token.text.toLowerCase()))
    return false
  const [first] = token.text
  return first !== undefined && first !== first.toLowerCase()
}

/** "ngày 23/6/2022", also with an agency between ("của UBND tỉnh ngày …" is left to the context rules). */
function readCitedDate(tokens: readonly Token[], i: number): Term | null {
  const j = isMark(tokens, i, ',') || isMark(tokens, i, '(') || says(tokens, i, 'ký') ? i + 1 : i
  if (!says(tokens, j, 'ngày') && !says(tokens, j, 'năm')) return null
  return readTerm(tokens, j, false)
}

function isImplausible({ year, month, day, flaws }: Term, expectedYear: number | null): boolean {
  if (flaws.some((flaw) => flaw !== 'incomplete-date' && flaw !== 'two-digit-year')) {
    return year === null || year < 1945 || year > plausibleYears.last || flaws.includes('impossible-month')
  }
  if (year === null) return false
  if (month !== null && (month < 1 || month > 12)) return true
  if (day !== null && month !== null && (day < 1 || day > daysInMonth(year, month))) return true
  return expectedYear !== null && expectedYear >= plausibleYears.first && expectedYear !== year
}

const laws: ReadonlySet<Syllable> = new Set<Syllable>(['luật', 'hiến', 'lệnh'])

/** Laws are cited by name and date without a number. */
export function isLaw(tokens: readonly Token[], i: number): boolean {
  return saysOneOf(tokens, i, laws)
}
