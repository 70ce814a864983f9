import { describe, expect, it } from '@jest/globals'
import { cellOf, findTaskTables, openTables, type TableRow } from '#documents'
import { docxParts, escapeXml, zipOf } from './office-file.test-support.js'

const p = (text: string, properties = '') =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}<w:r><w:t>${escapeXml(text)}</w:t></w:r></w:p>`
const bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
const tc = (content: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`
const tr = (...cells: string[]) =>
  `<w:tr>${cells.map((cell) => (cell.startsWith('<') ? cell : tc(p(cell)))).join('')}</w:tr>`
const tbl = (...rows: string[]) => `<w:tbl>${rows.join('')}</w:tbl>`
const open = (body: string) => openTables({ bytes: zipOf(docxParts(body)) })

async function tablesOf(body: string): Promise<TableRow[][]> {
  const opened = await open(body)
  expect(opened.format).toBe('docx')
  return Promise.all(
    opened.tables.map(async (table) => {
      const rows: TableRow[] = []
      for await (const row of table.rows()) rows.push(row)
      return rows
    }),
  )
}

const cellsOf = async (body: string) => (await tablesOf(body))[0]!.map(({ cells }) => cells)

describe('Word tables', () => {
  it('give paragraphs of a cell as lines, list items with a dash', async () => {
    const products =
      p('Kế hoạch', bullet) +
      p('Báo cáo', bullet) +
      p('') +
      p('không', '<w:numPr><w:numId w:val="0"/></w:numPr>')
    const run =
      '<w:p><w:r><w:t>Quyết</w:t></w:r><w:r><w:t xml:space="preserve"> định</w:t><w:br/><w:t>số 5</w:t><w:noBreakHyphen/><w:t>A</w:t></w:r></w:p>'
    expect(await cellsOf(tbl(tr('1', tc(products), tc(run))))).toEqual([
      ['1', '- Kế hoạch\n- Báo cáo\n\nkhông', 'Quyết định\nsố 5-A'],
    ])
  })

  it('put cells into columns through spans and left-out cells', async () => {
    const rows = await cellsOf(
      tbl(
        tr(tc(p('I. CẢI CÁCH'), '<w:gridSpan w:val="3"/>'), 'cuối'),
        `<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>${tc(p('c'))}${tc(p('d'))}</w:tr>`,
      ),
    )
    expect(rows).toEqual([
      ['I. CẢI CÁCH', '', '', 'cuối'],
      ['', '', 'c', 'd'],
    ])
  })

  it('tell which text covers a cell merged downwards', async () => {
    const start = '<w:vMerge w:val="restart"/>'
    const more = '<w:vMerge/>'
    const [rows] = await tablesOf(
      tbl(
        tr('TT', 'Nhiệm vụ', 'Sản phẩm', 'Thời gian', 'Ghi chú'),
        tr(
          tc(p('1'), start),
          tc(p('Đề án'), start),
          'Kế hoạch',
          tc(p('Năm 2025'), start),
          tc(p('Xong'), start),
        ),
        tr(
          tc(p(''), more),
          tc(p(''), more),
          'Báo cáo',
          tc(p(''), more),
          tc(p(''), '<w:vMerge w:val="continue"/>'),
        ),
        tr('2', 'Khác', 'Báo cáo', '', tc(p(''), more)),
      ),
    )
    expect(rows!.map(({ covered }) => [0, 1, 2, 3, 4].map((column) => covered.get(column) ?? ''))).toEqual([
      ['', '', '', '', ''],
      ['', '', '', '', ''],
      ['1', 'Đề án', '', 'Năm 2025', 'Xong'],
      ['', '', '', '', 'Xong'],
    ])
  })

  it('are all found: several, nested ones, none', async () => {
    const inner = tbl(tr('x', 'y'))
    expect(await tablesOf(p('a') + tbl(tr('1')) + tbl(tr(tc(p('2') + inner + p('3')))))).toMatchObject([
      [{ cells: ['1'] }],
      [{ cells: ['2\nx\ny\n3'] }],
      [{ cells: ['x', 'y'] }],
    ])
    expect(await tablesOf(p('chỉ có chữ'))).toEqual([])
    await expect(findTaskTables(await open(p('chỉ có chữ')))).rejects.toMatchObject({
      code: 'file-not-a-table',
    })
  })

  it('leave out what was deleted and the second copy of drawings', async () => {
    const tracked =
      '<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>' +
      '<w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>' +
      '<w:moveFrom><w:r><w:t>chuyển đi</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>' +
      '<mc:AlternateContent><mc:Choice><w:r><w:t>!</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>!</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>'
    expect(await cellsOf(tbl(tr(tc(tracked))))).toEqual([['mới!']])
  })

  it('skip headings repeated at the top of a page', async () => {
    const head = tr('TT', 'Nhiệm vụ', 'Chủ trì')
    const [table] = await findTaskTables(await open(tbl(head, tr('1', 'a', 'b'), head, tr('2', 'c', 'd'))))
    const titles: string[] = []
    for await (const row of table!.rows()) titles.push(cellOf(row, table!.recognised, 'title'))
    expect(titles).toEqual(['a', 'c'])
  })

  it('of absurd width or size are refused', async () => {
    const wide = tr(tc(p('a'), '<w:gridSpan w:val="99999999"/>'))
    await expect(open(tbl(wide))).rejects.toMatchObject({ code: 'file-too-large' })
    const many = tbl(tr(tc(p(''), '<w:gridSpan w:val="900"/>'), 'x').repeat(20))
    await expect(openTables({ bytes: zipOf(docxParts(many)) }, { maxCells: 10_000 })).rejects.toMatchObject({
      code: 'file-too-large',
    })
  })

  it('nested a thousand deep are read', async () => {
    const deep = '<w:tbl><w:tr><w:tc><w:p/>'.repeat(1000) + p('x') + '</w:tc></w:tr></w:tbl>'.repeat(1000)
    expect(await tablesOf(deep)).toHaveLength(4)
  })
})
