import { styleText } from 'node:util'

export type Align = 'left' | 'right'

export interface Column<Row> {
  readonly heading: string
  readonly align?: Align
  /** Longer text is broken over lines of the same row. */
  readonly width?: number
  readonly style?: (row: Row) => Parameters<typeof styleText>[0] | null
  value(row: Row): string | number | null
}

export interface Terminal {
  readonly colour: boolean
  write(text: string): void
}

/** Standard output: in colour for a person at a terminal, plain for a pipe or with NO_COLOR. */
export const terminal: Terminal = {
  get colour() {
    return process.stdout.isTTY && process.env['NO_COLOR'] === undefined
  },
  write: (text) => void process.stdout.write(text),
}

/** Rows under headings, columns two spaces apart; Vietnamese letters count one place each once composed. */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  colour: boolean,
): string {
  const cells = rows.map((row) => columns.map((column) => linesOf(column.value(row), column.width)))
  const widths = columns.map((column, index) =>
    Math.max(column.heading.length, ...cells.flatMap((row) => row[index]!.map((line) => line.length))),
  )
  const head = columns.map((column, index) => pad(column.heading, widths[index]!, column.align)).join('  ')
  const out = [paint(head.trimEnd(), 'bold', colour), widths.map((width) => '─'.repeat(width)).join('  ')]
  rows.forEach((row, at) => {
    const height = Math.max(...cells[at]!.map((lines) => lines.length))
    for (let line = 0; line < height; line++) {
      const parts = columns.map((column, index) => {
        const text = pad(cells[at]![index]![line] ?? '', widths[index]!, column.align)
        const style = column.style?.(row) ?? null
        return style === null ? text : paint(text, style, colour)
      })
      out.push(parts.join('  ').trimEnd())
    }
  })
  return out.join('\n') + '\n'
}

export function paint(text: string, style: Parameters<typeof styleText>[0], colour: boolean): string {
  return colour ? styleText(style, text, { validateStream: false }) : text
}

function linesOf(value: string | number | null, width = 60): string[] {
  const words = String(value ?? '')
    .normalize('NFC')
    .split(/\s+/)
    .filter(Boolean)
  const lines = ['']
  for (const word of words) {
    const last = lines.at(-1)!
    if (last === '') lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function pad(text: string, width: number, align: Align = 'left'): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width)
}
