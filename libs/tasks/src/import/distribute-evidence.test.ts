import { describe, expect, it } from '@jest/globals'
import { parseReferences, type DocumentReference } from '#documents'
import { distributeEvidence } from './distribute-evidence.js'

interface Taker {
  readonly product: string
  readonly evidence: DocumentReference[]
}

const takers = (...products: string[]): Taker[] => products.map((product) => ({ product, evidence: [] }))
const numbers = (all: readonly Taker[]): (string | null)[][] =>
  all.map(({ evidence }) => evidence.map(({ number }) => number))

describe('distributeEvidence', () => {
  it('gives each document to the product of its kind', () => {
    const all = takers('Kế hoạch thực hiện', 'Phiếu khảo sát', 'Báo cáo kết quả')
    const note = 'Báo cáo số 3/BC-SYT ngày 01/6/2025; Kế hoạch số 1/KH-SYT ngày 01/2/2025'
    expect(distributeEvidence(parseReferences(note), all)).toEqual([])
    expect(numbers(all)).toEqual([['1/KH-SYT'], [], ['3/BC-SYT']])
  })

  it('gives a document no product promised to the first, and tells', () => {
    const all = takers('Kế hoạch thực hiện', 'Phiếu khảo sát', 'Báo cáo kết quả')
    const note = 'Công văn 948/SGDĐT-VP ngày 25/4/2025; Kế hoạch số 77/KH-SGDĐT ngày 16/4/2025'
    const unmatched = distributeEvidence(parseReferences(note), all)
    expect(numbers(all)).toEqual([['948/SGDĐT-VP', '77/KH-SGDĐT'], [], []])
    expect(unmatched.map(({ reference, taker }) => [reference.number, taker.product])).toEqual([
      ['948/SGDĐT-VP', 'Kế hoạch thực hiện'],
    ])
  })

  it('spreads documents of one kind over the products of that kind in order', () => {
    const all = takers('Báo cáo quý I', 'Kế hoạch', 'Báo cáo quý II')
    const note =
      'Báo cáo số 1/BC-STP ngày 01/3/2025; Báo cáo số 2/BC-STP ngày 01/6/2025; Báo cáo số 3/BC-STP ngày 02/6/2025'
    distributeEvidence(parseReferences(note), all)
    expect(numbers(all)).toEqual([['1/BC-STP', '3/BC-STP'], [], ['2/BC-STP']])
  })

  it('takes a document cited twice once', () => {
    const all = takers('Kế hoạch')
    const note = 'Kế hoạch số 06/KH-UBND ngày 09/01/2025; Kế hoạch số 6/KH- UBND ngày 09/01/2025'
    distributeEvidence(parseReferences(note), all)
    expect(numbers(all)).toEqual([['06/KH-UBND']])
  })

  it('does not push a document onto a product of another kind when it stands under its own elsewhere', () => {
    const [plan, report] = takers('Kế hoạch', 'Báo cáo') as [Taker, Taker]
    const cited = parseReferences(
      'Kế hoạch số 19/KH-UBND ngày 20/01/2025; Báo cáo số 20/BC-UBND ngày 01/6/2025',
    )
    distributeEvidence(cited.slice(0, 1), [plan], [report])
    expect(distributeEvidence(cited, [report], [plan])).toEqual([])
    expect(numbers([plan, report])).toEqual([['19/KH-UBND'], ['20/BC-UBND']])
  })

  it('tells nothing where no kind was promised', () => {
    const all = takers('Phiếu khảo sát')
    expect(distributeEvidence(parseReferences('Báo cáo số 3/BC-SYT ngày 01/6/2025'), all)).toEqual([])
    expect(numbers(all)).toEqual([['3/BC-SYT']])
  })
})
