import { AlignmentType, Document, Header, Packer, PageNumber, Paragraph, TextRun } from 'docx'
import { addresseeLines, blockParts, groundLines } from './document-body.js'
import { documentEnd, footLines } from './document-end.js'
import { documentHead, documentTitle } from './document-head.js'
import { withFixedZipTimes } from './fixed-zip-times.js'
import type { OfficialDocument } from './official-document.js'
import { font, page, points } from './page-layout.js'
import { printableLine } from './printable-text.js'
import { instantInvalid } from './writing-errors.js'

/**
 * A Word file laid out by Nghị định 30/2020/NĐ-CP, Phụ lục I. The same document gives the same bytes: the moment of
 * making is that of the input.
 *
 * @throws RoviecError `row-width-wrong`, `document-too-long`, `instant-invalid`.
 */
export async function writeDocx(document: OfficialDocument): Promise<Buffer> {
  const file = new Document({
    styles: { default: { document: { run: { font, size: points.body * 2, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: { page, titlePage: true },
        headers: { default: pageNumber(), first: new Header({ children: [new Paragraph('')] }) },
        children: [
          documentHead(document),
          ...documentTitle(document),
          ...addresseeLines(document),
          ...gapBefore(document),
          ...groundLines(document),
          ...document.body.flatMap(blockParts),
          documentEnd(document),
          ...footLines(document),
        ],
      },
    ],
  })
  const properties = { path: 'docProps/core.xml', data: coreProperties(document) }
  return withFixedZipTimes(await Packer.toBuffer(file, undefined, [properties]))
}

/** Centred in the top margin, from the second page on (Mục I, khoản 7). */
function pageNumber(): Header {
  const number = new TextRun({ children: [PageNumber.CURRENT], font, size: points.pageNumber * 2 })
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })] })
}

/** Between the head and what follows: a little room that does not depend on which part comes first. */
function gapBefore({ addressees = [] }: OfficialDocument): Paragraph[] {
  return addressees.length > 0 ? [] : [new Paragraph({ children: [], spacing: { after: 0 } })]
}

/** Written here because the library names the moment of writing. Title and agency only: no name of a citizen. */
function coreProperties({ kind, subject, agency, createdAt }: OfficialDocument): string {
  const made = Date.parse(createdAt)
  if (Number.isNaN(made) || !/(?:Z|[+-]\d{2}:?\d{2})$/iu.test(createdAt)) throw instantInvalid(createdAt)
  const moment = new Date(made).toISOString()
  const title = [kind, subject].filter((part) => part !== null).join(' ')
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(agency)}</dc:creator>`,
    `<dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created>`,
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified>`,
    '</cp:coreProperties>',
  ].join('')
}

function escaped(text: string): string {
  return printableLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
