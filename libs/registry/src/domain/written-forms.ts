import { plainWord } from './agency-name.js'

/** A reading of the written words: what they may say, and whose province they speak of. */
export interface WrittenForm {
  readonly province: string
  readonly words: readonly string[]
  /** Whether the text says that the agency is the province's: no body of the whole country is meant then. */
  readonly isProvincial: boolean
}

const provinceWord = 'tinh4'

/**
 * The readings of a name in the order in which they are tried. A name may carry its province ("Sở Tư pháp tỉnh Lạng
 * Sơn", "Sở Tư pháp Lạng Sơn"), which then decides over the province of the document, or "tỉnh" where the official name
 * has none ("Sở Nội vụ tỉnh"). What is left off was still said: "Cục Hải quan tỉnh" is never the Cục Hải quan of the
 * whole country. "tỉnh" is never added: "UBND Sơn La" may be that of the city.
 */
export function writtenForms(written: WrittenForm, provinces: ReadonlySet<string>): WrittenForm[] {
  const { words } = written
  const ofProvince = (province: string, rest: readonly string[]): WrittenForm => {
    return { province, words: rest, isProvincial: true }
  }
  const forms = [written]
  for (const named of provinces) {
    const suffix = named.split('-')
    if (!endsWith(words, suffix)) continue
    const base = words.slice(0, -suffix.length)
    forms.push(ofProvince(named, words), ofProvince(named, base))
    if (isProvinceWord(base.at(-1))) forms.push(ofProvince(named, base.slice(0, -1)))
  }
  if (isProvinceWord(words.at(-1))) forms.push(ofProvince(written.province, words.slice(0, -1)))
  return forms.filter((form) => form.words.length > 0)
}

function endsWith(words: readonly string[], suffix: readonly string[]): boolean {
  const start = words.length - suffix.length
  return start > 0 && suffix.every((word, index) => plainWord(words[start + index]!) === word)
}

function isProvinceWord(word: string | undefined): boolean {
  return word !== undefined && plainWord(word) === plainWord(provinceWord)
}
