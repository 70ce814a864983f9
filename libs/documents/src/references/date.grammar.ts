import { localDate, type LocalDate } from '#calendar'
import type { ReferenceWarning } from './document-reference.js'
import { dateImpossible, dateIncomplete } from './reference-warnings.js'
import { isMark, isNumber, isWord, type Token } from './tokens.js'

export interface DateMatch {
  readonly date: LocalDate | null
  readonly year: number | null
  readonly from: number
  readonly to: number
  readonly warnings: readonly ReferenceWarning[]
}

interface Parts {
  readonly day: Token | undefined
  readonly month: Token | undefined
  readonly year: Token | undefined
  readonly to: number
}

/**
 * Reads the date that follows a number: "ngày 20/01/2025", "ngày 27 tháng 12 năm 2024", "20/2/2025", "năm 2025",
 * and dates with places left open, "ngày    /01/2025". A day that does not exist gives null and a warning.
 */
export function matchDate(tokens: readonly Token[], text: string, at: number): DateMatch | null {
  let from = isMark(tokens[at], ',') || isMark(tokens[at], '(') ? at + 1 : at
  if (isWord(tokens[from], 'ky') && isWord(tokens[from + 1], 'ngay')) from += 1
  const announced = isWord(tokens[from], 'ngay')
  const start = announced ? from + 1 : from
  // After a comma or bracket only a full date belongs to the number: ", tháng 7/2025 báo cáo" does not.
  const apart = from !== at && !announced && !isWord(tokens[at], 'ky')
  const parts =
    matchSlashed(tokens, start, announced) ?? (apart ? null : matchWords(tokens, start, announced))
  if (parts === null) return null
  return dated(
    bracketed(tokens, at, parts),
    announced,
    from,
    rawOf(tokens, text, announced ? start : from, parts.to),
  )
}

/** d/m/y with one kind of separator; after "ngày" the day may be left open and the year missing. */
function matchSlashed(tokens: readonly Token[], at: number, announced: boolean): Parts | null {
  const day =
    isNumber(tokens[at], 1, 2) || (announced && tokens[at]?.type === 'blank') ? tokens[at] : undefined
  if (day === undefined && !(announced && isMark(tokens[at], '/'))) return null
  const first = day === undefined ? at : at + 1
  const separator = tokens[first]
  if (!['/', '-', '.'].some((mark) => isMark(separator, mark))) return null
  const month = tokens[first + 1]
  if (!isNumber(month, 1, 2) && !(announced && month?.type === 'blank')) return null
  const year = tokens[first + 3]
  const closed = isMark(tokens[first + 2], separator!.text)
  if (closed && isNumber(year, announced ? 1 : 4, announced ? 6 : 4))
    return { day, month, year, to: first + 4 }
  if (separator!.text !== '/' || !announced) return null
  return { day, month, year: undefined, to: first + 2 }
}

/** "27 tháng 12 năm 2024", "… tháng 7 năm 2025", "tháng 7 năm 2025", "tháng 01/2025", "năm 2025". */
function matchWords(tokens: readonly Token[], at: number, announced: boolean): Parts | null {
  let next = at
  const day = isNumber(tokens[next], 1, 2) && isWord(tokens[next + 1], 'thang') ? tokens[next++] : undefined
  if (day === undefined && tokens[next]?.type === 'blank' && isWord(tokens[next + 1], 'thang')) next++
  if (isWord(tokens[next], 'thang') && (announced || day !== undefined)) return matchMonth(tokens, next, day)
  if (day === undefined && isWord(tokens[at], 'nam') && isNumber(tokens[at + 1], 4, 4))
    return { day, month: undefined, year: tokens[at + 1], to: at + 2 }
  return null
}

function matchMonth(tokens: readonly Token[], at: number, day: Token | undefined): Parts | null {
  let next = at + 1
  const month = isNumber(tokens[next], 1, 2) ? tokens[next] : undefined
  if (month !== undefined || tokens[next]?.type === 'blank') next++
  if (isMark(tokens[next], ',')) next++
  if (isWord(tokens[next], 'nam') || (month !== undefined && isMark(tokens[next], '/'))) {
    const year = tokens[next + 1]
    if (isNumber(year, 1, 6)) return { day, month, year, to: next + 2 }
    if (year?.type === 'blank') return { day, month, year: undefined, to: next + 2 }
  }
  return month === undefined ? null : { day, month, year: undefined, to: next }
}

/** "19/KH-UBND (20/01/2025)": the closing bracket belongs to the date as the opening one does. */
function bracketed(tokens: readonly Token[], at: number, parts: Parts): Parts {
  return isMark(tokens[at], '(') && isMark(tokens[parts.to], ')') ? { ...parts, to: parts.to + 1 } : parts
}

function dated(parts: Parts, announced: boolean, from: number, raw: string): DateMatch {
  const { day, month, year, to } = parts
  const wholeYear = isNumber(year, 4, 4) ? Number(year.text) : null
  if (!announced && year !== undefined && day === undefined && month === undefined)
    return { date: null, year: wholeYear, from, to, warnings: [] }
  if (!isNumber(day) || !isNumber(month) || year === undefined)
    return { date: null, year: wholeYear, from, to, warnings: [dateIncomplete(raw)] }
  const date = wholeYear === null ? null : localDate(wholeYear, Number(month.text), Number(day.text))
  return { date, year: wholeYear, from, to, warnings: date === null ? [dateImpossible(raw)] : [] }
}

function rawOf(tokens: readonly Token[], text: string, from: number, to: number): string {
  return text
    .slice(tokens[from]!.start, tokens[to - 1]!.end)
    .replace(/\s+/gu, ' ')
    .trim()
}
