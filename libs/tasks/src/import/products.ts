import { kindsPromisedBy } from '#documents'
import { tidyVietnamese } from '#kernel'
import { tidyLines } from './plan-row.js'

/**
 * The products (sản phẩm) promised in one cell, in order: lines that open with a bullet, and parts separated by
 * ";" outside brackets. A line without a bullet goes on with the one above: the cell was only too narrow.
 *
 * The bullet and closing ";" or "." are dropped; so is what marks an open list ("..", "…", ", ...", "v.v."):
 * it names no product. The cell itself is kept verbatim elsewhere.
 */
export function splitProducts(cell: string): string[] {
  const lines = bulletedLines(tidyLines(cell))
  const items = lines.length === 1 && bullet.test(lines[0]!) ? bulletsInLine(lines[0]!) : lines
  return items
    .flatMap(atSemicolons)
    .map(bareProduct)
    .filter((product) => /[\p{L}\p{N}]/u.test(product))
}

const bullet = /^[-–—−+•●▪*]\s*(?=\S)/u

function bulletedLines(text: string): string[] {
  const items: string[] = []
  for (const line of text.split('\n')) {
    if (items.length === 0 || bullet.test(line)) items.push(line)
    else items[items.length - 1] += ` ${line}`
  }
  return items
}

/**
 * "- Kế hoạch - Báo cáo": a cell that lost its line ends. A dash divides only before the name of a type of
 * document, so that "kinh tế - xã hội" and "Sơn La - Hòa Bình" stay whole.
 */
function bulletsInLine(line: string): string[] {
  const items: string[] = []
  for (const part of line.replace(bullet, '').split(/ (?=[-–—−+•●▪*] )/u)) {
    if (items.length === 0 || kindsPromisedBy(bareProduct(part)).length > 0) items.push(part)
    else items[items.length - 1] += ` ${part}`
  }
  return items
}

/** A bracket that is never closed holds nothing together: its ";" separates as any other. */
function atSemicolons(item: string): string[] {
  const parts: string[] = []
  const lastClosing = item.lastIndexOf(')')
  let [start, depth] = [0, 0]
  for (let at = 0; at < item.length; at++) {
    if (item[at] === '(' && at < lastClosing) depth += 1
    if (item[at] === ')') depth = Math.max(0, depth - 1)
    if (item[at] !== ';' || depth > 0) continue
    parts.push(item.slice(start, at))
    start = at + 1
  }
  return [...parts, item.slice(start)]
}

function bareProduct(part: string): string {
  return tidyVietnamese(part)
    .replace(bullet, '')
    .replace(/(?:[\s;.,…/]|\bv\.v)+$/u, '')
    .trim()
}
