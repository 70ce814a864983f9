import type { Paragraph, Table } from 'docx'
import type { OfficialDocument } from './official-document.js'
import { points, textWidth } from './page-layout.js'
import { capitals, printableLine } from './printable-text.js'
import { centred, ruleUnder, sideBySide } from './text-parts.js'
import { formatLongDate } from './vietnamese-figures.js'

/** The country's name in 12 pt bold takes 90 mm: the left side gets what is left. */
const leftWidth = 3742
const rightWidth = textWidth - leftWidth

const nationalName = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'
const motto = 'Độc lập - Tự do - Hạnh phúc'

/** "Có độ dài bằng từ 1/3 đến 1/2 độ dài của dòng chữ". */
const shortRule = 0.4

/**
 * Ô 1 to 4 and 5b of the scheme (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 1 to 4 and khoản 5 điểm b;
 * Mục IV): agency and country side by side; below them, on one line, number and date.
 */
export function documentHead(document: OfficialDocument): Table {
  return sideBySide(
    [leftWidth, rightWidth],
    [
      [agencyLines(document), nationLines()],
      [numberLines(document), [dateLine(document)]],
    ],
  )
}

function agencyLines({ parentAgency, agency }: OfficialDocument): Paragraph[] {
  const look = { points: points.agency, bold: true }
  const name = capitals(agency)
  return [
    ...(parentAgency === null ? [] : [centred(capitals(parentAgency), { points: points.agency })]),
    centred(name, look),
    ruleUnder(name, look, shortRule, leftWidth),
  ]
}

function nationLines(): Paragraph[] {
  const look = { points: points.motto, bold: true }
  return [
    centred(nationalName, { points: points.nationalName, bold: true }),
    centred(motto, look),
    ruleUnder(motto, look, 1, rightWidth),
  ]
}

function numberLines({ number, symbol, kind, subject }: OfficialDocument): Paragraph[] {
  // Numbers below 10 with a leading zero (khoản 3 điểm c); room to write where there is none yet.
  const shown = number === null ? '………' : printableLine(number).replace(/^\d$/u, '0$&')
  const own = centred(
    `Số: ${shown}/${capitals(symbol)}`,
    { points: points.number },
    { spacing: { before: 120 } },
  )
  if (kind !== null || subject === null) return [own]
  const letterSubject = `V/v ${printableLine(subject)}`
  return [own, centred(letterSubject, { points: points.letterSubject }, { spacing: { before: 120 } })]
}

function dateLine({ place, date }: OfficialDocument): Paragraph {
  const text = `${printableLine(place)}, ${formatLongDate(date)}`
  return centred(text, { points: points.date, italics: true }, { spacing: { before: 120 } })
}

/** Ô 5a: tên loại và trích yếu nội dung (khoản 5 điểm b). */
export function documentTitle({ kind, subject }: OfficialDocument): Paragraph[] {
  if (kind === null) return []
  const title = centred(capitals(kind), { points: points.kind, bold: true }, { spacing: { before: 360 } })
  if (subject === null) return [title]
  const look = { points: points.subject, bold: true }
  return [title, centred(subject, look), ruleUnder(printableLine(subject), look, shortRule, textWidth)]
}
