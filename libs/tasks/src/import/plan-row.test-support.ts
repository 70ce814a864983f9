import type { InterpretedPlan } from './interpreted-plan.js'
import { interpretPlan } from './interpret-plan.js'
import type { PlanReading } from './plan-reading.js'
import { planColumns, type PlanColumn, type PlanRow } from './plan-row.js'

export const cchc2025: PlanReading = { plan: 'CCHC2025', year: 2025, planDate: '2025-07-15' }

/** A row as the tables of 2025 have it: STT, content, product, lead, coordinating agencies, time, note. */
export type Cells = Partial<Record<PlanColumn, string>>

/** Rows numbered from 2, below the headings. */
export function rowsOf(...cells: readonly Cells[]): PlanRow[] {
  return cells.map((row, index) => ({
    row: index + 2,
    cells: row,
    original: Object.fromEntries(planColumns.map((column) => [column, row[column] ?? ''])),
  }))
}

export function interpret(
  rows: readonly Cells[],
  reading: Partial<PlanReading> = {},
): Promise<InterpretedPlan> {
  return interpretPlan(rowsOf(...rows), { ...cchc2025, ...reading })
}

export const section = (stt = 'I', title = 'CẢI CÁCH THỂ CHẾ'): Cells => ({ stt, title })

/** A task with nothing to tell about. */
export const task = (stt: string, over: Cells = {}): Cells => ({
  stt,
  title: `Nhiệm vụ ${stt}`,
  product: 'Kế hoạch',
  lead: 'Sở Tư pháp',
  coordinate: 'Sở Nội vụ',
  deadline: 'Tháng 01/2025',
  ...over,
})

/** Of every warning its row and code. */
export const told = ({ warnings }: InterpretedPlan): string[] =>
  warnings.map(({ row, code }) => `${row ?? '-'} ${code}`)

/** Of every deliverable its code and product. */
export const products = ({ tasks }: InterpretedPlan): string[] =>
  tasks.flatMap(({ code, deliverables }) =>
    deliverables.map(({ id, product }) => `${code.replace(/^CCHC2025-/u, '')}.${id} ${product}`),
  )

/** Of every deliverable its code and the numbers of its documents; "x" where it is completed. */
export const evidence = ({ tasks }: InterpretedPlan): string[] =>
  tasks.flatMap(({ code, deliverables }) =>
    deliverables.map(({ id, status, evidence: documents }) =>
      [
        `${code.replace(/^CCHC2025-/u, '')}.${id}`,
        ...(status === 'completed' ? ['x'] : []),
        ...documents.map(({ number }) => number ?? '?'),
      ].join(' '),
    ),
  )
