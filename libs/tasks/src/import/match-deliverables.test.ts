import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { matchDeliverables } from './match-deliverables.js'

const named = (product: string, deadlineRaw: string | null = null) => ({ product, deadlineRaw })
const match = (recorded: readonly string[], inFile: readonly string[]): (string | null)[] =>
  matchDeliverables(
    recorded.map((product) => named(product)),
    inFile.map((product) => named(product)),
  ).map((one) => one?.product ?? null)

describe('matchDeliverables', () => {
  it.each([
    ['inserted above others', ['Kế hoạch', 'Báo cáo'], ['Quyết định', 'Kế hoạch', 'Báo cáo']],
    ['left out', ['Kế hoạch', 'Quyết định', 'Báo cáo'], ['Kế hoạch', 'Báo cáo']],
    ['moved', ['Kế hoạch', 'Quyết định'], ['Quyết định', 'Kế hoạch']],
  ])('finds each product whose words are the same: one %s', (_what, recorded, inFile) => {
    expect(match(recorded, inFile)).toEqual(inFile.map((one) => (recorded.includes(one) ? one : null)))
  })

  it('takes a new wording for the same product, also where another is new', () => {
    const recorded = ['Kế hoạch của UBND tỉnh', 'Báo cáo kết quả']
    expect(match(recorded, ['Quyết định', 'Báo cáo kết quả năm', 'Kế hoạch UBND tỉnh'])).toEqual([
      null,
      'Báo cáo kết quả',
      'Kế hoạch của UBND tỉnh',
    ])
  })

  it('takes what is left for renamed only where as many are left on both sides', () => {
    expect(match(['Kế hoạch', 'Đề án'], ['Kế hoạch', 'Quyết định'])).toEqual(['Kế hoạch', 'Đề án'])
    expect(match(['Kế hoạch', 'Đề án'], ['Kế hoạch', 'Quyết định', 'Tờ trình'])).toEqual([
      'Kế hoạch',
      null,
      null,
    ])
  })

  it('tells equal products apart by their deadlines, else by their order', () => {
    const [march, june] = [named('Báo cáo', 'Tháng 3'), named('Báo cáo', 'Tháng 6')]
    expect(matchDeliverables([march, june], [june, march])).toEqual([june, march])
    expect(matchDeliverables([march, june], [named('Báo cáo'), march])).toEqual([june, march])
  })

  it('uses no product on record twice, and finds all of them in any order of the same table', () => {
    const product = fc.record({ product: fc.string(), deadlineRaw: fc.option(fc.string()) })
    fc.assert(
      fc.property(fc.array(product), fc.array(product), (recorded, inFile) => {
        const found = matchDeliverables(recorded, inFile).filter((one) => one !== null)
        expect(new Set(found).size).toBe(found.length)
        const shuffled = recorded.toReversed()
        expect(matchDeliverables(recorded, shuffled)).not.toContain(null)
      }),
    )
  })
})
