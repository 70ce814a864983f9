/**
 * Text as paper and XML 1.0 can carry it: NFC, line ends as "\n", tabs as spaces. Control characters, code points
 * that are no characters and marks that turn the reading direction (with which "12/QĐ" can be made to read as another
 * number) are left out. A lone surrogate, half of a character that was lost before it came here, shows as "□": left
 * out, nobody would see that something is missing.
 */
export function printable(text: string): string {
  if (harmless.test(text)) return text
  return text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replaceAll('\t', ' ')
    .toWellFormed()
    .replaceAll('\ufffd', '□')
    .replace(unprintable, '')
    .normalize('NFC')
}

/** Latin letters with marks, digits, punctuation and line feeds: nearly every text, done with one look. */
const harmless = /^[\n -~\u00a0-\u02ff\u1e00-\u1eff\u2013\u2014\u2018\u2019\u201c\u201d\u2026]*$/u

const unprintable =
  /(?!\n)\p{Cc}|\p{Noncharacter_Code_Point}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** The printable text as one line: for headings, names and numbers. */
export function printableLine(text: string): string {
  return printable(text)
    .replace(/\s*\n\s*/gu, ' ')
    .trim()
}

export function printableLines(text: string): string[] {
  return printable(text).split('\n')
}

export function capitals(text: string): string {
  return printable(text).toLocaleUpperCase('vi')
}
