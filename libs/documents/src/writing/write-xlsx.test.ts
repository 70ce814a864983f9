import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openTables } from '../tables/index.js'
import { writeXlsx, type Sheet, type Workbook } from './index.js'
import { onAnotherDay, partOf, rowsOf } from './written-file.test-support.js'

const sheet: Sheet = {
  name: 'Đúng hạn',
  title: 'Tỷ lệ giải quyết hồ sơ đúng hạn',
  period: { from: '2024-12-15', to: '2025-12-09' },
  cutOff: { position: '120456', at: '2025-12-12T07:05:09Z' },
  formula: { name: 'qd766-2.1', version: '1', source: 'Quyết định số 766/QĐ-TTg' },
  columns: [
    { heading: 'Cơ quan', type: 'text' },
    { heading: 'Đúng hạn', type: 'integer' },
    { heading: 'Chi phí', type: 'number' },
    { heading: 'Tỷ lệ', type: 'percent' },
    { heading: 'Ngày chốt', type: 'date', width: 15 },
  ],
  rows: [
    ['Sở Tư pháp', 1234, 0.5, { numerator: 20, denominator: 21 }, '2025-09-30'],
    ['UBND xã Chiềng Ban', 0, -3, { numerator: 0, denominator: 0 }, null],
  ],
  notes: ['Tỷ lệ làm tròn hai chữ số thập phân.'],
}
const one = (changes: Partial<Sheet>): Workbook => ({ sheets: [{ ...sheet, ...changes }] })
const texts = (rows: readonly string[]): Workbook =>
  one({ columns: [{ heading: 'Nội dung', type: 'text' }], rows: rows.map((text) => [text]), notes: [] })
const readTexts = async (rows: readonly string[]) =>
  (await rowsOf(await writeXlsx(texts(rows))))[0]!.slice(5).map(([text = '']) => text)
const sheetXml = async (book: Workbook) => partOf(await writeXlsx(book), 'xl/worksheets/sheet1.xml')

describe('a workbook', () => {
  it('is read back with its title, period, cut-off, formula, headings, rows and notes', async () => {
    const file = await writeXlsx({ sheets: [sheet, { ...sheet, name: "Sở 'A' & $&<B>" }] })
    const [first, second] = await rowsOf(file)
    expect(first).toEqual([
      ['Tỷ lệ giải quyết hồ sơ đúng hạn'],
      ['Kỳ báo cáo: từ ngày 15/12/2024 đến hết ngày 09/12/2025'],
      ['Số liệu tính đến vị trí 120456 của nhật ký sự kiện, chốt lúc 14:05:09 ngày 12/12/2025'],
      ['Công thức: qd766-2.1; phiên bản 1; nguồn: Quyết định số 766/QĐ-TTg'],
      ['Cơ quan', 'Đúng hạn', 'Chi phí', 'Tỷ lệ', 'Ngày chốt'],
      ['Sở Tư pháp', '1234', '0.5', '95.24%', '30/09/2025'],
      ['UBND xã Chiềng Ban', '0', '-3', 'không có'],
      ['Tỷ lệ làm tròn hai chữ số thập phân.'],
    ])
    expect(second).toEqual(first)
    expect((await openTables({ bytes: file })).tables.map(({ name }) => name)).toEqual([
      'Đúng hạn',
      "Sở 'A' & $&<B>",
    ])
  })

  it('ends with a total in bold, and is printed across where a page upright would part its columns', async () => {
    const total = ['Tổng cộng', 1234, -2.5, { numerator: 20, denominator: 21 }, null]
    const file = await writeXlsx(one({ total }))
    expect((await rowsOf(file))[0]!.at(-2)).toEqual(['Tổng cộng', '1234', '-2.5', '95.24%'])
    const styles = await partOf(file, 'xl/styles.xml')
    const xml = await partOf(file, 'xl/worksheets/sheet1.xml')
    const fonts = [...styles.matchAll(/<font>.*?<\/font>/g)].map(([font]) => font.includes('<b/>'))
    const [formats = ''] = /<cellXfs.*<\/cellXfs>/.exec(styles) ?? []
    const bold = [...formats.matchAll(/<xf [^>]*fontId="(\d+)"/g)].map(([, font]) => fonts[Number(font)])
    const isBold = (row: number) =>
      [...xml.matchAll(new RegExp(`r="[A-E]${row}" s="(\\d+)"`, 'g'))].map(([, style]) => bold[Number(style)])
    expect(isBold(9)).toEqual([true, true, true, true, true])
    expect(isBold(8)).toEqual([false, false, false, false, false])
    const narrow = sheet.columns.map((column) => ({ ...column, width: 12 }))
    expect(await sheetXml(one({ columns: narrow }))).not.toContain('landscape')
    const wide = sheet.columns.map((column) => ({ ...column, width: 20 }))
    expect(await sheetXml(one({ columns: wide }))).toContain('orientation="landscape"')
  })

  it('has rows as high as their longest text, whatever program opens it', async () => {
    const long = 'Thủ tục cấp giấy phép xây dựng công trình'
    const xml = await sheetXml(texts([long, 'ngắn', `${long}\n${long}`, 'x'.repeat(100)]))
    const heights = [...xml.matchAll(/<row r="(\d+)"([^>]*)>/g)].map(([, row, rest]) => [
      Number(row),
      / ht="(\d+)"/.exec(rest!)?.[1] ?? null,
    ])
    expect(heights.filter(([row]) => Number(row) > 6)).toEqual([
      [7, '32'],
      [8, null],
      [9, '64'],
      [10, '64'],
    ])
  })

  it('holds numbers, percentages and days as numbers in their formats, and text as shared strings', async () => {
    const file = await writeXlsx(one({}))
    const [xml, styles] = await Promise.all([
      partOf(file, 'xl/worksheets/sheet1.xml'),
      partOf(file, 'xl/styles.xml'),
    ])
    const formats = new Map(
      [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]+)"/g)].map((m) => [m[1], m[2]]),
    )
    const cellFormats = [...styles.split('<cellXfs')[1]!.matchAll(/<xf ([^>]*)>/g)].map(
      ([, attributes]) => formats.get(/numFmtId="(\d+)"/.exec(attributes!)?.[1]) ?? null,
    )
    const cell = (address: string) => {
      const [, attributes, content] = new RegExp(`<c r="${address}"([^>]*)>(.*?)</c>`).exec(xml)!
      const style = Number(/ s="(\d+)"/.exec(attributes!)![1])
      return [
        / t="(\w+)"/.exec(attributes!)?.[1] ?? 'n',
        cellFormats[style],
        /<v>(.*)<\/v>/.exec(content!)![1],
      ]
    }
    expect(cell('A7').slice(0, 2)).toEqual(['s', '@'])
    expect(cell('B7')).toEqual(['n', '#,##0', '1234'])
    expect(cell('C7')).toEqual(['n', '#,##0.00', '0.5'])
    expect(cell('D7')).toEqual(['n', '0.00%', '0.9524'])
    expect(cell('E7')).toEqual(['n', 'dd/mm/yyyy', '45930'])
    expect(cell('D8').slice(0, 2)).toEqual(['s', '@'])
  })

  it('keeps the heading row in view and gives the columns their widths', async () => {
    const xml = await sheetXml(one({}))
    expect(/<pane ([^>]*)\/>/.exec(xml)![1]).toContain('ySplit="6"')
    expect(xml).toContain('state="frozen"')
    expect([...xml.matchAll(/<col [^>]*?width="([\d.]+)"/g)].map(([, width]) => width)).toEqual([
      '32',
      '12',
      '14',
      '11',
      '15',
    ])
  })

  it('never holds a formula, whatever a text begins with', async () => {
    const hostile = ['=1+1', '+84 212', '-5', '@SUM(A1)', '=HYPERLINK("http://x")', '\t=1', '0012', '1/2']
    expect(await readTexts(hostile)).toEqual(hostile.map((text) => text.replace('\t', ' ')))
    const xml = await sheetXml(texts(hostile))
    expect(xml).not.toContain('<f')
    expect([...xml.matchAll(/<c r="A(?:[7-9]|1\d)"[^>]* t="(\w+)"/g)].map(([, type]) => type)).toEqual(
      hostile.map(() => 's'),
    )
  })

  it('keeps texts that a program could take for its own', async () => {
    const odd = [
      'constructor',
      '__proto__',
      'toString',
      '_x0041_',
      '_x005F_',
      '&amp;<b>',
      ' a  b ',
      'dòng 1\ndòng 2',
    ]
    expect(await readTexts(odd)).toEqual(odd)
  })

  it('writes Vietnamese composed, and nothing that would make the file unreadable', async () => {
    const hostile = [
      'Sở Tư pháp'.normalize('NFD'),
      'a\u0000b\u0007c',
      'x\ud800y',
      'Số \u202e21\u202c',
      'a\r\nb',
      '\uffff𠀋',
    ]
    expect(await readTexts(hostile)).toEqual(['Sở Tư pháp', 'abc', 'x□y', 'Số 21', 'a\nb', '𠀋'])
  })

  it('is read back whatever the text', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('_x', '0041_', '\ud800', '\u0000'),
    )
    const text = fc.array(part).map((parts) => `${parts.join('')}.`)
    const visible = (all: readonly string[]) =>
      all.map((each) => each.replace(/[\p{C}\s□\ufffd]/gu, '').normalize('NFC'))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), async (all) => {
        expect(visible(await readTexts(all))).toEqual(visible(all))
      }),
      { numRuns: 40 },
    )
  })

  it('is the same file, byte for byte, on another day', async () => {
    const file = await writeXlsx(one({}))
    expect((await onAnotherDay(() => writeXlsx(one({})))).equals(file)).toBe(true)
    expect((await writeXlsx(one({ title: 'Khác' }))).equals(file)).toBe(false)
  })
})

describe('a day in a workbook', () => {
  it('is the day that was given, from 1900 on', async () => {
    const days = ['1900-03-01', '1970-01-01', '2000-02-29', '2025-12-31', '9999-12-31']
    const read = await rowsOf(
      await writeXlsx(
        one({ columns: [{ heading: 'Ngày', type: 'date' }], rows: days.map((day) => [day]), notes: [] }),
      ),
    )
    expect(read[0]!.slice(5).flat()).toEqual([
      '01/03/1900',
      '01/01/1970',
      '29/02/2000',
      '31/12/2025',
      '31/12/9999',
    ])
  })
})

describe('a workbook is refused', () => {
  it('for values of another type, saying where and not what', async () => {
    for (const [type, value] of [
      ['text', 5],
      ['integer', 1.5],
      ['integer', '5'],
      ['number', Number.NaN],
      ['number', Number.POSITIVE_INFINITY],
      ['percent', 0.5],
      ['date', '2025-02-30'],
      ['date', '1899-12-31'],
    ] as const)
      await expect(
        writeXlsx(one({ columns: [{ heading: 'Cột', type }], rows: [[value]] })),
      ).rejects.toMatchObject({
        code: 'cell-invalid',
        details: { sheet: 'Đúng hạn', row: 1, column: 'Cột', type },
      })
    const negative = { numerator: -1, denominator: 2 }
    await expect(
      writeXlsx(one({ columns: [{ heading: 'Cột', type: 'percent' }], rows: [[negative]] })),
    ).rejects.toMatchObject({
      code: 'figure-invalid',
    })
  })

  it('for texts longer than Excel takes', async () => {
    expect(await readTexts(['a'.repeat(32_767)])).toEqual(['a'.repeat(32_767)])
    await expect(writeXlsx(texts(['ok', 'a'.repeat(32_768)]))).rejects.toMatchObject({
      code: 'cell-too-long',
      details: { row: 2, length: 32_768, limit: 32_767 },
    })
  })

  it('for too many rows or cells, and rows of another width', async () => {
    await expect(writeXlsx(texts(['a', 'b', 'c']), { maxRows: 2 })).rejects.toMatchObject({
      code: 'sheet-too-long',
    })
    await expect(writeXlsx(one({}), { maxCells: 9 })).rejects.toMatchObject({ code: 'workbook-too-large' })
    await expect(writeXlsx(one({ rows: [['a']] }))).rejects.toMatchObject({
      code: 'row-width-wrong',
      details: { row: 1 },
    })
    await expect(writeXlsx({ sheets: [] })).rejects.toMatchObject({ code: 'workbook-empty' })
  })

  it('for names of sheets that Excel does not take', async () => {
    for (const name of ['', 'a'.repeat(32), 'Quý I/2025', "'a", 'History'])
      await expect(writeXlsx(one({ name }))).rejects.toMatchObject({ code: 'sheet-name-invalid' })
    await expect(writeXlsx({ sheets: [sheet, { ...sheet, name: 'ĐÚNG HẠN' }] })).rejects.toMatchObject({
      code: 'sheet-name-invalid',
    })
  })
})
