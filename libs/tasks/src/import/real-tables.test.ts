import { describe, expect, it } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { findTaskTables, openTables } from '#documents'
import { verdictOf } from '../domain/verdict.js'
import { interpretPlan } from './interpret-plan.js'
import type { InterpretedDeliverable, InterpretedPlan } from './interpreted-plan.js'
import type { PlanReading } from './plan-reading.js'
import type { PlanRow } from './plan-row.js'
import { columnWarnings, planRowsOf } from './plan-rows-of.js'
import { told } from './plan-row.test-support.js'
import { expected2025 } from './phu-luc-2025.expected.js'

const of2025: PlanReading = { plan: 'CCHC2025', year: 2025, planDate: '2025-07-15', declared: 72 }
const of2021: PlanReading = { plan: 'CCHC2021', year: 2021, planDate: '2021-12-02' }

async function rowsIn(name: string): Promise<PlanRow[]> {
  const path = fileURLToPath(new URL(`../../../../seeds/${name}`, import.meta.url))
  const [table] = await findTaskTables(await openTables({ path }))
  const rows: PlanRow[] = []
  for await (const row of planRowsOf(table!)) rows.push(row)
  expect(columnWarnings(table!.recognised)).toEqual([])
  return rows
}

const deliverables = ({ tasks }: InterpretedPlan): InterpretedDeliverable[] =>
  tasks.flatMap((task) => [...task.deliverables])

const sizes = (plan: InterpretedPlan): object => ({
  sections: plan.sections.length,
  tasks: plan.tasks.length,
  deliverables: deliverables(plan).length,
  evidence: deliverables(plan).flatMap(({ evidence }) => evidence).length,
  completed: deliverables(plan).filter(({ status }) => status === 'completed').length,
})

/** One line for each deliverable, as the expected lists have them. */
const lines = ({ tasks }: InterpretedPlan): string[] =>
  tasks.flatMap(({ code, deliverables: promised }) =>
    promised.map(({ id, row, product, deadline, status, evidence }) =>
      [
        row,
        `${code.replace(/^CCHC20\d\d-/u, '')}.${id}`,
        product,
        deadline.type,
        deadline.due ?? '',
        status === 'completed' ? 'x' : '',
        evidence.map(({ number, date }) => `${number} ${date}`).join(', '),
      ].join('|'),
    ),
  )

describe('the Phụ lục of 2025', () => {
  it('has 8 sections, 71 tasks, 100 deliverables, 46 documents, 39 completed', async () => {
    const plan = await interpretPlan(await rowsIn('phu-luc-2025.csv'), of2025)
    expect(sizes(plan)).toEqual({ sections: 8, tasks: 71, deliverables: 100, evidence: 46, completed: 39 })
    expect(plan.sections.map(({ id, row }) => `${id}@${row}`)).toEqual([
      'I@2',
      'II@24',
      'III@35',
      'IV@51',
      'V@68',
      'VI@75',
      'VII@84',
      'VIII@97',
    ])
  })

  it('says row by row what a person reads', async () => {
    const plan = await interpretPlan(await rowsIn('phu-luc-2025.csv'), of2025)
    expect(lines(plan)).toEqual(expected2025.trim().split('\n'))
  })

  it('is 19 on time, 2 late, 18 undeterminable and 61 open by its notes', async () => {
    const plan = await interpretPlan(await rowsIn('phu-luc-2025.csv'), of2025)
    const verdicts = plan.tasks.flatMap(({ code, deliverables: promised }) =>
      promised.map((deliverable) => {
        const facts = { ...deliverable, acceptedOn: null, condition: null, extendedDue: null, ruleDue: null }
        return { code: `${code}.${deliverable.id}`, ...verdictOf(facts, '2025-07-15', 'original') }
      }),
    )
    const count = (verdict: string): number => verdicts.filter((one) => one.verdict === verdict).length
    expect(['on-time', 'late', 'undeterminable', 'open'].map(count)).toEqual([19, 2, 18, 61])
    expect(
      verdicts.filter(({ verdict }) => verdict === 'late').map(({ code, daysLate }) => [code, daysLate]),
    ).toEqual([
      ['CCHC2025-II-5.1', 42],
      ['CCHC2025-IV-4.1', 28],
    ])
  })

  it('tells what is odd in it, and nothing else', async () => {
    expect(told(await interpretPlan(await rowsIn('phu-luc-2025.csv'), of2025))).toEqual([
      '21 deadline-missing',
      '22 deadline-missing',
      '38 evidence-other-kind',
      '44 implausible-date',
      '45 implausible-date',
      '46 evidence-other-kind',
      '46 evidence-other-kind',
      '46 evidence-other-kind',
      '46 evidence-other-kind',
      '56 evidence-before-plan',
      '65 evidence-other-kind',
      '74 stt-skipped',
      '83 evidence-before-plan',
      '103 deadline-missing',
      '105 evidence-other-kind',
      '106 deadline-missing',
      '- declared-count-differs',
    ])
  })

  it('reads the same from decomposed text with stray spaces', async () => {
    const rows = await rowsIn('phu-luc-2025.csv')
    const expected = lines(await interpretPlan(rows, of2025))
    const blank = fc.constantFrom(' ', '  ', '\u00a0', ' \u200b', '\t')
    await fc.assert(
      fc.asyncProperty(fc.array(blank, { minLength: 7, maxLength: 13 }), async (blanks) => {
        const strewn = rows.map(({ row, cells, original }) => ({
          row,
          original,
          cells: Object.fromEntries(
            Object.entries(cells).map(([role, text]) => {
              let next = row
              return [role, text.normalize('NFD').replaceAll(' ', () => blanks[next++ % blanks.length]!)]
            }),
          ),
        }))
        expect(lines(await interpretPlan(strewn, of2025))).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  it('reads the same whatever the order of its columns', async () => {
    const rows = await rowsIn('phu-luc-2025.csv')
    const expected = lines(await interpretPlan(rows, of2025))
    const headings = Object.keys(rows[0]!.original)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(headings, { minLength: headings.length }), async (order) => {
        const csv = [order, ...rows.map(({ original }) => order.map((heading) => original[heading]!))]
          .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\n')
        const [table] = await findTaskTables(
          await openTables({ bytes: Buffer.from(csv), name: 'phu-luc.csv' }),
        )
        expect(lines(await interpretPlan(planRowsOf(table!), of2025))).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })
})

describe('the Phụ lục of 2021-2025', () => {
  it('has 7 sections, 63 tasks, 110 deliverables and no notes', async () => {
    const plan = await interpretPlan(await rowsIn('phu-luc-2021-2025.csv'), of2021)
    expect(sizes(plan)).toEqual({ sections: 7, tasks: 63, deliverables: 110, evidence: 0, completed: 0 })
    expect(plan.tasks.map(({ section }) => section).join(' ')).toBe(
      Object.entries({ I: 8, II: 7, III: 12, IV: 8, V: 6, VI: 17, VII: 5 })
        .map(([id, count]) => Array(count).fill(id).join(' '))
        .join(' '),
    )
  })

  it('has the deadlines that a person counts', async () => {
    const plan = await interpretPlan(await rowsIn('phu-luc-2021-2025.csv'), of2021)
    const types = deliverables(plan).map(({ deadline }) => deadline.type)
    const count = (type: string): number => types.filter((one) => one === type).length
    expect(['range', 'year', 'recurring', 'several', 'event'].map(count)).toEqual([59, 32, 15, 3, 1])
  })

  it('splits the products of a cell', async () => {
    const plan = await interpretPlan(await rowsIn('phu-luc-2021-2025.csv'), of2021)
    const of = (code: string): string[] =>
      plan.tasks.find((task) => task.code === `CCHC2021-${code}`)!.deliverables.map(({ product }) => product)
    expect(of('I-1')).toEqual(['Nghị quyết', 'Quyết định'])
    expect(of('I-4')).toEqual([
      'Các văn bản quy phạm pháp luật',
      'Các báo cáo thẩm định, báo cáo tiếp thu',
      'Các văn bản xin ý kiến',
    ])
    expect(of('II-6')).toEqual(['Kế hoạch/Công văn', 'Báo cáo theo quy định'])
    expect(of('IV-6')).toEqual([
      'Quyết định của UBND tỉnh',
      'Báo cáo đánh giá kết quả đào tạo',
      'Văn bản chỉ đạo, hướng dẫn',
    ])
    expect(of('IV-8')).toEqual(['Kế hoạch Quyết định Báo cáo theo quy định'])
    expect(of('V-1')).toEqual(['Quyết định của UBND tỉnh', 'báo cáo kết quả theo quy định'])
  })

  it('tells the empty ninth row and the misprinted year 217', async () => {
    const { warnings } = await interpretPlan(await rowsIn('phu-luc-2021-2025.csv'), of2021)
    expect(warnings.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '10 implausible-date',
      '11 malformed-row',
    ])
  })
})
