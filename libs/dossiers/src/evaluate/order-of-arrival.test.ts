import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { lives, livesOr, longRunMs } from '../domain/dossier.lives.test-support.js'
import type { OracleLife } from '../domain/dossier.oracle.test-support.js'
import type { EvaluatedDossier } from './evaluate-one.js'
import { evaluated, line, procedureLine } from './evaluate.test-support.js'

/** With days and hours mixed, and a correction that is itself corrected. */
function linesOf(life: OracleLife) {
  const last = life.notes.length - 1
  return life.notes.map(({ id, type, day }, at) =>
    line(id, type, at % 3 === 1 ? `${day}T${10 + (at % 7)}:30` : day, {
      recordedAt: life.notes[(at * 7 + 3) % life.notes.length]!.day,
      ...(at % 4 === 0 && { recordedAtSource: `${day}T${22 - at}:00` }),
      ...(at === last && at > 1 && { type: 'Corrected', data: { corrects: 'n1', change: 'void' } }),
      ...(at === last - 1 &&
        at > 2 && { type: 'Corrected', data: { corrects: `n${last}`, change: { occurredAt: day } } }),
    }),
  )
}

const arrivals = lives.chain((life) => {
  const lines = linesOf(life)
  const shuffled = fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length })
  const repeated = fc.array(fc.constantFrom(...lines), { maxLength: 4 })
  return fc.record({ life: fc.constant(life), lines: fc.constant(lines), shuffled, repeated })
})

function procedureLineOf({ days, unit, restart, feeStops }: OracleLife) {
  const supplement = restart ? 'restart' : 'resume'
  return { ...procedureLine, time: days, unit, supplement, feeStopsClock: feeStops }
}

/** All but what is about the time of receipt itself. */
function withoutReceipt({ flags, explanation, overdueRaisedFor, ...rest }: EvaluatedDossier) {
  expect(overdueRaisedFor).toBeDefined()
  return {
    ...rest,
    flags: flags.filter((flag) => flag !== 'backdated' && flag !== 'late-by-synchronisation'),
    explanation: explanation.filter((told) => !told.includes('ghi nhận sau')),
  }
}

const runs = livesOr(250)

describe('the order of arrival', () => {
  it(
    'and repeated deliveries change nothing',
    () => {
      fc.assert(
        fc.property(arrivals, ({ life, lines, shuffled, repeated }) => {
          const version = procedureLineOf(life)
          const inTurn = evaluated([version, ...lines], { asOf: life.asOf })
          const arrived = evaluated([...shuffled, ...repeated, version], { asOf: life.asOf })
          expect(arrived.dossiers).toEqual(inTurn.dossiers)
          expect(arrived.summary.formulas).toEqual(inTurn.summary.formulas)
          const codes = ({ summary }: typeof inTurn) => summary.rejected.map(({ code }) => code).sort()
          expect(codes(arrived)).toEqual(codes(inTurn))
        }),
        runs,
      )
    },
    longRunMs,
  )

  it(
    'decides nothing but what is about the time of receipt',
    () => {
      fc.assert(
        fc.property(arrivals, ({ life, lines, shuffled }) => {
          const version = procedureLineOf(life)
          const arriving = (some: readonly object[]) =>
            some.map((each, at) => ({ ...each, recordedAt: `2026-12-${String(10 + at).padStart(2, '0')}` }))
          const inTurn = evaluated([version, ...arriving(lines)], { asOf: life.asOf })
          const arrived = evaluated([version, ...arriving(shuffled)], { asOf: life.asOf })
          expect(arrived.dossiers.map(withoutReceipt)).toEqual(inTurn.dossiers.map(withoutReceipt))
          expect(arrived.summary).toMatchObject({ formulas: inTurn.summary.formulas })
        }),
        runs,
      )
    },
    longRunMs,
  )
})
