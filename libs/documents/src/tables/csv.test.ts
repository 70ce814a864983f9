import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { RoviecError } from '#kernel'
import { openTables, type TableLimits, type TableRow } from '#documents'

async function rowsOf(content: string | Uint8Array, limits?: Partial<TableLimits>): Promise<TableRow[]> {
  const opened = await openTables({ bytes: Buffer.from(content as string) }, limits)
  expect(opened.format).toBe('csv')
  const rows: TableRow[] = []
  for await (const row of opened.tables[0]!.rows()) rows.push(row)
  return rows
}

const cellsOf = async (content: string | Uint8Array) => (await rowsOf(content)).map(({ cells }) => cells)

const table = [
  ['STT', 'Nhiệm vụ', 'Sản phẩm', 'Thời gian'],
  ['1', 'Rà soát, sửa đổi; bổ sung', '- Kế hoạch\n- Báo cáo', 'Quý I|II'],
  ['', 'Nói "được", làm "được"', '', ''],
]

function written(delimiter: string, lineEnd = '\n', rows: readonly (readonly string[])[] = table): string {
  const quote = (cell: string) => (/[",;|\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return rows.map((row) => row.map(quote).join(delimiter) + lineEnd).join('')
}

describe('delimiters', () => {
  it.each([',', ';', '\t', '|'])('%j is detected', async (delimiter) => {
    expect(await cellsOf(written(delimiter))).toEqual(table)
  })

  it('is that of the headings, not of the sentences above and below', async () => {
    const text = 'Phụ lục, kèm theo, Kế hoạch, số 5\nSTT;Nội dung;Chủ trì\n1;Họp, bàn, quyết;Sở A, B, C\n'
    expect((await cellsOf(text))[2]).toEqual(['1', 'Họp, bàn, quyết', 'Sở A, B, C'])
  })

  it('is what the first line says, sep=', async () => {
    expect(await rowsOf('sep=|\na,b|c\n')).toMatchObject([{ number: 2, cells: ['a,b', 'c'] }])
  })
})

describe('lines', () => {
  it.each(['\n', '\r\n', '\r'])('end with %j', async (lineEnd) => {
    expect(await cellsOf(written(',', lineEnd))).toEqual(table)
  })

  it('may end in several ways and be of several lengths', async () => {
    expect(await cellsOf('a,b\r\nc\nd,e,f\rg')).toEqual([['a', 'b'], ['c'], ['d', 'e', 'f'], ['g']])
  })

  it('are counted with the blank ones, which are left out', async () => {
    expect((await rowsOf('a,b\n\n,,\n"c\nd",e\nf,g')).map(({ number }) => number)).toEqual([1, 4, 5])
  })
})

describe('encodings', () => {
  const text = written(',')
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE', Buffer.from(text, 'utf16le')],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE', Buffer.from(text, 'utf16le').swap16()],
    ['UTF-16 BE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', async (_name, bytes) => {
    expect(await cellsOf(bytes)).toEqual(table)
  })

  it('Windows-1258, with tone marks composed', async () => {
    // "Sở Tư pháp; Quyết định": ơ 0xF5, hook 0xD2, ư 0xFD, á 0xE1, ê 0xEA, acute 0xEC, đ 0xF0, dot below 0xF2.
    const word = Buffer.from(
      '53f5d22054fd207068e1702c5175796aec'.replace('6aec', 'eaec74') + '20f069f26e68',
      'hex',
    )
    expect(await cellsOf(word)).toEqual([['Sở Tư pháp', 'Quyết định']])
  })

  it('is judged by the whole file: one early guess would be wrong', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(30_000)), Buffer.from([0x53, 0xf5, 0xd2, 0x0a])])
    expect((await cellsOf(bytes)).at(-1)).toEqual(['Sở'])
  })

  it('decomposed text is left as it was written', async () => {
    expect(await cellsOf('Sở,b'.normalize('NFD'))).toEqual([['Sở'.normalize('NFD'), 'b']])
  })
})

describe('limits and damage', () => {
  it.each([
    ['nothing', '', 'file-empty'],
    ['white space', ' \n\n ', 'file-empty'],
    ['a quote never closed', 'a,b\nc,"d\ne,f\n', 'file-damaged'],
    ['bytes that are no text', '\u0000\u0001\u0002abc', 'file-format-unknown'],
    ['a PDF', '%PDF-1.7 …', 'file-format-unknown'],
    ['a web page named .xls', '\ufeff <html><table>', 'file-format-unknown'],
  ])('%s', async (_what, content, code) => {
    await expect(rowsOf(content)).rejects.toMatchObject({ code })
  })

  it('tells the record after which the quote is open, in Vietnamese', async () => {
    await expect(rowsOf('a,b\nc,"d\ne,f\n')).rejects.toMatchObject({
      details: { record: 2 },
      text: { vi: expect.stringContaining('Từ dòng 2') },
    })
  })

  it('refuses a file over the limit before reading it', async () => {
    await expect(openTables({ bytes: Buffer.alloc(101) }, { maxFileBytes: 100 })).rejects.toMatchObject({
      code: 'file-too-large',
    })
    await expect(openTables({ bytes: Buffer.alloc(100 * 1024 * 1024) })).rejects.toMatchObject({
      code: 'file-too-large',
      text: { vi: expect.stringContaining('100 MB, vượt giới hạn 50 MB') },
    })
  })

  it('refuses text in too many columns, and a record that never ends', async () => {
    await expect(rowsOf(`${','.repeat(2000)}x`)).rejects.toMatchObject({ code: 'file-too-large' })
    await expect(rowsOf(`"${'x'.repeat(5000)}"`, { maxRecordBytes: 1000 })).rejects.toMatchObject({
      code: 'file-damaged',
    })
  })

  it('takes a cell of a million characters', async () => {
    const cell = 'Nghị quyết; '.repeat(90_000)
    expect((await cellsOf(`a,"${cell}"\n1,2`))[0]).toEqual(['a', cell])
  })
})

describe('a file on disk', () => {
  it.each(['/nowhere/at/all.csv', tmpdir()])('%s that cannot be opened is said so', async (path) => {
    await expect(openTables({ path })).rejects.toMatchObject({ code: 'file-not-found', kind: 'not-found' })
  })

  it('is read as far as it is asked for, and again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'roviec-'))
    try {
      const path = join(directory, 'large.csv')
      writeFileSync(path, 'STT,Nội dung,Chủ trì\n' + '1,Rà soát,Sở Tư pháp\n'.repeat(100_000))
      const [large] = (await openTables({ path })).tables
      for await (const row of large!.rows()) if (row.number === 3) break
      let last: TableRow | undefined
      for await (const row of large!.rows()) last = row
      expect(last).toMatchObject({ number: 100_001, cells: ['1', 'Rà soát', 'Sở Tư pháp'] })
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

describe('any bytes', () => {
  it('are read or refused with a reason', async () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', 'ế', ' ', '\t', '|', '='),
    })
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1 }),
      text.map((each) => new TextEncoder().encode(`x${each}`)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const result = await rowsOf(content).catch((error: unknown) => error)
        expect(Array.isArray(result) || result instanceof RoviecError).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('of a table written as CSV come back', async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', 'a', 'ế', ' ', '\t', '|') })
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(rows, async (body) => {
        const all = [['STT', 'Nội dung', 'Chủ trì'], ...body]
        const filled = all.filter((row) => row.some((each) => each.trim() !== ''))
        expect(await cellsOf(written(';', '\r\n', all))).toEqual(filled)
      }),
      { numRuns: 300 },
    )
  })
})
