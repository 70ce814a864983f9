import { BorderStyle, Paragraph, type Table } from 'docx'
import type { OfficialDocument, Signature } from './official-document.js'
import { points, textWidth } from './page-layout.js'
import { capitals, printableLine } from './printable-text.js'
import { centred, line, sideBySide } from './text-parts.js'

const leftWidth = Math.floor(textWidth * 0.45)

/** Room for a signature and half of the stamp over it, 25 mm. */
const signatureRoom = 1417

/**
 * Ô 9b, 7a and 7b on one height and one page (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 7 điểm đ và
 * khoản 9 điểm d): recipients at the left edge, who signs at the right.
 */
export function documentEnd({ recipients, archive, signature }: OfficialDocument): Table {
  return sideBySide(
    [leftWidth, textWidth - leftWidth],
    [[recipientLines(recipients, archive), signatureLines(signature)]],
  )
}

function recipientLines(recipients: readonly string[], archive: string): Paragraph[] {
  const items = recipients.map((item) => `- ${printableLine(item).replace(/[;.]+$/u, '')};`)
  const last = `- Lưu: ${printableLine(archive).replace(/[;.]+$/u, '')}.`
  return [
    line('Nơi nhận:', { points: points.recipientsTitle, bold: true, italics: true }),
    ...[...items, last].map((item) => line(item, { points: points.recipient })),
  ]
}

function signatureLines({ authority = [], position, name }: Signature): Paragraph[] {
  const look = { points: points.signature, bold: true }
  const lines = authority.map(({ as, of }) => `${as} ${capitals(of)}`)
  return [
    ...[...lines, ...(position === null ? [] : [capitals(position)])].map((text) => centred(text, look)),
    centred(name ?? '', look, { spacing: { before: signatureRoom } }),
  ]
}

/** A page ends with a paragraph, never with a table: Word repairs a file where it is not so. */
export function footLines({ foot = [] }: OfficialDocument): Paragraph[] {
  const upperLine = {
    spacing: { before: 360 },
    border: { top: { style: BorderStyle.SINGLE, size: 4, space: 4, color: '000000' } },
  }
  if (foot.length === 0) return [new Paragraph({ children: [] })]
  return foot.map((text, index) => line(text, { points: points.foot }, index === 0 ? upperLine : {}))
}
