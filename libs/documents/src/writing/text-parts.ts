import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
} from 'docx'
import { font } from './page-layout.js'
import { printableLine } from './printable-text.js'
import { widthInEms } from './text-width.js'

export interface TextLook {
  readonly points: number
  readonly bold?: boolean
  readonly italics?: boolean
}

/** One line of text; line ends in it become spaces. */
export function line(text: string, look: TextLook, options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ ...options, children: [run(printableLine(text), look)] })
}

export function centred(text: string, look: TextLook, options: IParagraphOptions = {}): Paragraph {
  return line(text, look, { alignment: AlignmentType.CENTER, ...options })
}

export function run(text: string, { points, bold, italics }: TextLook): TextRun {
  return new TextRun({ text, font, size: points * 2, ...(bold && { bold }), ...(italics && { italics }) })
}

/**
 * "Đường kẻ ngang, nét liền" under a line of text, centred, `part` of its length. It is the upper border of an empty
 * paragraph that is moved in from both sides: no underlining, and no drawing that other programs lose.
 *
 * @param room width of the cell or page in twentieths of a point.
 */
export function ruleUnder(text: string, { points }: TextLook, part: number, room: number): Paragraph {
  const length = Math.min(widthInEms(text) * points * 20, room) * part
  const indent = Math.round((room - length) / 2)
  return new Paragraph({
    children: [],
    indent: { left: indent, right: indent },
    spacing: { before: 40, line: 60, lineRule: LineRuleType.EXACT },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 0, color: '000000' } },
  })
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const unseen = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
}

/** Blocks side by side: a table that nobody sees, whose rows stay on one page. */
export function sideBySide(
  widths: readonly [number, number],
  rows: readonly (readonly [Paragraph[], Paragraph[]])[],
): Table {
  return new Table({
    width: { size: widths[0] + widths[1], type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders: unseen,
    margins: { left: 0, right: 0, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, index) =>
              new TableCell({ children, width: { size: widths[index]!, type: WidthType.DXA } }),
          ),
        }),
    ),
  })
}
