import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { lives, livesOr, longRunMs, messagesOf, procedureOf } from '../dossier.lives.test-support.js'
import { oracle, type OracleLife } from '../dossier.oracle.test-support.js'
import { assessed, rulebook } from '../dossier.test-support.js'
import { canXuLy } from './can-xu-ly.js'
import { coverage } from './coverage.js'
import { donGian } from './don-gian.js'
import { early } from './early.js'
import type { ReportPeriod } from './formula.js'
import { qd766 } from './qd766-2-1.js'
import { RateCount } from './rate.js'

const formulas = [qd766, canXuLy, donGian, early, coverage]

/** Numerator and denominator of each formula, counted one dossier after the other from what the oracle found. */
function bruteForce(some: readonly OracleLife[], { from, to }: ReportPeriod): number[][] {
  const counts = formulas.map(() => [0, 0])
  const count = (at: number, numerator: boolean): void => {
    counts[at]![1]! += 1
    if (numerator) counts[at]![0]! += 1
  }
  for (const life of some) {
    const found = oracle({ ...life, asOf: to })
    const end = found.end ?? found.openSince ?? to
    if (found.accepted !== null && found.accepted <= to && end >= from) {
      count(0, found.requests <= 1 && end <= found.movedFirstDue!)
      count(1, found.late)
    }
    if (found.hasResult && found.end! >= from) {
      count(2, !found.late)
      count(3, found.early)
    }
    const missing = found.missing ?? []
    if (found.late) count(4, !missing.includes('acceptance') && !missing.includes('apology'))
  }
  return counts
}

describe('the formulas', () => {
  it(
    'give what a brute-force count gives',
    () => {
      const period = fc.record({
        length: fc.integer({ min: 0, max: 60 }),
        some: fc.array(lives, { maxLength: 5 }),
      })
      fc.assert(
        fc.property(period, ({ length, some }) => {
          const to = some[0]?.asOf ?? '2025-06-30'
          let from = to
          for (let left = length; left > 0; left--)
            from = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10)
          const begun = some.filter(({ notes }) => notes.some(({ day }) => day <= to))
          const rates = formulas.map((formula) => {
            const rate = new RateCount()
            for (const life of begun) {
              const version = procedureOf(life)
              const assessment = assessed(messagesOf(life), to, version)
              rate.add(assessment, formula.shareOf(assessment, { from, to }, rulebook(version)))
            }
            return rate.rate()
          })
          expect(rates.map(({ numerator, denominator }) => [numerator, denominator])).toEqual(
            bruteForce(begun, { from, to }),
          )
        }),
        livesOr(500),
      )
    },
    longRunMs,
  )
})
