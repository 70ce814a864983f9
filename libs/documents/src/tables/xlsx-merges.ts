import { nothingCovered, type CoveredCells } from './table.js'
import { attribute, visitXml } from './xml-reader.js'
import type { ZipArchive } from './zip-archive.js'

/** Cells of one column, merged downwards from a first row. */
interface VerticalMerge {
  readonly top: number
  readonly bottom: number
}

/** Collects the texts of merged cells while the rows pass, and tells which text covers a cell below. */
export class VerticalMerges {
  readonly #byColumn = new Map<number, VerticalMerge[]>()
  readonly #byTop = new Map<number, { column: number; merge: VerticalMerge }[]>()
  readonly #texts = new Map<VerticalMerge, string>()

  add(reference: string): void {
    const [first, last] = reference.split(':').map(cellPosition)
    if (first == null || last == null || last.row <= first.row) return
    const merge = { top: first.row, bottom: last.row }
    append(this.#byColumn, first.column, merge)
    append(this.#byTop, first.row, { column: first.column, merge })
  }

  sort(): void {
    for (const merges of this.#byColumn.values()) merges.sort((a, b) => a.top - b.top)
  }

  /** Takes the texts that begin in this row. */
  pass(row: number, cells: readonly string[]): void {
    for (const { column, merge } of this.#byTop.get(row) ?? []) this.#texts.set(merge, cells[column] ?? '')
  }

  coveredIn(row: number): CoveredCells {
    if (this.#byColumn.size === 0) return nothingCovered
    return {
      get: (column) => {
        const merge = mergeAt(this.#byColumn.get(column) ?? [], row)
        return merge === null || merge.top === row ? undefined : this.#texts.get(merge)
      },
    }
  }
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** They stand after the rows of a sheet, hence a pass of their own; most large sheets have none. */
export async function readVerticalMerges(archive: ZipArchive, part: string): Promise<VerticalMerges> {
  const merges = new VerticalMerges()
  if (!(await mentionsMerges(archive.read(part)))) return merges
  await visitXml(part, archive.read(part), {
    open(name, attributes) {
      if (name === 'mergeCell') merges.add(attribute(attributes, 'ref') ?? '')
    },
  })
  merges.sort()
  return merges
}

const word = 'mergeCell'

/** A search of bytes, an order of magnitude faster than reading them as XML. */
async function mentionsMerges(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  let tail = ''
  for await (const chunk of chunks) {
    // Latin-1 keeps bytes as they are; the zero bytes of UTF-16 are dropped.
    const text = tail + Buffer.from(chunk).toString('latin1').replaceAll('\0', '')
    if (text.includes(word)) return true
    tail = text.slice(-word.length)
  }
  return false
}

/** The last merge of a sorted column that begins at or above the row, where it reaches the row. */
function mergeAt(merges: readonly VerticalMerge[], row: number): VerticalMerge | null {
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
