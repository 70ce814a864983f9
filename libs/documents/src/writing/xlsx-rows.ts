import type { CellObject, Row } from 'write-excel-file/node'
import type { CellValue, Sheet, SheetColumn } from './workbook.js'

/** In characters of the font. */
const usualWidths: Readonly<Record<SheetColumn['type'], number>> = {
  text: 32,
  integer: 12,
  number: 14,
  percent: 11,
  date: 12,
}

export function widthOf({ type, width }: SheetColumn): number {
  return width ?? usualWidths[type]
}

/** Of a line of the font, in points. */
const lineHeight = 16

/** A row as high as its longest text needs: not every program finds that out by itself. */
export function tall({ columns }: Sheet, values: readonly CellValue[], row: Row): Row {
  const lines = values.map((value, at) => {
    return typeof value === 'string' ? linesOf(value, widthOf(columns[at]!)) : 1
  })
  const most = Math.max(1, ...lines)
  const [first, ...others] = row
  return most === 1 ? row : [{ ...(first as CellObject), height: most * lineHeight }, ...others]
}

/** Words are not parted, and letters are not of one width: a tenth is left free. */
function linesOf(text: string, width: number): number {
  const room = width * 0.9
  return text.split('\n').reduce((lines, line) => lines + wordLines(line, room), 0)
}

function wordLines(line: string, room: number): number {
  let [lines, used] = [1, 0]
  for (const word of line.split(' ')) {
    if (used > 0 && used + 1 + word.length > room) [lines, used] = [lines + 1, 0]
    used += (used > 0 ? 1 : 0) + word.length
    lines += Math.max(0, Math.ceil(used / room) - 1)
    used = used > room ? used % room : used
  }
  return lines
}
