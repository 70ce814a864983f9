import { crc32, deflateRawSync } from 'node:zlib'

export interface Part {
  readonly name: string
  readonly content: string | Buffer
  /** Stored without compression. */
  readonly stored?: boolean
  /** Lies about the unpacked size. */
  readonly claimedSize?: number
  readonly encrypted?: boolean
}

/** A zip file as Office writes it, small enough to read in one sitting (PKWARE APPNOTE 4.3). */
export function zipOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const { header, body } = packed(part)
    const name = Buffer.from(part.name)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), header, Buffer.from([0, 0]), name, body])
    const entry = Buffer.alloc(46 + name.length)
    entry.write('504b01021400', 'hex')
    header.copy(entry, 6)
    entry.writeUInt32LE(offset, 42)
    name.copy(entry, 46)
    bodies.push(local)
    directory.push(entry)
    offset += local.length
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

/** The 24 bytes that local header and directory share: version to length of the name. */
function packed(part: Part): { header: Buffer; body: Buffer } {
  const content = Buffer.from(part.content)
  const body = part.stored === true ? content : deflateRawSync(content)
  const header = Buffer.alloc(24)
  header.writeUInt16LE(20, 0)
  header.writeUInt16LE(part.encrypted === true ? 0x801 : 0x800, 2)
  header.writeUInt16LE(part.stored === true ? 0 : 8, 4)
  header.writeUInt32LE(crc32(content), 10)
  header.writeUInt32LE(body.length, 14)
  header.writeUInt32LE(part.claimedSize ?? content.length, 18)
  header.writeUInt16LE(Buffer.from(part.name).length, 22)
  return { header, body }
}

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function relations(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const each = list.map(
    ([id, type, to]) => `<Relationship Id="${id}" Type="${relation}/${type}" Target="${to}"/>`,
  )
  return `<Relationships>${each.join('')}</Relationships>`
}

interface SheetParts {
  readonly name: string
  readonly state?: string
  /** Content of `<worksheet>`: `<sheetData>…</sheetData><mergeCells>…`. */
  readonly xml: string
}

export interface WorkbookParts {
  readonly sheets: readonly SheetParts[]
  readonly sharedStrings?: string
  readonly styles?: string
  readonly workbookPr?: string
  readonly extra?: readonly Part[]
}

export function xlsxParts(workbook: WorkbookParts): Part[] {
  const sheets = workbook.sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 7}" ${state === undefined ? '' : `state="${state}" `}r:id="rId${index}"/>`,
  )
  return [
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `<?xml version="1.0"?><workbook xmlns:r="${relation}">${workbook.workbookPr ?? ''}<sheets>${sheets.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ...workbook.sheets.map(
          (_sheet, index) => [`rId${index}`, 'worksheet', `worksheets/s${index}.xml`] as const,
        ),
        ['rIdS', 'sharedStrings', 'sharedStrings.xml'],
        ['rIdF', 'styles', '/xl/styles.xml'],
      ]),
    },
    { name: 'xl/sharedStrings.xml', content: workbook.sharedStrings ?? '<sst/>' },
    { name: 'xl/styles.xml', content: workbook.styles ?? '<styleSheet/>' },
    ...workbook.sheets.map(({ xml }, index) => ({
      name: `xl/worksheets/s${index}.xml`,
      content: `<?xml version="1.0" encoding="UTF-8"?><worksheet>${xml}</worksheet>`,
    })),
    ...(workbook.extra ?? []),
  ]
}

/** Rows of plain text as `<sheetData>`. */
export function sheetData(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    row.map((text) => `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`).join('')
  return `<sheetData>${rows.map((row, index) => `<row r="${index + 1}">${cells(row)}</row>`).join('')}</sheetData>`
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

export function docxParts(body: string): Part[] {
  return [
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'word/document.xml']]) },
    {
      name: 'word/document.xml',
      content: `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    },
  ]
}
