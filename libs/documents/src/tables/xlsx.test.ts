import { describe, expect, it } from '@jest/globals'
import { cellOf, findTaskTables, openTables, type TableRow } from '#documents'
import { sheetData, xlsxParts, zipOf, type WorkbookParts } from './office-file.test-support.js'

async function sheets(workbook: WorkbookParts) {
  const opened = await openTables({ bytes: zipOf(xlsxParts(workbook)) })
  expect(opened.format).toBe('xlsx')
  const all: { name: string | null; hidden: boolean; rows: TableRow[] }[] = []
  for (const { name, hidden, ...table } of opened.tables) {
    const rows: TableRow[] = []
    for await (const row of table.rows()) rows.push(row)
    all.push({ name, hidden, rows })
  }
  return all
}

async function rowsOf(xml: string, workbook: Partial<WorkbookParts> = {}): Promise<TableRow[]> {
  return (await sheets({ ...workbook, sheets: [{ name: 'S', xml }] }))[0]!.rows
}

describe('cells', () => {
  it('hold shared, inline and rich text, formulas as saved, booleans, errors', async () => {
    const sharedStrings =
      '<sst><si><t>Sở Tư pháp</t></si><si><r><t>Quyết </t></r><r><rPr><b/></rPr><t xml:space="preserve">định </t></r><rPh><t>phiên âm</t></rPh></si><si><t>a_x000D_\nb&amp;&lt;_x005F_x0041_</t></si></sst>'
    const xml =
      '<sheetData><row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c>' +
      '<c r="D3" t="str"><f>HYPERLINK("http://x";"y")</f><v>Đã tính</v></c><c r="E3"><f>1+1</f><v>2</v></c>' +
      '<c r="G3" t="b"><v>1</v></c><c r="H3" t="e"><v>#REF!</v></c><c r="I3" t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c></row></sheetData>'
    expect(await rowsOf(xml, { sharedStrings })).toEqual([
      {
        number: 3,
        cells: ['Sở Tư pháp', 'Quyết định ', 'a\nb&<_x0041_', 'Đã tính', '2', '', 'TRUE', '#REF!', 'xy'],
        covered: new Map(),
      },
    ])
  })

  const formats = [
    'General',
    'dd/mm/yyyy',
    'mm/yyyy',
    '[$-42A]"ngày" d "tháng" m "năm" yyyy',
    'h:mm',
    '0%',
    '0000000000',
    '#,##0.00 "đồng"',
    'dd/mm/yyyy hh:mm',
    'yyyy',
  ]
  const styles = `<styleSheet><numFmts>${formats
    .map(
      (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
    )
    .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[
    0,
    14,
    17,
    22,
    ...formats.map((_code, index) => 164 + index),
  ]
    .map((id) => `<xf numFmtId="${id}"/>`)
    .join('')}</cellXfs></styleSheet>`
  const valueOf = async (value: string, style: number, workbookPr = '') =>
    (
      await rowsOf(`<sheetData><row><c s="${style}"><v>${value}</v></c></row></sheetData>`, {
        styles,
        workbookPr,
      })
    )[0]!.cells[0]

  it.each([
    ['1', 0, '1'],
    ['1.0', 0, '1'],
    ['0.10000000000000001', 0, '0.1'],
    ['45677', 1, '20/01/2025'],
    ['45658', 2, '01/2025'],
    ['45677.75', 3, '20/01/2025 18:00'],
    ['45677', 4, '45677'],
    ['45677.999999999', 5, '21/01/2025'],
    ['45658', 6, '01/2025'],
    ['45677', 7, '20/01/2025'],
    ['0.3125', 8, '07:30'],
    ['0.8', 9, '80%'],
    ['0.57', 9, '57%'],
    ['100109106', 10, '0100109106'],
    ['1234.5', 11, '1234.5'],
    ['45677.5', 12, '20/01/2025 12:00'],
    ['45677', 13, '2025'],
    ['60', 1, '29/02/1900'],
    ['61', 1, '01/03/1900'],
    ['1', 1, '01/01/1900'],
    ['-5', 1, '-5'],
    ['1e300', 1, '1e+300'],
    ['abc', 1, 'abc'],
    ['45677', 99, '45677'],
  ])('show %s in format %s as %s', async (value, style, shown) => {
    expect(await valueOf(value, style)).toBe(shown)
  })

  it('count days from 1904 where the workbook does', async () => {
    expect(await valueOf('44215', 1, '<workbookPr date1904="1"/>')).toBe('20/01/2025')
  })

  it('hold ISO dates of newer programs', async () => {
    const [row] = await rowsOf('<sheetData><row><c t="d"><v>2025-01-20T00:00:00</v></c></row></sheetData>')
    expect(row!.cells).toEqual(['20/01/2025'])
  })
})

describe('merged cells', () => {
  it('keep their text at the top left and tell the rows below which text covers them', async () => {
    const xml =
      sheetData([
        ['STT', 'Nội dung', 'Sản phẩm', 'Chủ trì', 'Thời gian', 'Ghi chú'],
        ['1', 'Đề án', 'Kế hoạch', 'Sở Y tế', 'Năm 2025', 'Đã hoàn thành'],
        ['', '', 'Phiếu khảo sát', '', '', ''],
        ['', '', 'Báo cáo', '', 'Quý I', ''],
        ['2', 'Khác', 'Báo cáo', 'Sở Nội vụ', '', ''],
      ]) +
      '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="D2:D4"/><mergeCell ref="E2:E4"/><mergeCell ref="F2:G4"/><mergeCell ref="B5:C5"/></mergeCells>'
    const opened = await openTables({ bytes: zipOf(xlsxParts({ sheets: [{ name: 'S', xml }] })) })
    const [table] = await findTaskTables(opened)
    const read: string[][] = []
    for await (const row of table!.rows())
      read.push(
        (['stt', 'lead', 'deadline', 'note'] as const).map((role) => cellOf(row, table!.recognised, role)),
      )
    expect(read).toEqual([
      ['1', 'Sở Y tế', 'Năm 2025', 'Đã hoàn thành'],
      ['', '', 'Năm 2025', 'Đã hoàn thành'],
      ['', '', 'Quý I', 'Đã hoàn thành'],
      ['2', 'Sở Nội vụ', '', ''],
    ])
  })
})

describe('sheets of hostile size', () => {
  it('may merge all columns over all rows, and hold a cell of a million characters', async () => {
    const long = 'Nghị quyết '.repeat(90_000)
    const columns = Array.from({ length: 600 }, (_none, index) => columnName(index))
    const merges = columns.map((name) => `<mergeCell ref="${name}1:${name}1048576"/>`).join('')
    const xml = sheetData([[long], ...Array.from({ length: 5000 }, () => ['', 'x'])])
    const rows = await rowsOf(`${xml}<mergeCells>${merges}</mergeCells>`)
    expect(rows).toHaveLength(5001)
    expect(rows.at(-1)!.covered.get(0)).toBe(long)
    expect(rows.at(-1)!.covered.get(599)).toBe('')
    expect(rows.at(-1)!.covered.get(600)).toBeUndefined()
  })
})

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

describe('sheets', () => {
  it('come in order with their names; rows keep the numbers of the sheet', async () => {
    const xml =
      '<sheetData><row r="5"><c r="B5"><v>7</v></c></row><row><c><v>8</v></c></row><row r="9"/></sheetData>'
    expect(
      await sheets({
        sheets: [
          { name: 'Tháng 1', xml },
          { name: 'Ẩn', state: 'hidden', xml: '<sheetData/>' },
          { name: 'Ẩn hẳn', state: 'veryHidden', xml: '' },
        ],
      }),
    ).toEqual([
      {
        name: 'Tháng 1',
        hidden: false,
        rows: [
          { number: 5, cells: ['', '7'], covered: new Map() },
          { number: 6, cells: ['8'], covered: new Map() },
        ],
      },
      { name: 'Ẩn', hidden: true, rows: [] },
      { name: 'Ẩn hẳn', hidden: true, rows: [] },
    ])
  })

  const headed = sheetData([
    ['TT', 'Nhiệm vụ', 'Chủ trì'],
    ['1', 'Việc', 'Sở'],
  ])

  it('with the headings of tasks are picked, hidden ones only where no other has them', async () => {
    const names = async (list: WorkbookParts['sheets']) =>
      (await findTaskTables(await openTables({ bytes: zipOf(xlsxParts({ sheets: list })) }))).map(
        ({ table }) => table.name,
      )
    const cover = { name: 'Bìa', xml: sheetData([['Kế hoạch năm 2025']]) }
    expect(
      await names([cover, { name: 'A', xml: headed }, { name: 'B', state: 'hidden', xml: headed }]),
    ).toEqual(['A'])
    expect(await names([cover, { name: 'B', state: 'hidden', xml: headed }])).toEqual(['B'])
    await expect(names([cover])).rejects.toMatchObject({
      code: 'file-not-a-table',
      details: { seen: ['Kế hoạch năm 2025'] },
    })
  })

  it('of a workbook with macros are read, the macros not', async () => {
    const extra = [{ name: 'xl/vbaProject.bin', content: 'Sub AutoOpen()' }]
    expect((await sheets({ sheets: [{ name: 'S', xml: headed }], extra }))[0]!.rows).toHaveLength(2)
  })

  it('of 20,000 rows are read in order', async () => {
    const rows = await rowsOf(
      sheetData(Array.from({ length: 20_000 }, (_none, index) => [String(index), 'Rà soát'])),
    )
    expect(rows).toHaveLength(20_000)
    expect(rows.every(({ number, cells }) => cells[0] === String(number - 1))).toBe(true)
  })
})
