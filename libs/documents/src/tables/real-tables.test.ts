import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { cellOf, findTaskTables, openTables, parseNote, type ColumnRole, type TaskTable } from '#documents'

const seed = (name: string) => new URL(`../../../../seeds/${name}`, import.meta.url).pathname

async function taskTable(name: string): Promise<TaskTable> {
  const [table] = await findTaskTables(await openTables({ path: seed(name) }))
  return table!
}

async function column(table: TaskTable, role: ColumnRole): Promise<string[]> {
  const texts: string[] = []
  for await (const row of table.rows()) texts.push(cellOf(row, table.recognised, role))
  return texts
}

describe('phu-luc-2025.csv', () => {
  it('has its headings in the first row and 109 rows below', async () => {
    const table = await taskTable('phu-luc-2025.csv')
    expect(table.recognised.headerRow).toBe(1)
    expect([...table.recognised.columns]).toEqual([
      ['stt', 0],
      ['title', 1],
      ['product', 2],
      ['lead', 3],
      ['coordinate', 4],
      ['deadline', 5],
      ['note', 6],
    ])
    expect(table.recognised.missing).toEqual([])
    const stt = await column(table, 'stt')
    expect(stt).toHaveLength(109)
  })
})
