import type { TableLimits, TableRow } from './table.js'
import { fileDamaged, tableTooWide } from './table-errors.js'
import { attribute, readXml, type XmlAttributes, type XmlVisitor } from './xml-reader.js'
import { cellPosition, readVerticalMerges } from './xlsx-merges.js'
import { formatNumber, plainFormat } from './xlsx-number-format.js'
import { unescapeText, type CellContext } from './xlsx-workbook.js'
import type { ZipArchive } from './zip-archive.js'

/**
 * Rows of a sheet, unpacked as they are asked for. A formula gives the value that was saved with it: nothing is
 * calculated, no link is followed.
 */
export async function* readSheetRows(
  archive: ZipArchive,
  part: string,
  context: CellContext,
  limits: TableLimits,
): AsyncGenerator<TableRow> {
  const merges = await readVerticalMerges(archive, part)
  const sheet = new SheetVisitor(part, context, limits)
  for await (const _piece of readXml(part, archive.read(part), sheet))
    for (const { number, cells } of sheet.takeRows()) {
      if (cells.every((cell) => cell.trim() === '')) continue
      merges.pass(number, cells)
      yield { number, cells, covered: merges.coveredIn(number) }
    }
}

type CellRow = Pick<TableRow, 'number' | 'cells'>

class SheetVisitor implements XmlVisitor {
  #rows: CellRow[] = []
  #number = 0
  #cells: string[] = []
  #column = -1
  #type = 'n'
  #style = 0
  #value = ''
  #reading = false
  #phonetic = 0

  constructor(
    private readonly part: string,
    private readonly context: CellContext,
    private readonly limits: TableLimits,
  ) {}

  takeRows(): CellRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'row') {
      const number = Number(attribute(attributes, 'r'))
      this.#number = Number.isSafeInteger(number) && number > 0 ? number : this.#number + 1
      this.#cells = []
      this.#column = -1
    } else if (name === 'c') {
      const position = cellPosition(attribute(attributes, 'r') ?? '')
      this.#column = position?.column ?? this.#column + 1
      this.#type = attribute(attributes, 't') ?? 'n'
      this.#style = Number(attribute(attributes, 's') ?? 0)
      this.#value = ''
    } else if (name === 'rPh') this.#phonetic += 1
    // `f`, the formula, is not read.
    this.#reading = name === 'v' || (name === 't' && this.#phonetic === 0)
  }

  text(piece: string): void {
    if (this.#reading) this.#value += piece
  }

  close(name: string): void {
    this.#reading = false
    if (name === 'rPh') this.#phonetic -= 1
    if (name === 'row') this.#rows.push({ number: this.#number, cells: this.#cells })
    if (name !== 'c' || this.#value === '') return
    if (this.#column >= this.limits.maxColumns) throw tableTooWide(this.#column + 1, this.limits.maxColumns)
    while (this.#cells.length < this.#column) this.#cells.push('')
    this.#cells[this.#column] = this.#text()
  }

  #text(): string {
    const { sharedStrings, formats, from1904 } = this.context
    switch (this.#type) {
      case 's': {
        const text = sharedStrings[Number(this.#value)]
        if (text === undefined) throw fileDamaged(`${this.part}, sharedStrings ${this.#value}`)
        return text
      }
      case 'inlineStr':
      case 'str':
        return unescapeText(this.#value)
      case 'b':
        return this.#value === '1' ? 'TRUE' : 'FALSE'
      case 'e':
        return this.#value
      case 'd':
        return this.#value.replace(/^(\d{4})-(\d{2})-(\d{2})(T00:00(:00(\.0+)?)?Z?)?$/, '$3/$2/$1')
      default:
        return formatNumber(this.#value, formats[this.#style] ?? plainFormat, from1904)
    }
  }
}
