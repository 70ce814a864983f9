import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { writeDocx, type OfficialDocument } from './index.js'
import { fullDocument } from './official-document.fixture.js'
import {
  onAnotherDay,
  paragraphsOf,
  partOf,
  rowsOf,
  type WrittenParagraph,
} from './written-file.test-support.js'

const millimetres = 1440 / 25.4
const write = (changes: Partial<OfficialDocument> = {}) => writeDocx({ ...fullDocument, ...changes })
const paragraphs = async (changes: Partial<OfficialDocument> = {}) => paragraphsOf(await write(changes))
const texts = async (changes: Partial<OfficialDocument> = {}) =>
  (await paragraphs(changes)).map(({ text }) => text)
const look = ({ size, bold, italics }: WrittenParagraph) =>
  `${size / 2}${bold ? ' bold' : ''}${italics ? ' italics' : ''}`

describe('the page of an official document', () => {
  it('is A4 with the margins of the decree', async () => {
    const xml = await partOf(await write(), 'word/document.xml')
    const [, width, height] = /<w:pgSz w:w="(\d+)" w:h="(\d+)"/.exec(xml)!.map(Number)
    expect([width! / millimetres, height! / millimetres].map(Math.round)).toEqual([210, 297])
    const margins = Object.fromEntries(
      [.../<w:pgMar ([^>]*)>/.exec(xml)![1]!.matchAll(/w:(\w+)="(\d+)"/g)].map(([, side, value]) => [
        side,
        Math.round(Number(value) / millimetres),
      ]),
    )
    expect(margins).toMatchObject({ top: 20, bottom: 20, left: 30, right: 15 })
  })

  it('knows one font', async () => {
    const file = await write()
    const [document, styles, header] = await Promise.all(
      ['word/document.xml', 'word/styles.xml', 'word/header1.xml'].map((part) => partOf(file, part)),
    )
    expect(/<w:docDefaults>.*?<w:rFonts w:ascii="([^"]*)"/.exec(styles!)![1]).toBe('Times New Roman')
    const fonts = [...`${document}${header}`.matchAll(/w:(?:ascii|hAnsi|cs|eastAsia)="([^"]*)"/g)]
    expect(new Set(fonts.map(([, name]) => name))).toEqual(new Set(['Times New Roman']))
  })

  it('is numbered in the middle of the top margin, from the second page on', async () => {
    const file = await write()
    const [document, others, first] = await Promise.all(
      ['word/document.xml', 'word/header1.xml', 'word/header2.xml'].map((part) => partOf(file, part)),
    )
    expect(document).toContain('<w:titlePg/>')
    expect(others).toMatch(/<w:jc w:val="center"\/>.*<w:sz w:val="28"\/>.*PAGE/s)
    expect(first).not.toContain('PAGE')
  })
})

describe('the parts of an official document', () => {
  it('stand in their order, each in its size and style', async () => {
    expect((await paragraphs()).map((paragraph) => `${look(paragraph)}: ${paragraph.text}`)).toEqual([
      '12: ỦY BAN NHÂN DÂN TỈNH SƠN LA',
      '12 bold: SỞ TƯ PHÁP',
      '12 bold: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      '13 bold: Độc lập - Tự do - Hạnh phúc',
      '13: Số: 07/BC-STP',
      '13 italics: Sơn La, ngày 05 tháng 02 năm 2025',
      '14 bold: BÁO CÁO',
      '14 bold: Kết quả giải quyết thủ tục hành chính năm 2024',
      '14: Kính gửi:',
      '14: - Ủy ban nhân dân tỉnh;',
      '14: - Sở Nội vụ.',
      '14 italics: Căn cứ Luật Tổ chức chính quyền địa phương;',
      '14 italics: Theo đề nghị của Chánh Văn phòng.',
      '14 bold: 1. Kết quả chung',
      '14: Đoạn thứ nhất.',
      '14: Đoạn thứ hai.',
      '13 bold: Cơ quan',
      '13 bold: Số hồ sơ',
      '13: UBND xã Chiềng Ban',
      '13: 12',
      '13: UBND phường',
      '13: Tô Hiệu',
      '13: 1.234',
      '13 bold: Tổng cộng',
      '13 bold: 1.246',
      '13 italics: Số liệu của hệ thống.',
      '12 bold italics: Nơi nhận:',
      '11: - Như trên;',
      '11: - Giám đốc Sở (b/c);',
      '11: - Lưu: VT, VP.',
      '14 bold: KT. GIÁM ĐỐC',
      '14 bold: PHÓ GIÁM ĐỐC',
      '14 bold: Nguyễn Thị B',
      '11: Dòng cuối',
    ])
  })

  it('have a justified body whose first lines move in 12,7 mm, 6 pt apart', async () => {
    const prose = (await paragraphs()).filter(({ text }) => /^(Đoạn|Căn cứ)/.test(text))
    expect(prose).toHaveLength(3)
    for (const { properties } of prose) {
      expect(properties).toContain('<w:jc w:val="both"/>')
      expect(properties).toContain('<w:ind w:firstLine="720"/>')
      expect(properties).toContain('<w:spacing w:after="120"/>')
    }
  })

  it('have a line as long as the motto, and of a third to a half of agency and subject', async () => {
    const xml = await partOf(await write(), 'word/document.xml')
    const rules = [
      ...xml.matchAll(
        /<w:pBdr><w:top w:val="single"[^>]*\/><\/w:pBdr>.*?<w:ind w:left="(\d+)" w:right="(\d+)"/g,
      ),
    ]
    const room = [3742, 9355 - 3742, 9355]
    const points = rules.map(([, left, right], index) => (room[index]! - Number(left) - Number(right)) / 20)
    // Summed by hand from the metrics of the bold font: 71 pt, 159 pt and 288 pt.
    expect(points[0]! / 71).toBeGreaterThan(1 / 3)
    expect(points[0]! / 71).toBeLessThan(1 / 2)
    expect(points[1]! / 159).toBeCloseTo(1, 1)
    expect(points[2]! / 288).toBeGreaterThan(1 / 3)
    expect(points[2]! / 288).toBeLessThan(1 / 2)
    expect(xml).not.toContain('<w:u ')
  })

  it('have tables with borders whose headings come again on each page', async () => {
    const file = await write()
    const [head, table, end] = await rowsOf(file)
    expect(head!.map(([, right]) => right!.split('\n')[0])).toEqual([
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Sơn La, ngày 05 tháng 02 năm 2025',
    ])
    expect(table).toEqual([
      ['Cơ quan', 'Số hồ sơ'],
      ['UBND xã Chiềng Ban', '12'],
      ['UBND phường\nTô Hiệu', '1.234'],
      ['Tổng cộng', '1.246'],
    ])
    expect(end![0]![1]).toMatch(/^KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Thị B$/)
    const xml = (await partOf(file, 'word/document.xml')).split('<w:tbl>')[2]!
    expect(xml.match(/<w:insideH w:val="single"/g)).toHaveLength(1)
    expect(xml.split('<w:tr>').map((row) => row.includes('<w:tblHeader/>'))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ])
    const widths = [...xml.split('</w:tblGrid>')[0]!.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, w]) =>
      Number(w),
    )
    expect(widths.reduce((sum, width) => sum + width)).toBe(9355)
  })

  it('leave gaps for what is not known yet', async () => {
    const written = await texts({
      number: null,
      date: null,
      recipients: [],
      signature: { position: null, name: null, authority: [{ as: 'Q.', of: 'chủ tịch' }] },
    })
    expect(written).toContain('Số: ………/BC-STP')
    expect(written).toContain('Sơn La, ngày …… tháng …… năm ………')
    expect(written.slice(-4)).toEqual(['Nơi nhận:', '- Lưu: VT, VP.', 'Q. CHỦ TỊCH', 'Dòng cuối'])
  })

  it('put the subject of a letter under its number and one addressee on one line', async () => {
    const written = await texts({ kind: null, subject: 'nâng bậc lương năm 2025', addressees: ['Sở Nội vụ'] })
    expect(written.slice(4, 8)).toEqual([
      'Số: 07/BC-STP',
      'V/v nâng bậc lương năm 2025',
      'Sơn La, ngày 05 tháng 02 năm 2025',
      'Kính gửi: Sở Nội vụ',
    ])
  })
})

describe('a written document', () => {
  it('is the same file, byte for byte, on another day, and names the moment it was given', async () => {
    const file = await write()
    expect((await onAnotherDay(() => write())).equals(file)).toBe(true)
    expect(await partOf(file, 'docProps/core.xml')).toContain('>2025-02-05T02:30:00.000Z</dcterms:created>')
    expect((await write({ createdAt: '2025-02-06T02:30:00Z' })).equals(file)).toBe(false)
  })

  it('can be read whatever the texts', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u0000', '\ud800', ']]>', '<w:p>', '&#0;'),
    )
    await fc.assert(
      fc.asyncProperty(text, async (odd) => {
        const lines = { foot: [odd], recipients: [odd], addressees: [odd], grounds: [odd, odd] }
        const file = await write({
          ...lines,
          parentAgency: odd,
          agency: odd,
          number: odd,
          symbol: odd,
          place: odd,
          kind: odd,
          subject: odd,
          archive: odd,
          signature: { position: odd, name: odd, authority: [{ as: 'TM.', of: odd }] },
          body: [
            { kind: 'heading', text: odd },
            { kind: 'paragraph', text: odd },
            { kind: 'table', columns: [{ heading: odd, width: 1 }], rows: [[`.${odd}`]] },
          ],
        })
        const tables = await rowsOf(file)
        expect(tables.flat(2).join('\n')).toContain('CỘNG HÒA')
        const core = await partOf(file, 'docProps/core.xml')
        expect(core.isWellFormed()).toBe(true)
        expect(/<dc:title>[^<]*<\/dc:title>/.test(core)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('holds Vietnamese composed, without control characters, with a box for half a character', async () => {
    const odd = `${'Thủ tục'.normalize('NFD')} a\u0000b\ud800c \u202e21\u202c\td`
    expect(await texts({ body: [{ kind: 'paragraph', text: odd }] })).toContain('Thủ tục ab□c 21 d')
  })

  it('is refused for rows of another width, endless tables and a moment that is none', async () => {
    const table = (rows: string[][]) => ({
      body: [{ kind: 'table' as const, columns: [{ heading: 'a', width: 1 }], rows }],
    })
    await expect(write(table([['1', '2']]))).rejects.toMatchObject({ code: 'row-width-wrong' })
    await expect(write(table(Array.from({ length: 2001 }, () => ['1'])))).rejects.toMatchObject({
      code: 'document-too-long',
    })
    for (const createdAt of ['hôm nay', '2025-02-05', '2025-02-05T02:30'])
      await expect(write({ createdAt })).rejects.toMatchObject({ code: 'instant-invalid' })
  })
})
