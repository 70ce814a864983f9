import { plainWord } from './agency-name.js'

/** How much of a name the written words cover: all of it, its beginning, or something else altogether. */
export type Coverage = 'whole' | 'beginning' | 'none'

/** How strictly words are held against each other. */
export type Comparison = (written: string, official: string) => boolean

export const exactly: Comparison = (written, official) => written === official

/** For text typed without marks: "so tu phap". */
export const withoutMarks: Comparison = (written, official) => plainWord(written) === plainWord(official)

/** One letter is too little to stand for a word, but for these: "UBND X. Chiềng Mai", "UBND P. Tô Hiệu". */
const levels: ReadonlySet<string> = new Set(['xa3', 'phương1', 'huyên5'])

/**
 * Walks the written words along the official ones. A written word stands for the next official word, or, as an
 * abbreviation, for as many official words as it has letters: "KHĐT" for "Kế hoạch Đầu tư", "BQL" for "Ban Quản lý",
 * "Sở NN PTNT" for the whole. Nothing is looked up: an abbreviation fits a name or it does not.
 */
export function alignName(
  written: readonly string[],
  official: readonly string[],
  same: Comparison,
): Coverage {
  if (written.length > official.length) return 'none'
  return walk(0, 0)

  function walk(at: number, upTo: number): Coverage {
    const word = written[at]
    if (word === undefined) return upTo === official.length ? 'whole' : 'beginning'
    const next = official[upTo]
    if (next === undefined) return 'none'
    const asWord = same(word, next) ? walk(at + 1, upTo + 1) : 'none'
    if (asWord === 'whole') return asWord
    if (word.length === 1)
      return levels.has(next) && initialFits(word, next, same) ? walk(at + 1, upTo + 1) : asWord
    const covered = official.slice(upTo, upTo + word.length)
    if (!covered.every((each, index) => initialFits(word[index], each, same))) return asWord
    if (covered.length < word.length) return asWord
    const asInitials = walk(at + 1, upTo + word.length)
    return asInitials === 'none' ? asWord : asInitials
  }
}

/** Abbreviations are often typed without the stroke: "Sở KHDT". */
function initialFits(letter: string | undefined, official: string, same: Comparison): boolean {
  const initial = official.normalize('NFD')[0]
  if (letter === undefined || initial === undefined) return false
  return same(letter, initial) || (letter === 'd' && initial === 'đ')
}

/** Shorter words differ by one letter too often to call the difference a slip: "Nội" and "Nôi", "Tô" and "Tà". */
const shortestMisspeltWord = 3

/**
 * Whether the words are the same but for one slip in one word: a letter or tone missing, added, exchanged or swapped
 * ("đươn vị", "Doanh nghiêp"). Numbers are never slips of one another ("khu vực X", "khu vực XI"), nor is a word that
 * begins otherwise or that is itself a word of the registry: "Sở Công nghiệp" is not a slip of "Sở Nông nghiệp".
 */
export function isOneSlipAway(
  written: readonly string[],
  official: readonly string[],
  vocabulary: ReadonlySet<string>,
): boolean {
  if (written.length !== official.length || written.length < 3) return false
  const [slip, ...more] = written.flatMap((word, index) => (word === official[index] ? [] : [index]))
  if (slip === undefined || more.length > 0) return false
  const [typed, meant] = [written[slip]!, official[slip]!]
  if (vocabulary.has(typed) || isNumber(typed) || isNumber(meant)) return false
  const shortest = Math.min(plainWord(typed).length, plainWord(meant).length)
  return shortest >= shortestMisspeltWord && typed[0] === meant[0] && isOneEdit(typed, meant)
}

function isNumber(word: string): boolean {
  return /^\d+$/u.test(word) || /^[ivxlc]+$/u.test(word)
}

function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  const rest = (text: string, from: number): string => text.slice(from)
  if (short.length < long.length) return rest(short, start) === rest(long, start + 1)
  if (rest(short, start + 1) === rest(long, start + 1)) return true
  const swapped = short[start] === long[start + 1] && short[start + 1] === long[start]
  return swapped && rest(short, start + 2) === rest(long, start + 2)
}
