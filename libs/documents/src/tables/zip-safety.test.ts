import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { RoviecError } from '#kernel'
import { openTables, type TableLimits } from '#documents'
import { docxParts, sheetData, xlsxParts, zipOf, type Part } from './office-file.test-support.js'

async function readAll(bytes: Uint8Array, limits?: Partial<TableLimits>): Promise<number> {
  const { tables } = await openTables({ bytes }, limits)
  let rows = 0
  for (const table of tables) for await (const _row of table.rows()) rows += 1
  return rows
}

const small = xlsxParts({
  sheets: [
    {
      name: 'S',
      xml: sheetData([
        ['TT', 'Nhiệm vụ', 'Chủ trì'],
        ['1', 'a', 'b'],
      ]),
    },
  ],
})
const changed = (change: Partial<Part> & { name: string }) =>
  zipOf(small.map((part) => (part.name === change.name ? { ...part, ...change } : part)))
const sheet = 'xl/worksheets/s0.xml'

describe('an archive made to hurt', () => {
  it('is refused when a part unpacks to far more than it takes', async () => {
    const content = `<worksheet>${' '.repeat(20_000_000)}</worksheet>`
    await expect(readAll(changed({ name: sheet, content }))).rejects.toMatchObject({ code: 'zip-bomb' })
  })

  it('is refused when a part is larger than allowed, or than it says', async () => {
    await expect(readAll(zipOf(small), { maxUnpackedBytes: 100 })).rejects.toMatchObject({ code: 'zip-bomb' })
    await expect(readAll(changed({ name: sheet, claimedSize: 40 }))).rejects.toMatchObject({
      code: 'zip-bomb',
    })
  })

  it('is refused when it has too many parts', async () => {
    const parts = Array.from({ length: 30 }, (_none, index) => ({ name: `p${index}`, content: '' }))
    await expect(readAll(zipOf([...small, ...parts]), { maxEntries: 20 })).rejects.toMatchObject({
      code: 'zip-bomb',
    })
  })

  it('is refused with a document type, which could define entities', async () => {
    const content = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    await expect(readAll(changed({ name: sheet, content }))).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('is refused with two parts of one name', async () => {
    await expect(readAll(zipOf([...small, small[6]!]))).rejects.toMatchObject({ code: 'file-damaged' })
  })
})

describe('an archive that cannot be read', () => {
  it.each([
    ['encrypted', changed({ name: 'xl/workbook.xml', encrypted: true }), 'file-encrypted'],
    ['without workbook', zipOf(small.slice(0, 2)), 'file-damaged'],
    ['not of Office', zipOf([{ name: 'a.txt', content: 'x' }]), 'file-format-unknown'],
    [
      'with broken XML',
      changed({ name: sheet, content: '<worksheet><sheetData></worksheet>' }),
      'file-damaged',
    ],
    [
      'with a missing shared string',
      changed({
        name: sheet,
        content: '<worksheet><sheetData><row><c t="s"><v>9</v></c></row></sheetData></worksheet>',
      }),
      'file-damaged',
    ],
    ['in the format before 2007', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'file-format-unknown'],
    [
      'protected by a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'file-encrypted',
    ],
  ])('%s', async (_what, bytes, code) => {
    await expect(readAll(bytes)).rejects.toMatchObject({ code })
  })

  it('because it is cut off at any byte after its signature is refused with a reason', async () => {
    for (const whole of [zipOf(small), zipOf(docxParts('<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'))])
      for (let length = 4; length < whole.length; length++) {
        const error = await readAll(whole.subarray(0, length)).catch((caught: unknown) => caught)
        expect(error instanceof RoviecError ? 'refused' : `${length}: ${String(error)}`).toBe('refused')
      }
  })

  it('because bytes changed is refused with a reason, or the change did no harm', async () => {
    const whole = zipOf(small)
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of list) bytes[at] = value
        const result = await readAll(bytes).catch((error: unknown) => error)
        expect(typeof result === 'number' || result instanceof RoviecError).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('because of strange XML is refused with a reason, or read', async () => {
    const piece = fc.constantFrom(
      '<w:tbl>',
      '</w:tbl>',
      '<w:tr>',
      '</w:tr>',
      '<w:tc>',
      '</w:tc>',
      '<w:p>',
      '</w:p>',
      '<w:t>',
      '</w:t>',
      'x',
      '<w:vMerge/>',
      '<w:gridSpan w:val="-1"/>',
      '<w:gridSpan w:val="3"/>',
      '<row r="0">',
      '</row>',
      '<c r="ZZZ9">',
      '</c>',
      '<v>',
      '</v>',
      '1',
      '<mergeCell ref="A1:ZZ99999"/>',
      '<mergeCell ref=":"/>',
      '&amp;',
      '&x;',
      '<rPh>',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const xml = pieces.join('')
        for (const bytes of [
          zipOf(docxParts(xml)),
          changed({ name: sheet, content: `<worksheet>${xml}</worksheet>` }),
        ]) {
          const result = await readAll(bytes).catch((error: unknown) => error)
          expect(typeof result === 'number' || result instanceof RoviecError).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
