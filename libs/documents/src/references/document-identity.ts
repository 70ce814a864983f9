import { foldVietnamese, tidyVietnamese } from '#kernel'
import { typeCodeOf } from './document-types.js'

/** One spelling of a printed number and symbol: NFC, no white space, plain dashes and slashes, "277/QĐ- UBND" → "277/QĐ-UBND". */
export function normaliseDocumentNumber(text: string): string {
  return tidyVietnamese(text)
    .replace(/^số\s*:?\s*/iu, '')
    .replace(/[‐‑‒–—−﹣－]/gu, '-')
    .replace(/[∕⁄／]/gu, '/')
    .replace(/[\s\u2060\u00ad]+/gu, '')
}

/** What identifies a document (DOMAIN: issuing agency, number and symbol, year). */
export interface DocumentIdentityParts {
  readonly issuer: string | null
  readonly number: string | null
  readonly year: number | null
}

/**
 * A key that is equal for two citations of one document; null where number or year is missing, since
 * "19/KH-UBND" exists every year.
 *
 * Does not tell apart: leading zeros ("06/KH-UBND", "6/KH-UBND"), case and missing diacritics of the symbol
 * ("qd-ubnd"), "UBND" and "Ủy ban nhân dân", the agency and its head ("Chủ tịch UBND tỉnh": both number their
 * documents in the one register of the agency). An unknown issuer is equal to an unknown issuer only. Give the
 * registered name of the agency where it is known: spellings of other kinds are not resolved here.
 */
export function documentIdentity({ issuer, number, year }: DocumentIdentityParts): string | null {
  if (number === null || year === null) return null
  return [issuer === null ? '?' : issuerKey(issuer), numberKey(number), String(year)].join('|')
}

function numberKey(number: string): string {
  const [, count = '', rest = ''] = /^(\d*)(.*)$/su.exec(normaliseDocumentNumber(number)) ?? []
  const symbol = rest.replace(/\p{L}[\p{L}\d]*/gu, (segment) => {
    // Types stay apart with their diacritics: ĐA is not DA.
    return typeCodeOf(segment)?.toUpperCase() ?? segment.toUpperCase().replaceAll('Đ', 'D')
  })
  return count.replace(/^0+(?=\d)/, '') + symbol
}

/** Offices before the name of their agency; in "Chánh Văn phòng UBND tỉnh" only the first word is the office. */
const heads =
  /^(?:(?:pho )?(?:chu tich(?! nuoc)|giam doc|bo truong|thu truong) |(?:pho )?chanh (?=van phong |thanh tra ))/
const abbreviations = [
  ['uy ban nhan dan', 'ubnd'],
  ['hoi dong nhan dan', 'hdnd'],
] as const

function issuerKey(issuer: string): string {
  const folded = abbreviations.reduce(
    (text, [long, short]) => text.replaceAll(long, short),
    foldVietnamese(issuer),
  )
  return folded.replace(heads, '')
}
