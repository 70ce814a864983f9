import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { detectDelimiter, type Delimiter } from './csv-delimiter.js'
import { decodeText, detectEncoding, type TextEncoding } from './decode-text.js'
import type { FileBytes } from './file-bytes.js'
import { nothingCovered, type Table, type TableLimits, type TableRow } from './table.js'
import { fileDamaged, fileEmpty, quoteNotClosed, tableTooWide } from './table-errors.js'

const sampleLength = 64 * 1024

/** A CSV file as one table; rows are read from the file as they are asked for. */
export async function openCsv(file: FileBytes, limits: TableLimits): Promise<Table> {
  const encoding = await detectEncoding(file)
  let sample = ''
  for await (const text of decodeText(file, encoding)) {
    sample += text
    if (sample.length >= sampleLength) break
  }
  if (sample.trim() === '') throw fileEmpty()
  const dialect = { encoding, delimiter: detectDelimiter(sample), limits }
  return { name: null, hidden: false, rows: () => readRows(file, dialect) }
}

interface Dialect {
  readonly encoding: TextEncoding
  readonly delimiter: Delimiter
  readonly limits: TableLimits
}

async function* readRows(file: FileBytes, dialect: Dialect): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter: dialect.delimiter,
    // All three at once: one file may mix the line ends of several programs.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: dialect.limits.maxRecordBytes,
  })
  const source = Readable.from(decodeText(file, dialect.encoding), { objectMode: true })
  // A failing source must reach the reader; a reader that stops must close the source.
  source.on('error', (error) => parser.destroy(error))
  parser.on('close', () => source.destroy())
  let number = 0
  try {
    for await (const record of source.pipe(parser) as AsyncIterable<string[]>) {
      number += 1
      const row = rowOf(record, number, dialect)
      if (row !== null) yield row
    }
  } catch (error) {
    throw explained(error)
  }
}

function rowOf(record: readonly string[], number: number, { encoding, limits }: Dialect): TableRow | null {
  const filled = record.findLastIndex((cell) => cell.trim() !== '')
  if (filled === -1) return null
  if (number === 1 && /^sep=.?$/.test(record.join(''))) return null
  if (filled >= limits.maxColumns) throw tableTooWide(filled + 1, limits.maxColumns)
  // Windows-1258 writes most tone marks after their letter: composed here, as people type them.
  const cells = encoding === 'windows-1258' ? record.map((cell) => cell.normalize('NFC')) : record
  return { number, cells: cells.slice(0, limits.maxColumns), covered: nothingCovered }
}

function explained(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE')
    return quoteNotClosed(Number(error.records) + 1, error)
  return fileDamaged(error.code, error)
}
