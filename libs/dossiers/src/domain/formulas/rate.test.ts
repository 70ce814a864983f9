import { describe, expect, it } from '@jest/globals'
import { assessed, message } from '../dossier.test-support.js'
import { percentOf, RateCount } from './rate.js'

describe('a rate', () => {
  it('has two decimals, half up', () => {
    expect([
      percentOf(1, 3),
      percentOf(2, 3),
      percentOf(1, 800),
      percentOf(201, 20_000),
      percentOf(5, 5),
      percentOf(0, 7),
    ]).toEqual([33.33, 66.67, 0.13, 1.01, 100, 0])
  })

  it('is none where nothing is counted', () => {
    expect(percentOf(0, 0)).toBeNull()
    expect(new RateCount().rate()).toEqual({ numerator: 0, denominator: 0, percent: null, items: [] })
  })

  it('opens the list behind it', () => {
    const rate = new RateCount()
    const of = (dossier: string) => assessed([message('Accepted', '2026-04-15', { dossier })], '2026-04-15')
    rate.add(of('A'), [1, 1])
    rate.add(of('B'), [0, 1])
    rate.add(of('C'), [0, 0])
    expect(rate.rate()).toEqual({
      numerator: 1,
      denominator: 2,
      percent: 50,
      items: [
        { source: 'mcdt', dossier: 'A', numerator: 1 },
        { source: 'mcdt', dossier: 'B', numerator: 0 },
      ],
    })
  })
})
