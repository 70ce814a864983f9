import type { SpanContent } from './span-rows.js'
import { cellsOf, cellText, type Cell } from './cells.js'
import { isCounted, SpanSums, type SumRow } from './span-sums.js'

/** A span as its table holds it. */
export interface SpanRow extends SpanContent {
  readonly key: string
  readonly known_from: string
  known_until: string | null
  readonly known_at: string
}

interface Known {
  readonly text: string
  readonly row: SpanRow
  /** Whether the table has it already. */
  readonly kept: boolean
}

/**
 * What is known of the dossiers of a page, event by event. A span that stays as it is stays known; only what changes is
 * closed and opened, at the position of the event that changed it, wherever pages end.
 */
export class KnownSpans {
  readonly #known = new Map<string, readonly Known[]>()
  readonly #before = new Map<string, readonly Known[]>()
  readonly #opened: SpanRow[] = []
  readonly #closed: SpanRow[] = []
  readonly #cells = new Map<string, Cell>()

  constructor(kept: readonly SpanRow[]) {
    for (const row of kept) {
      const known = { text: textOf(row), row, kept: true }
      this.#before.set(row.key, [...(this.#before.get(row.key) ?? []), known])
    }
    for (const [key, known] of this.#before) this.#known.set(key, known)
  }

  take(key: string, spans: readonly SpanContent[], position: bigint, at: Date): void {
    const before = new Map((this.#known.get(key) ?? []).map((known) => [known.text, known]))
    const now = spans.map((span): Known => {
      const text = textOf(span)
      const known = before.get(text)
      before.delete(text)
      return known ?? { text, row: this.#open({ ...span, ...knownFrom(key, position, at) }), kept: false }
    })
    for (const { row, kept } of before.values()) {
      row.known_until = String(position)
      if (kept) this.#closed.push(row)
    }
    this.#known.set(key, now)
  }

  get opened(): readonly SpanRow[] {
    return this.#opened
  }

  get closed(): readonly SpanRow[] {
    return this.#closed
  }

  /** All that spans opened count in, in the order of the log: also of those that the same page closes. */
  get cells(): readonly Cell[] {
    return [...this.#cells.values()]
  }

  sums(): SumRow[] {
    const sums = new SpanSums()
    for (const known of this.#before.values())
      for (const { row } of known) if (row.known_until !== null) sums.add(row, -1)
    for (const known of this.#known.values()) for (const { row, kept } of known) if (!kept) sums.add(row, 1)
    return sums.rows()
  }

  #open(row: SpanRow): SpanRow {
    this.#opened.push(row)
    if (isCounted(row)) for (const cell of cellsOf(row)) this.#cells.set(cellText(cell), cell)
    return row
  }
}

function knownFrom(key: string, position: bigint, at: Date) {
  return { key, known_from: String(position), known_until: null, known_at: at.toISOString() }
}

const ofTheTable = new Set(['key', 'known_from', 'known_until', 'known_at'])

/** Whatever order its members come in. */
function textOf(span: SpanContent): string {
  const members = Object.entries(span).filter(([name]) => !ofTheTable.has(name))
  return JSON.stringify(members.sort(([a], [b]) => (a < b ? -1 : 1)))
}
