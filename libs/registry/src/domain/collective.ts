import { deriveId } from '#kernel'
import { isUnmarked, nameWords, plainWord } from './agency-name.js'
import { isOneSlipAway } from './name-alignment.js'

/** Words for levels of local government: two of them in a row name a group, never one body. */
const level = '(?:huyên5|xa3|phương1|thi5 xa3|thi5 trân2|thanh1 phô2)'
const peopleCommittee = 'uy4 ban nhân dân'

/** In the words of `nameWords`: "các …", "… các sở", "sở, ban, ngành", "cơ quan, đơn vị", "UBND các/cấp …". */
const patterns: readonly RegExp[] = [
  /^cac2 /u,
  / cac2 (?:sơ4|huyên5|xa3|phương1|ban|nganh1|cơ quan|đơn vi5)(?: |$)/u,
  /^sơ4 (?:ban )?nganh1(?: |$)/u,
  /^cơ quan đ\p{L}*\d? (?:vi5|phương)(?: |$)/u,
  /^đơn vi5(?: |$)/u,
  new RegExp(`^${peopleCommittee} (?:cac2|câp2) `, 'u'),
  new RegExp(`^${peopleCommittee} ${level}(?: ${level})+$`, 'u'),
]
const unmarkedPatterns = patterns.map(
  ({ source }) => new RegExp(source.replace(/\p{L}+[1-5]?/gu, plainWord), 'u'),
)

/**
 * The form in which the spellings of one collective party meet, or null where the text names no group: "Các sở, ban,
 * ngành", "sở, ban ngành tỉnh", "UBND các các xã, phường". A collective stays one party until somebody expands it on
 * purpose, so nothing here lists its members.
 */
export function collectiveKey(text: string): string | null {
  const words = nameWords(text)
  const shapes = isUnmarked(text) ? unmarkedPatterns : patterns
  const line = (isUnmarked(text) ? words.map(plainWord) : words).join(' ')
  if (!shapes.some((shape) => shape.test(line))) return null
  return line.replace(/(?<=^| )(?:va1?|co2?|cac2?) /gu, '').replace(/(?<=nganh1?|thê4|the) tinh4?$/u, '')
}

/** Whether two keys name the same party: equal, equal but for marks never typed, or one slip apart. */
export function isSameCollective(written: string, listed: string, vocabulary: ReadonlySet<string>): boolean {
  if (written === listed) return true
  const plain = plainKey(listed)
  return written === plain || isOneSlipAway(written.split(' '), listed.split(' '), vocabulary)
}

/** The id of a collective that no register lists: the same words give the same party. */
export function collectiveId(province: string, key: string): string {
  return deriveId('registry.collective', province, plainKey(key))
}

function plainKey(key: string): string {
  return key.split(' ').map(plainWord).join(' ')
}
