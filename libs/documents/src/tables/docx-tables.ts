import type { Table, TableLimits, TableRow } from './table.js'
import { DocxTableBuilder } from './docx-table-builder.js'
import { attribute, visitXml, type XmlAttributes, type XmlVisitor } from './xml-reader.js'
import type { ZipArchive } from './zip-archive.js'

/** Every table of a Word document that holds text, those inside cells of others too. */
export async function readDocxTables(
  archive: ZipArchive,
  part: string,
  limits: TableLimits,
): Promise<Table[]> {
  const visitor = new DocumentVisitor(limits)
  await visitXml(part, archive.read(part), visitor)
  return visitor.tables
    .filter((rows) => rows.length > 0)
    .map((rows) => ({ name: null, hidden: false, rows: () => inOrder(rows) }))
}

async function* inOrder(rows: readonly TableRow[]): AsyncGenerator<TableRow> {
  yield* rows
}

/** Deleted or moved text and properties of earlier versions, and the second copy of drawings for old readers. */
const skipped = new Set([
  'del',
  'moveFrom',
  'Fallback',
  'pPrChange',
  'rPrChange',
  'tcPrChange',
  'trPrChange',
  'tblPrChange',
  'sectPrChange',
  'numberingChange',
  'tblGridChange',
  'tblPrExChange',
])

/** Tables nested deeper than this are read as text of the cell they stand in. */
const maxNesting = 4

interface Paragraph {
  text: string
  bullet: boolean
}

class DocumentVisitor implements XmlVisitor {
  readonly tables: TableRow[][] = []
  readonly #open: DocxTableBuilder[] = []
  readonly #paragraphs: Paragraph[] = []
  readonly #used = { cells: 0 }
  #tableDepth = 0
  #skipDepth = 0
  #inText = false

  constructor(private readonly limits: TableLimits) {}

  open(name: string, attributes: XmlAttributes): void {
    if (this.#skipDepth > 0 || skipped.has(name)) {
      this.#skipDepth += 1
      return
    }
    const builder = this.#builder()
    if (name === 'tbl') this.#openTable()
    else if (name === 'p') this.#paragraphs.push({ text: '', bullet: false })
    else if (name === 't') this.#inText = true
    else if (name === 'br' || name === 'cr') this.#write('\n')
    else if (name === 'tab') this.#write('\t')
    else if (name === 'noBreakHyphen') this.#write('-')
    else if (name === 'numId') this.#markBullet(attributes)
    else if (builder !== undefined) builder.property(name, attributes)
  }

  text(piece: string): void {
    if (this.#inText && this.#skipDepth === 0) this.#write(piece)
  }

  close(name: string): void {
    if (this.#skipDepth > 0) {
      this.#skipDepth -= 1
      return
    }
    if (name === 't') this.#inText = false
    else if (name === 'p') this.#closeParagraph()
    else if (name === 'tbl') this.#closeTable()
    else this.#builder()?.close(name)
  }

  #builder(): DocxTableBuilder | undefined {
    return this.#tableDepth <= maxNesting ? this.#open.at(-1) : undefined
  }

  #openTable(): void {
    this.#tableDepth += 1
    if (this.#tableDepth > maxNesting) return
    const rows: TableRow[] = []
    this.tables.push(rows)
    this.#open.push(new DocxTableBuilder(rows, this.limits, this.#used))
  }

  #closeTable(): void {
    if (this.#tableDepth <= maxNesting) this.#open.pop()
    this.#tableDepth -= 1
  }

  #write(text: string): void {
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph !== undefined) paragraph.text += text
  }

  #markBullet(attributes: XmlAttributes): void {
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph !== undefined) paragraph.bullet = (attribute(attributes, 'val') ?? '0') !== '0'
  }

  /** A paragraph is a line of its cell, and of every cell around it. */
  #closeParagraph(): void {
    const paragraph = this.#paragraphs.pop()
    if (paragraph === undefined) return
    const { text, bullet } = paragraph
    const line = bullet && text.trim() !== '' ? `- ${text}` : text
    for (const builder of this.#open) builder.addLine(line)
  }
}
