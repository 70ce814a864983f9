import { relationsOf } from './office-package.js'
import { fileDamaged } from './table-errors.js'
import { attribute, visitXml } from './xml-reader.js'
import { numberFormatOf, plainFormat, type NumberFormat } from './xlsx-number-format.js'
import type { ZipArchive } from './zip-archive.js'

interface SheetEntry {
  readonly name: string
  readonly hidden: boolean
  readonly part: string
}

/** What the cells of every sheet refer to. */
export interface CellContext {
  readonly sharedStrings: readonly string[]
  readonly formats: readonly NumberFormat[]
  readonly from1904: boolean
}

export interface Workbook extends CellContext {
  readonly sheets: readonly SheetEntry[]
}

export async function readWorkbook(archive: ZipArchive, part: string): Promise<Workbook> {
  const listed: { name: string; hidden: boolean; id: string }[] = []
  let from1904 = false
  await visitXml(part, archive.read(part), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      listed.push({
        name: attribute(attributes, 'name') ?? '',
        hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
        id: attribute(attributes, 'id') ?? '',
      })
    },
  })
  const relations = await relationsOf(archive, part)
  const byType = (type: string) => relations.find((relation) => relation.type === type)?.target ?? null
  const sheets: SheetEntry[] = []
  for (const { id, ...sheet } of listed) {
    const relation = relations.find((each) => each.id === id)
    // Chart sheets and dialogs have no cells.
    if (relation?.type === 'worksheet') sheets.push({ ...sheet, part: relation.target })
  }
  if (sheets.length === 0) throw fileDamaged(part)
  const sharedStrings = await readSharedStrings(archive, byType('sharedStrings'))
  return { sheets, sharedStrings, formats: await readFormats(archive, byType('styles')), from1904 }
}

async function readSharedStrings(archive: ZipArchive, part: string | null): Promise<string[]> {
  const strings: string[] = []
  if (part === null || !archive.has(part)) return strings
  let text = ''
  let reading = false
  let phonetic = 0
  await visitXml(part, archive.read(part), {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic += 1
      reading = name === 't' && phonetic === 0
    },
    text(piece) {
      if (reading) text += piece
    },
    close(name) {
      if (name === 't') reading = false
      if (name === 'rPh') phonetic -= 1
      if (name === 'si') strings.push(unescapeText(text))
    },
  })
  return strings
}

async function readFormats(archive: ZipArchive, part: string | null): Promise<NumberFormat[]> {
  const formats: NumberFormat[] = []
  if (part === null || !archive.has(part)) return formats
  const custom = new Map<number, string>()
  let inCellFormats = false
  await visitXml(part, archive.read(part), {
    open(name, attributes) {
      if (name === 'numFmt')
        custom.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '')
      if (name === 'cellXfs') inCellFormats = true
      if (name !== 'xf' || !inCellFormats) return
      const id = Number(attribute(attributes, 'numFmtId') ?? 0)
      formats.push(id === 0 ? plainFormat : numberFormatOf(id, custom))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return formats
}

/** Characters that XML cannot carry are written `_x000D_` (ECMA-376, 22.9.2.19); line ends become "\n". */
export function unescapeText(text: string): string {
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, '\n')
}
