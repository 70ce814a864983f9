import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Block, DocumentColumn, DocumentTable, OfficialDocument } from './official-document.js'
import { firstLine, paragraphGap, points, textWidth } from './page-layout.js'
import { printableLine, printableLines } from './printable-text.js'
import { centred, line, run, type TextLook } from './text-parts.js'
import { documentTooLong, rowWidthWrong } from './writing-errors.js'

/** Some hundred pages: nobody reads a longer table in a document, and Word becomes slow. */
const maxTableRows = 2_000

const body: TextLook = { points: points.body }
const gap = { spacing: { after: paragraphGap } }

/** Ô 9a: one addressee on the line of "Kính gửi:", several below each other (khoản 9 điểm d). */
export function addresseeLines({ addressees = [] }: OfficialDocument): Paragraph[] {
  const [only, ...others] = addressees
  if (only === undefined) return []
  const spaced = { spacing: { before: 240, after: paragraphGap } }
  if (others.length === 0) return [centred(`Kính gửi: ${printableLine(only)}`, body, spaced)]
  return [
    line('Kính gửi:', body, { ...spaced, indent: { left: addresseeIndent } }),
    ...listed(addressees).map((text) => line(text, body, { indent: { left: addresseeIndent + 1134 } })),
  ]
}

const addresseeIndent = 1701

/** Each with "-" before it and ";" after it, "." after the last. */
function listed(items: readonly string[]): string[] {
  return ended(items).map((item) => `- ${item}`)
}

function ended(items: readonly string[]): string[] {
  return items.map((item, index) => {
    const text = printableLine(item).replace(/[;.]+$/u, '')
    return `${text}${index === items.length - 1 ? '.' : ';'}`
  })
}

/** Căn cứ ban hành văn bản: italics, each a paragraph (khoản 6 điểm a). */
export function groundLines({ grounds = [] }: OfficialDocument): Paragraph[] {
  return ended(grounds).map((ground) => proseOf(ground, { ...body, italics: true }))
}

/** Ô 6 (khoản 6 điểm e): justified, first line moved in. A line end in a text begins a new paragraph. */
export function blockParts(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'paragraph':
      return printableLines(block.text).map((text) => proseOf(text, body))
    case 'heading':
      return [line(block.text, { ...body, bold: true }, { indent: { firstLine }, keepNext: true, ...gap })]
    case 'note':
      return printableLines(block.text).map((text) => proseOf(text, { points: points.note, italics: true }))
    case 'table':
      return [tableOf(block), new Paragraph({ children: [], ...gap })]
  }
}

function proseOf(text: string, look: TextLook): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine },
    ...gap,
    children: [run(text, look)],
  })
}

function tableOf({ columns, rows, total }: DocumentTable): Table {
  const all = total === undefined ? rows : [...rows, total]
  if (all.length > maxTableRows) throw documentTooLong(all.length, maxTableRows)
  all.forEach((row, index) => {
    if (row.length === columns.length) return
    throw rowWidthWrong(columns[0]?.heading ?? '', index + 1, row.length, columns.length)
  })
  const widths = columnWidths(columns)
  const heading = columns.map(({ heading: text }) => text)
  const headingColumns = columns.map((column): DocumentColumn => ({ ...column, align: 'center' }))
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      rowOf(heading, headingColumns, widths, { bold: true, repeated: true }),
      ...rows.map((row) => rowOf(row, columns, widths, {})),
      ...(total === undefined ? [] : [rowOf(total, columns, widths, { bold: true })]),
    ],
  })
}

function rowOf(
  cells: readonly string[],
  columns: readonly DocumentColumn[],
  widths: readonly number[],
  { bold = false, repeated = false },
): TableRow {
  return new TableRow({
    cantSplit: true,
    tableHeader: repeated,
    children: cells.map(
      (cell, index) =>
        new TableCell({
          verticalAlign: VerticalAlign.CENTER,
          width: { size: widths[index]!, type: WidthType.DXA },
          children: printableLines(cell).map(
            (text) =>
              new Paragraph({
                alignment: columns[index]!.align ?? 'left',
                children: [run(text, { points: points.table, bold })],
              }),
          ),
        }),
    ),
  })
}

/** The last column takes what rounding leaves. */
function columnWidths(columns: readonly DocumentColumn[]): number[] {
  const shares = columns.reduce((sum, { width }) => sum + width, 0)
  const widths = columns.map(({ width }) => Math.floor((textWidth * width) / shares))
  const left = textWidth - widths.reduce((sum, width) => sum + width, 0)
  return widths.map((width, index) => (index === widths.length - 1 ? width + left : width))
}
