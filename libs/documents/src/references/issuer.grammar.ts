import { isMark, isWord, startsUpper, type Token } from './tokens.js'
import { kindOfFoldedWords, maxKindWords } from './document-types.js'
import { isSymbolWord } from './symbol.grammar.js'

/** Token range of an agency's name. */
export interface IssuerMatch {
  readonly from: number
  readonly to: number
}

/** Complete names: nothing that follows belongs to them. */
const complete = new Set([
  'chinh phu',
  'thu tuong chinh phu',
  'quoc hoi',
  'uy ban thuong vu quoc hoi',
  'bo chinh tri',
  'ban bi thu',
  'chu tich nuoc',
])

/** Bodies of a level: then comes the level and its proper name ("UBND" + "tỉnh" + "Sơn La"). */
const ofLevel = new Set([
  'ubnd',
  'uy ban nhan dan',
  'hdnd',
  'hoi dong nhan dan',
  'tinh uy',
  'thanh uy',
  'huyen uy',
  'dang uy',
  'dang bo',
  'cong an',
  'thanh tra',
])

const levels = new Set([
  'tinh',
  'thanh pho',
  'tp',
  'huyen',
  'thi xa',
  'quan',
  'xa',
  'phuong',
  'thi tran',
  'dac khu',
])

/** Offices that stand before the name of their agency. */
const offices = new Set([
  'chu tich',
  'pho chu tich',
  'giam doc',
  'pho giam doc',
  'bo truong',
  'thu truong',
  'chanh van phong',
  'chanh thanh tra',
  'thuong truc',
  'ban thuong vu',
  'ban chap hanh',
  'truong ban',
])

/** First words of names that go on until a word that opens the title of the document. */
const openHeads = new Set([
  'so',
  'bo',
  'ban',
  'cuc',
  'chi cuc',
  'tong cuc',
  'van phong',
  'vien',
  'toa an',
  'kho bac',
  'ngan hang',
  'hoi',
  'hiep hoi',
  'lien doan',
  'mat tran',
  'uy ban',
  'trung tam',
  'truong',
  'benh vien',
  'phong',
  'quy',
  'bao hiem xa hoi',
  'doan',
  'dai',
  'bao',
  'cong ty',
  'tap doan',
  'tong cong ty',
  'to cong tac',
  'hoi dong',
])

/** Lower-case words after which a title, not a name, goes on. Compared with diacritics: "có" is not "cơ". */
const stopWords = new Set(
  `về là để tại theo cho do của đã được có số ngày năm này khi từ đến kèm nhằm trong trên gửi giao với hoặc`.split(
    ' ',
  ),
)
const stopPairs = new Set(
  (
    'ban hành|quy định|phê duyệt|hướng dẫn|thực hiện|triển khai|sửa đổi|bổ sung|công bố|tổ chức|đẩy mạnh|' +
    'tăng cường|thành lập|kiện toàn|điều chỉnh|thay thế|bãi bỏ|đối với|giai đoạn|đính chính|chỉ đạo|yêu cầu|' +
    'đề nghị|báo cáo|xử lý|phát động|thông báo|nêu trên'
  ).split('|'),
)

const maxIssuerWords = 16
const maxPhrase = 4

/** Reads "của UBND tỉnh", "của Chủ tịch UBND tỉnh Sơn La"; null where "của" is followed by anything but an agency. */
export function matchIssuer(tokens: readonly Token[], at: number): IssuerMatch | null {
  if (!isWord(tokens[at], 'cua') || !startsUpper(tokens[at + 1])) return null
  const to = matchAgency(tokens, at + 1, at + 1 + maxIssuerWords)
  return to === null ? null : { from: at + 1, to }
}

function matchAgency(tokens: readonly Token[], at: number, limit: number): number | null {
  // "Hội nghị lần thứ năm Ban Chấp hành Trung ương": an occasion, not an agency.
  if (isWord(tokens[at], 'hoi') && isWord(tokens[at + 1], 'nghi')) return null
  const exact = matchPrecise(tokens, at, limit)
  if (exact !== null) return exact
  if (!startsUpper(tokens[at]) || phraseIn(tokens, at, isKind) !== null) return null
  if (phraseIn(tokens, at, (words) => openHeads.has(words)) === null && !isSymbolWord(tokens[at].text))
    return null
  let to = at + 1
  while (to < limit && continuesName(tokens, to)) {
    // "Văn phòng UBND tỉnh": the inner name has an end of its own.
    const inner = startsUpper(tokens[to]) ? matchPrecise(tokens, to, limit) : null
    if (inner !== null) return inner
    to += isMark(tokens[to], ',') ? 2 : 1
  }
  return to
}

/** Names whose end their own words show. */
function matchPrecise(tokens: readonly Token[], at: number, limit: number): number | null {
  if (!startsUpper(tokens[at]) || at >= limit) return null
  const whole = phraseIn(tokens, at, (words) => complete.has(words))
  if (whole !== null) return whole
  const body = phraseIn(tokens, at, (words) => ofLevel.has(words))
  if (body !== null) return matchLevel(tokens, body)
  const office = phraseIn(tokens, at, (words) => offices.has(words))
  return office === null ? null : matchAgency(tokens, office, limit)
}

const maxProperName = 4

function matchLevel(tokens: readonly Token[], at: number): number {
  const level = phraseIn(tokens, at, (words) => levels.has(words)) ?? at
  // "TP. Sơn La"
  const name = isWord(tokens[level - 1], 'tp') && isMark(tokens[level], '.') ? level + 1 : level
  let to = name
  while (to < name + maxProperName && startsUpper(tokens[to]) && !opensAnother(tokens, to)) to += 1
  return to
}

function continuesName(tokens: readonly Token[], at: number): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]]
  // "Sở Văn hóa, Thể thao và Du lịch", but not "Sở Y tế, Sở Tài chính".
  if (isMark(token, ',') || isWord(token, 'va')) return startsUpper(next) && !opensAnother(tokens, at + 1)
  if (token?.type !== 'word') return false
  if (startsUpper(token)) return phraseIn(tokens, at, isKind) === null
  const word = token.text.toLowerCase()
  return (
    !stopWords.has(word) && !(next?.type === 'word' && stopPairs.has(`${word} ${next.text.toLowerCase()}`))
  )
}

function opensAnother(tokens: readonly Token[], at: number): boolean {
  return (
    phraseIn(
      tokens,
      at,
      (words) => isKind(words) || complete.has(words) || ofLevel.has(words) || openHeads.has(words),
    ) !== null
  )
}

function isKind(words: string): boolean {
  return kindOfFoldedWords(words) !== null
}

/** Index after the longest phrase of words at `at` that `known` knows; null where there is none. */
export function phraseIn(
  tokens: readonly Token[],
  at: number,
  known: (foldedWords: string) => boolean,
): number | null {
  let found: number | null = null
  let words = ''
  for (let length = 1; length <= Math.max(maxPhrase, maxKindWords); length++) {
    const token = tokens[at + length - 1]
    if (token?.type !== 'word') break
    words = length === 1 ? token.folded : `${words} ${token.folded}`
    if (known(words)) found = at + length
  }
  return found
}
