import { convertMillimetersToTwip } from 'docx'

/** Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I, khoản 4: the only font. */
export const font = 'Times New Roman'

const a4 = { width: 210, height: 297 }

/** Khoản 3: top and bottom 20 - 25 mm, left 30 - 35 mm, right 15 - 20 mm. Page numbers stand in the top margin. */
const margins = { top: 20, bottom: 20, left: 30, right: 15, header: 10, footer: 10 }

export const page = {
  size: { width: convertMillimetersToTwip(a4.width), height: convertMillimetersToTwip(a4.height) },
  margin: {
    top: convertMillimetersToTwip(margins.top),
    bottom: convertMillimetersToTwip(margins.bottom),
    left: convertMillimetersToTwip(margins.left),
    right: convertMillimetersToTwip(margins.right),
    header: convertMillimetersToTwip(margins.header),
    footer: convertMillimetersToTwip(margins.footer),
  },
}

/** Twentieths of a point. */
export const textWidth = page.size.width - page.margin.left - page.margin.right

/**
 * Sizes in points: those of the sample column in Mục V, within the ranges of Mục II. The decree names none for tables
 * and small print: tables take the lower size of the body, small print that of khoản 9 and Mục III, khoản 4.
 */
export const points = {
  nationalName: 12,
  motto: 13,
  agency: 12,
  number: 13,
  letterSubject: 12,
  date: 13,
  kind: 14,
  subject: 14,
  body: 14,
  table: 13,
  note: 13,
  signature: 14,
  recipientsTitle: 12,
  recipient: 11,
  foot: 11,
  pageNumber: 14,
} as const

/** Khoản 6 điểm e: the first line moves in 1 cm or 1,27 cm; at least 6 pt between paragraphs. */
export const firstLine = convertMillimetersToTwip(12.7)
export const paragraphGap = 120
