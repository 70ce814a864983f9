import { nothingCovered, type TableLimits, type TableRow } from './table.js'
import { tableTooWide, tooManyCells } from './table-errors.js'
import { attribute, type XmlAttributes } from './xml-reader.js'

interface Cell {
  span: number
  merge: 'none' | 'start' | 'continued'
  lines: string[]
}

/** Puts the cells of one Word table into columns: spans across, merges down, cells left out at the left. */
export class DocxTableBuilder {
  #number = 0
  #cells: string[] = []
  #covered = new Map<number, string>()
  #column = 0
  #cell: Cell | null = null
  /** Text of the merge that goes on downwards in a column. */
  readonly #merged = new Map<number, string>()

  constructor(
    private readonly rows: TableRow[],
    private readonly limits: TableLimits,
    /** Cells of all tables of the document so far. */
    private readonly used: { cells: number },
  ) {}

  property(name: string, attributes: XmlAttributes): void {
    const value = attribute(attributes, 'val')
    if (name === 'tr') {
      this.#number += 1
      this.#cells = []
      this.#covered = new Map()
      this.#column = 0
    } else if (name === 'gridBefore') this.#column += this.#count(value)
    else if (name === 'tc') this.#cell = { span: 1, merge: 'none', lines: [] }
    else if (this.#cell === null) return
    else if (name === 'gridSpan') this.#cell.span = Math.max(1, this.#count(value))
    // A vertical merge without a value goes on from the row above (ECMA-376, 17.4.84).
    else if (name === 'vMerge') this.#cell.merge = value === 'restart' ? 'start' : 'continued'
  }

  addLine(line: string): void {
    this.#cell?.lines.push(line)
  }

  close(name: string): void {
    if (name === 'tc' && this.#cell !== null) this.#closeCell(this.#cell)
    if (name !== 'tr' || this.#cells.every((cell) => cell.trim() === '')) return
    this.used.cells += this.#cells.length + this.#covered.size
    if (this.used.cells > this.limits.maxCells) throw tooManyCells(this.limits.maxCells)
    const covered = this.#covered.size === 0 ? nothingCovered : this.#covered
    this.rows.push({ number: this.#number, cells: this.#cells, covered })
  }

  #closeCell({ span, merge, lines }: Cell): void {
    const text = lines.join('\n').trimEnd()
    const column = this.#column
    this.#column += span
    this.#cell = null
    if (this.#column > this.limits.maxColumns) throw tableTooWide(this.#column, this.limits.maxColumns)
    if (merge === 'start') this.#merged.set(column, text)
    if (merge === 'none') this.#merged.delete(column)
    const above = this.#merged.get(column)
    if (merge === 'continued' && above) this.#covered.set(column, above)
    if (text === '') return
    while (this.#cells.length < column) this.#cells.push('')
    this.#cells[column] = text
  }

  #count(value: string | undefined): number {
    const count = Number(value)
    return Number.isSafeInteger(count) && count > 0 ? count : 0
  }
}
