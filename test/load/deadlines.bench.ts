import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { parseDeadline } from '#deadlines'
import { compare, throughput } from './measure.js'

export interface DeadlinesBenchOptions {
  readonly seconds: number
  readonly rounds: number
}

const tables = ['phu-luc-2025.csv', 'phu-luc-2021-2025.csv']
const deadlineColumn = 5

/** Every deadline cell of the two real tables, read over and over: expressions per second on one core. */
export async function deadlinesBench({ seconds, rounds }: DeadlinesBenchOptions): Promise<void> {
  const cells = tables.flatMap((table) =>
    (parse(readFileSync(new URL(`../../../seeds/${table}`, import.meta.url)), { bom: true }) as string[][])
      .slice(1)
      .flatMap((row) => row[deadlineColumn] || []),
  )
  const each = (read: (cell: string) => unknown) => async (): Promise<number> => {
    const runs = await throughput(1, seconds, () => {
      for (const cell of cells) read(cell)
      return Promise.resolve()
    })
    return runs * cells.length
  }
  await compare(`Deadlines: ${cells.length} cells of the real tables`, rounds, [
    { name: 'floor: compose and split into words', run: each((cell) => cell.normalize('NFC').split(/\s+/)) },
    { name: 'parseDeadline', run: each((cell) => parseDeadline(cell, { year: 2025 })) },
  ])
}
