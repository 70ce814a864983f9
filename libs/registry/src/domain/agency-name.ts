import { tidyVietnamese } from '#kernel'

/** Combining tone marks and the digit each becomes: grave, acute, tilde, hook above, dot below. */
const tones: Readonly<Record<string, string>> = {
  '\u0300': '1',
  '\u0301': '2',
  '\u0303': '3',
  '\u0309': '4',
  '\u0323': '5',
}
const toneMark = /[\u0300\u0301\u0303\u0309\u0323]/u

/** Words that names carry or drop at will: "Sở Thông tin (và) Truyền thông", "BQL (các) KCN". */
const connectors: ReadonlySet<string> = new Set(['va1', 'va', 'cac2', 'cac'])

/**
 * Abbreviations written out before anything is compared, because official names themselves carry them. All others
 * (KH&ĐT, BQL, GTVT, TTPVHCC) are read by their initials: see `alignName`.
 */
const writtenOut: Readonly<Record<string, readonly string[]>> = {
  ubnd: ['uy4', 'ban', 'nhân', 'dân'],
  hđnd: ['hôi5', 'đông1', 'nhân', 'dân'],
  hdnd: ['hôi5', 'đông1', 'nhân', 'dân'],
}

/**
 * The words of a name in the form in which spellings meet: lower case, punctuation and brackets gone, and in each
 * word the tone drawn out as a closing digit. So "Hòa" and "Hoà", "Ủy" and "Uỷ", composed and decomposed Unicode,
 * and a tone typed on the wrong letter ("huyêṇ") are one; so are "lý" and "lí".
 */
export function nameWords(text: string): string[] {
  return tidyVietnamese(text)
    .replace(/[\u00ad\u2060]/gu, '')
    .toLowerCase()
    .replaceAll('ð', 'đ')
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .flatMap((word) => writtenOut[word] ?? [wordKey(word)])
}

/** The words of an agency's own name, without those that may be left out. */
export function agencyWords(text: string): string[] {
  return nameWords(text).filter((word) => !connectors.has(word))
}

/** Whether the text was typed without any Vietnamese mark, so that marks cannot be held against it. */
export function isUnmarked(text: string): boolean {
  return !/[\p{M}đĐð]/u.test(text.normalize('NFD'))
}

/** The word without tone and diacritics: "nhân" → "nhan", "đông1" → "dong". */
export function plainWord(word: string): string {
  return word
    .replace(/[1-5]$/u, '')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
}

function wordKey(word: string): string {
  let tone = ''
  let letters = ''
  for (const character of word.normalize('NFD')) {
    if (toneMark.test(character)) tone = tones[character] ?? ''
    else letters += character
  }
  const bare = letters.normalize('NFC').replace(/^([bcdđghklmnpqrstvx]+|qu)y$/u, '$1i')
  return bare + tone
}
