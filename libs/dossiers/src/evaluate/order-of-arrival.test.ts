import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { lives, livesToTry } from '../domain/dossier.lives.test-support.js'
import type { OracleLife } from '../domain/dossier.oracle.test-support.js'
import { evaluated, line, procedureLine } from './evaluate.test-support.js'

describe('the order of arrival', () => {
  const shuffled = lives.chain((life) => {
    const notes = linesOf(life)
    const orders = fc.shuffledSubarray(notes, { minLength: notes.length, maxLength: notes.length })
    const repeated = fc.array(fc.constantFrom(...notes), { maxLength: 4 })
    return fc.record({ life: fc.constant(life), notes: fc.constant(notes), orders, repeated })
  })

  function linesOf(life: OracleLife) {
    const last = life.notes.length - 1
    return life.notes.map(({ id, type, day }, at) =>
      line(id, type, day, {
        recordedAt: life.notes[(at * 7 + 3) % life.notes.length]!.day,
        ...(at === last && at > 1 && { type: 'Corrected', data: { corrects: 'n1', change: 'void' } }),
        ...(at === last - 1 &&
          at > 2 && { type: 'Corrected', data: { corrects: `n${last}`, change: { occurredAt: day } } }),
      }),
    )
  }

  it('and repeated deliveries change nothing', () => {
    fc.assert(
      fc.property(shuffled, ({ life, notes, orders, repeated }) => {
        const version = {
          ...procedureLine,
          time: life.days,
          unit: life.unit,
          supplement: life.restart ? 'restart' : 'resume',
          feeStopsClock: life.feeStops,
        }
        const inTurn = evaluated([version, ...notes], { asOf: life.asOf })
        const arrived = evaluated([...orders, ...repeated, version], { asOf: life.asOf })
        expect(arrived.dossiers).toEqual(inTurn.dossiers)
        expect(arrived.summary.formulas).toEqual(inTurn.summary.formulas)
        const codes = ({ summary }: typeof inTurn) => summary.rejected.map(({ code }) => code).sort()
        expect(codes(arrived)).toEqual(codes(inTurn))
      }),
      { numRuns: Math.ceil(livesToTry / 4) },
    )
  }, 600_000)
})
