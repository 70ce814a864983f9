import { openTables } from '../tables/index.js'
import { openZip } from '../tables/zip-archive.js'

const limits = { maxUnpackedBytes: 500_000_000, maxEntries: 100 } as Parameters<typeof openZip>[1]

/** The text of one part of a written file. */
export async function partOf(file: Buffer, part: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await openZip(file, limits)).read(part)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Every row of every table, read back by the reader that imports what officials send. */
export async function rowsOf(file: Buffer): Promise<string[][][]> {
  const { tables } = await openTables({ bytes: file })
  const read: string[][][] = []
  for (const table of tables) {
    const rows: string[][] = []
    for await (const row of table.rows()) rows.push([...row.cells])
    read.push(rows)
  }
  return read
}

export interface WrittenParagraph {
  readonly text: string
  /** Half points. */
  readonly size: number
  readonly bold: boolean
  readonly italics: boolean
  /** Paragraph properties as XML. */
  readonly properties: string
}

/** The paragraphs of a Word document that hold text, those of tables too, in their order. */
export async function paragraphsOf(file: Buffer): Promise<WrittenParagraph[]> {
  const xml = await partOf(file, 'word/document.xml')
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].flatMap(([, content]) => {
    const text = [...content!.matchAll(/<w:t(?: [^>]*)?>(.*?)<\/w:t>/gs)].map(([, part]) => part).join('')
    if (text === '') return []
    const size = Number(/<w:sz w:val="(\d+)"/.exec(content!)![1])
    const properties = /<w:pPr>(.*?)<\/w:pPr>/s.exec(content!)?.[1] ?? ''
    return [
      { text, size, bold: content!.includes('<w:b/>'), italics: content!.includes('<w:i/>'), properties },
    ]
  })
}

/** Runs as on another day. The libraries ask the clock for stamps; nothing else here may. */
export async function onAnotherDay<T>(work: () => Promise<T>): Promise<T> {
  const now = Date.now
  const RealDate = Date
  class LaterDate extends RealDate {
    constructor(...parts: [] | [string | number | Date]) {
      if (parts.length === 0) super(now() + 400 * 86_400_000)
      else super(parts[0])
    }
    static override now = () => now() + 400 * 86_400_000
  }
  globalThis.Date = LaterDate as DateConstructor
  try {
    return await work()
  } finally {
    globalThis.Date = RealDate
  }
}
