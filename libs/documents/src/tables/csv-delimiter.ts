import { rolesInRow } from './headings.js'

export type Delimiter = ',' | ';' | '\t' | '|'
const delimiters: readonly Delimiter[] = [',', ';', '\t', '|']

/** Records looked at; enough to pass the title lines above a table. */
const maxRecords = 50

/**
 * The delimiter under which a row of the sample reads as headings; failing that, the one under which most records
 * have the same number of cells. Quoted text is never split. Excel's own first line `sep=;` decides.
 */
export function detectDelimiter(sample: string): Delimiter {
  const told = /^sep=(.)\r?\n/.exec(sample)?.[1]
  const known = delimiters.find((each) => each === told)
  if (known !== undefined) return known
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const score = scoreOf(splitSample(sample, delimiter))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function scoreOf(records: readonly (readonly string[])[]): number {
  const roles = Math.max(0, ...records.map((cells) => rolesInRow(cells).size))
  const counts = new Map<number, number>()
  for (const { length } of records) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  let consistency = 0
  for (const [columns, times] of counts)
    consistency = Math.max(consistency, times / records.length + Math.min(columns, 50) / 1000)
  // A quote in the middle of a cell: the cell was cut at a wrong place.
  const stray = records.some((cells) => cells.some((cell) => cell.includes(strayQuote)))
  return (roles >= 2 ? roles * 10 : 0) + consistency - (stray ? 0.5 : 0)
}

/** Stands for a quote that neither opens nor closes nor is doubled. */
const strayQuote = '\u0000'

/** A rough CSV reader for the sample: its last record may be cut off. */
function splitSample(sample: string, delimiter: Delimiter): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < sample.length && records.length < maxRecords; at++) {
    const char = sample[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (sample[at + 1] === '"') cell += sample[at++]
      else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === delimiter) {
      record.push(cell)
      cell = ''
    } else if (char === '\n' || char === '\r') {
      if (cell !== '' || record.length > 0) records.push([...record, cell])
      record = []
      cell = ''
    } else cell += char === '"' ? strayQuote : char
  }
  if (records.length < maxRecords && (cell !== '' || record.length > 0)) records.push([...record, cell])
  return records
}
