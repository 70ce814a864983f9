import { attribute, visitXml } from './xml-reader.js'

/** Cells of one column, merged downwards from a first row. */
export interface VerticalMerge {
  readonly top: number
  readonly bottom: number
}

/** Column → its vertical merges by first row. They stand after the rows of a sheet, hence a pass of their own. */
export async function readVerticalMerges(
  part: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Map<number, VerticalMerge[]>> {
  const merges = new Map<number, VerticalMerge[]>()
  await visitXml(part, chunks, {
    open(name, attributes) {
      if (name !== 'mergeCell') return
      const [first, last] = (attribute(attributes, 'ref') ?? '').split(':').map(cellPosition)
      if (first == null || last == null || last.row <= first.row) return
      const column = merges.get(first.column) ?? []
      column.push({ top: first.row, bottom: last.row })
      merges.set(first.column, column)
    },
  })
  for (const column of merges.values()) column.sort((a, b) => a.top - b.top)
  return merges
}

/** The merge of a sorted column that covers the row from above or starts in it. */
export function mergeAt(merges: readonly VerticalMerge[], row: number): VerticalMerge | null {
  let [low, high] = [0, merges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (merges[middle]!.top <= row) low = middle + 1
    else high = middle
  }
  const merge = merges[low - 1]
  return merge !== undefined && merge.bottom >= row ? merge : null
}

/** "C12" → column 2 (from 0), row 12; null for anything else. */
export function cellPosition(reference: string): { column: number; row: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference)
  if (match === null) return null
  let column = 0
  for (const letter of match[1]!.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return { column: column - 1, row: Number(match[2]) }
}
