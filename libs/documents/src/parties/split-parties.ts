import { tidyVietnamese } from '#kernel'

/** What a party's name begins with: a comma or "và" parts two parties only where the second begins like this. */
const partyHead = new RegExp(
  `^(?:${[
    'các (?!các )\\p{L}',
    'cơ quan, ',
    'UBND ',
    '(?:Ủy|Uỷ) ban ',
    'HĐND ',
    'Hội đồng nhân dân ',
    'Văn phòng ',
    'VP ',
    'Sở (?!ban |ngành)\\p{L}',
    'Ban (?!ngành)\\p{L}',
    'BQL ',
    'Bộ \\p{L}',
    'Công an ',
    'Thanh tra ',
    'Cục ',
    'Chi cục ',
    'Tổng cục ',
    'Thuế ',
    'Kho bạc ',
    'Bảo hiểm ',
    'Ngân hàng ',
    'Trung tâm ',
    'Hiệp hội ',
    'Hội \\p{L}',
    'Liên minh ',
    'Liên đoàn ',
    'Mặt trận ',
    'Tỉnh (?:ủy|uỷ)',
    'Đài ',
    'Báo \\p{L}',
    'Điện lực ',
    'Viễn thông ',
    'Trường ',
    'Bệnh viện ',
  ].join('|')})`,
  'iu',
)

/** After "và" only these open a new party: "Văn phòng Đoàn ĐBQH và Hội đồng nhân dân tỉnh" is one office. */
const headAfterAnd = /^(?:các |UBND |(?:Ủy|Uỷ) ban nhân dân |Văn phòng |Sở \p{L}+ )/iu

const bullet = /^[-–•+*]\s*/u

/** A unit inside an agency: the comma after it means "of" ("Trung tâm lưu trữ lịch sử, Sở Nội vụ"). */
const unitOf = /^(?:Trung tâm|Phòng|Ban Quản lý dự án)(?= ).*(?<! tỉnh)$/iu
const owner = /^(?:Văn phòng|VP|Sở|UBND|Ủy ban|Uỷ ban) ?/iu

/** "Văn phòng HĐND, UBND tỉnh" names the offices of both in one breath. */
const sharedOffice = /^(?:Văn phòng|VP) (?:HĐND|Hội đồng nhân dân|Tỉnh (?:ủy|uỷ))(?:, HĐND)?$/iu

/**
 * The parties named in one lead or coordinating cell, in order and as written, but for bullets and closing marks:
 * "Hiệp hội doanh nghiệp tỉnh; các Sở, ban, ngành; UBND các xã, phường, các đơn vị có liên quan" gives four.
 * A semicolon always parts; a comma, "và" or a new line only before what begins like a party, so that "Các sở, ban,
 * ngành" stays one. An empty cell gives none.
 */
export function splitParties(cell: string): string[] {
  return semicolons(cell)
    .map((part) => part.trim().replace(bullet, ''))
    .flatMap(atCommas)
    .map((party) => party.replace(/[\s.,;:]+$/u, ''))
    .filter((party) => party !== '')
}

/** Brackets hold their contents together: "Viễn thông Sơn La (VNPT; Vinaphone)". */
function semicolons(cell: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const character of lines(cell).join(';')) {
    if (character === '(') depth++
    if (character === ')') depth = Math.max(0, depth - 1)
    if (character === ';' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

/** A line opens a party where it begins like one; otherwise the cell was only too narrow for the name. */
function lines(cell: string): string[] {
  const joined: string[] = []
  for (const line of cell.split(/[\r\n]+/u).map(tidyVietnamese)) {
    const previous = joined.at(-1)
    const opens = bullet.test(line) || partyHead.test(line)
    if (previous === undefined || (opens && !previous.endsWith(','))) joined.push(line)
    else joined[joined.length - 1] = `${previous} ${line}`
  }
  return joined
}

function atCommas(part: string): string[] {
  const parties: string[] = []
  let start = 0
  for (const match of part.matchAll(/, ?| và /gu)) {
    const before = part.slice(start, match.index)
    const after = part.slice(match.index + match[0].length)
    if (!isBorder(before, match[0], after)) continue
    parties.push(before)
    start = match.index + match[0].length
  }
  parties.push(part.slice(start))
  return parties
}

function isBorder(before: string, separator: string, after: string): boolean {
  if (isInBrackets(before)) return false
  if (separator === ' và ') return headAfterAnd.test(after)
  if (!partyHead.test(after)) return false
  if (unitOf.test(before) && owner.test(after)) return false
  return !sharedOffice.test(before)
}

function isInBrackets(before: string): boolean {
  return before.lastIndexOf('(') > before.lastIndexOf(')')
}
