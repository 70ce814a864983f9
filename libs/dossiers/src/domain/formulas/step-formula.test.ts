import { describe, expect, it } from '@jest/globals'
import { assessed, message, procedure, within } from '../dossier.test-support.js'
import { stepRuns, stepsBeforeTime, stepsOnTime } from './step-formula.js'

const version = procedure({
  steps: [
    { id: null, agency: 'mot-cua', within: within(1) },
    { id: null, agency: 'so-nnmt', within: within(4) },
  ],
})
const handOver = (day: string, agency: string) => message('HandedOver', day, { agency })
/** The first step is due on 16/4, the second on 23/4. */
const life = [
  message('Accepted', '2026-04-15'),
  handOver('2026-04-15', 'mot-cua'),
  handOver('2026-04-17', 'so-nnmt'),
]

function shares(ended: string, { from = '2026-04-01', to = '2026-06-30' } = {}) {
  const runs = stepRuns(assessed([...life, message('Resolved', ended)], to, version))
  return runs.map((run) => [
    run.agency,
    stepsOnTime.shareOf(run, { from, to }),
    stepsBeforeTime.shareOf(run, { from, to }),
  ])
}

describe('shares of steps', () => {
  it('count the steps that ended within the period: before, on or after their due day', () => {
    expect(shares('2026-04-22')).toEqual([
      ['mot-cua', [0, 1], [0, 1]],
      ['so-nnmt', [1, 1], [1, 1]],
    ])
    expect(shares('2026-04-23')[1]).toEqual(['so-nnmt', [1, 1], [0, 1]])
    expect(shares('2026-04-24')[1]).toEqual(['so-nnmt', [0, 1], [0, 1]])
  })

  it('leave out what ended outside of it or has not ended', () => {
    expect(shares('2026-04-22', { from: '2026-04-18' })[0]).toEqual(['mot-cua', [0, 0], [0, 0]])
    expect(shares('2026-04-22', { to: '2026-04-21' })[1]).toEqual(['so-nnmt', [0, 0], [0, 0]])
  })
})
