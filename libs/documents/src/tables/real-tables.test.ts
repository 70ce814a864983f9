import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { cellOf, findTaskTables, openTables, parseNote, type ColumnRole, type TaskTable } from '#documents'

async function taskTable(name: string): Promise<TaskTable> {
  const path = fileURLToPath(new URL(`../../../../seeds/${name}`, import.meta.url))
  const [table] = await findTaskTables(await openTables({ path }))
  return table!
}

async function column(table: TaskTable, role: ColumnRole): Promise<string[]> {
  const texts: string[] = []
  for await (const row of table.rows()) texts.push(cellOf(row, table.recognised, role))
  return texts
}

/** Read by hand from the notes of the table, in order: number, date, issuer (UBND tỉnh where not told otherwise). */
const notes = [
  '19/KH-UBND 2025-01-20',
  '78/QĐ-UBND 2025-01-11',
  '364/BC-UBND 2025-07-01',
  '107/QĐ-UBND 2025-01-15',
  '121/BC-UBND 2025-03-19 –; 315/BC-UBND 2025-06-18 –',
  '226/BC-UBND 2025-05-09',
  '227/BC-UBND 2025-05-09',
  '261/BC-UBND 2025-05-26',
  '214/BC-UBND 2025-04-30',
  '41/KH-UBND 2025-02-13',
  '06/KH-UBND 2025-01-09',
  '119/QĐ-UBND 2025-01-15',
  '05/KH-UBND 2025-01-09',
  '71/KH-UBND 2025-03-14',
  '10/KH-UBND 2025-01-09',
  '277/QĐ-UBND 2025-02-12',
  '212/BC-UBND 2025-05-06',
  '66/VPUB-KSTTHC 2025-01-08 –; 237/VPUB-KSTTHC 2025-02-04 –; 240/VPUB-KSTTHC 2025-02-04 –; 1441/VPUB-KSTTHC 2025-07-03 Văn phòng UBND tỉnh',
  '136/BC-UBND 2025-03-23 –; 356/BC-UBND 2025-06-28',
  '461/NQ-HĐND 2025-02-20 HĐND tỉnh',
  '476/QĐ-UBND 2025-02-28 –',
  '2819/QĐ-UBND 2024-12-27; 473/QĐ-UBND 2025-02-28; 965/QĐ-UBND 2025-04-26 Ủy ban nhân dân tỉnh',
  ...Array<string>(3).fill('45/KH-SYT 2025-02-06 Sở Y tế; 307/BC-SYT 2025-06-11 –'),
  ...Array<string>(3).fill('77/KH-SGDĐT 2025-04-16 –; 948/SGDĐT-VP 2025-04-25 –'),
  '13/QĐ-UBND 2025-01-02 –',
  '309/KH-SNV 2025-02-27 –',
  '208/QĐ-UBND 2025-01-24 –',
  '359/BC-UBND 2025-06-29',
  '1400/QĐ-UBND 2025-06-13; 1020/QĐ-UBND 2025-05-01; 1497/QĐ-UBND 2025-06-24; 1516/QĐ-UBND 2025-06-25',
  '168/KH-UBND 2024-06-25 –',
  '63/KH-UBND 2025-03-04',
  ...Array<string>(2).fill('571/BC-BQL 2025-06-19 –'),
  '19/KH-UBND 2025-01-20',
  '13/CT-UBND 2025-06-11 Chủ tịch UBND tỉnh',
]

const kinds: Readonly<Record<string, string>> = {
  KH: 'Kế hoạch',
  QĐ: 'Quyết định',
  BC: 'Báo cáo',
  NQ: 'Nghị quyết',
  CT: 'Chỉ thị',
}

describe('the plan of 2025', () => {
  let table: TaskTable
  beforeAll(async () => {
    table = await taskTable('phu-luc-2025.csv')
  })

  it('has its headings in the first row, in the usual order', () => {
    expect(table.recognised.headerRow).toBe(1)
    const roles = ['stt', 'title', 'product', 'lead', 'coordinate', 'deadline', 'note']
    expect([...table.recognised.columns]).toEqual(roles.map((role, index) => [role, index]))
    expect(table.recognised.missing).toEqual([])
    expect(table.recognised.unknown).toEqual([])
  })

  it('has 8 sections, 71 numbered tasks and 29 further products', async () => {
    const stt = await column(table, 'stt')
    expect(stt.filter((text) => /^[IVX]+$/.test(text))).toHaveLength(8)
    expect(stt.filter((text) => /^\d+$/.test(text))).toHaveLength(71)
    expect(stt.filter((text) => text === '')).toHaveLength(29)
  })

  it('cites in its notes the documents that a reader finds, and all of them say completed', async () => {
    const texts = (await column(table, 'note')).filter((text) => text !== '')
    const parsed = texts.map(parseNote)
    expect(parsed.map(({ status }) => status)).toEqual(texts.map(() => 'completed'))
    const written = parsed.map(({ references }) =>
      references
        .map(({ number, date, issuer }) =>
          [number, date, ...(issuer === 'UBND tỉnh' ? [] : [issuer ?? '–'])].join(' '),
        )
        .join('; '),
    )
    expect(written).toEqual(notes)
    for (const { references } of parsed)
      for (const { kind, symbol, warnings } of references) {
        expect(kind).toBe(kinds[symbol!.split('-')[0]!] ?? 'Công văn')
        expect(warnings).toEqual([])
      }
  })
})

describe('the plan of 2021–2025', () => {
  it('is recognised by its other headings; money is not a note', async () => {
    const table = await taskTable('phu-luc-2021-2025.csv')
    expect([...table.recognised.columns.keys()]).toEqual([
      'stt',
      'title',
      'product',
      'lead',
      'coordinate',
      'deadline',
      'budget',
    ])
    const stt = await column(table, 'stt')
    expect(stt.filter((text) => /^[IVX]+$/.test(text))).toHaveLength(7)
    expect(stt.filter((text) => /^\d+$/.test(text))).toHaveLength(64)
    expect(stt.filter((text) => text === '')).toHaveLength(0)
    expect((await column(table, 'product'))[1]).toBe('- Nghị quyết\n- Quyết định')
    expect((await column(table, 'budget')).filter((text) => text === 'Ngân sách tỉnh')).toHaveLength(29)
  })
})
