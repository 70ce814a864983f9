/**
 * The form in which Vietnamese text is searched and compared loosely: NFC, lower case, without diacritics
 * (đ → d), white space and no-break spaces as one space. "Sở  Tư pháp" and "so tu phap" meet here.
 */
export function foldVietnamese(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[\s\u00a0\u200b-\u200d\ufeff]+/gu, ' ')
    .trim()
}

/** NFC with white space (also no-break and zero-width) collapsed: the form in which names are kept and compared exactly. */
export function tidyVietnamese(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200d\ufeff]/gu, '')
    .replace(/[\s\u00a0]+/gu, ' ')
    .trim()
}

const collator = new Intl.Collator('vi', { numeric: true })

/** Dictionary order of Vietnamese, numbers by value ("II-5" before "II-10"). */
export function compareVietnamese(a: string, b: string): number {
  return collator.compare(a, b)
}
