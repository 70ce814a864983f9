import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { testCalendar } from '../domain/dossier.test-support.js'
import type { EvaluatedDossier } from '../evaluate/evaluate-one.js'
import { evaluated } from '../evaluate/evaluate.test-support.js'
import { chanceOf } from './chance.js'
import { simulateDossiers, simulatedProcedureLines, type Simulation } from './simulate-dossiers.js'

const usual = { count: 4_000, seed: 7, year: 2025 }
const linesOf = (simulation: Partial<Simulation> = {}): string[] => [
  ...simulateDossiers(testCalendar, { ...usual, ...simulation }),
]
const digest = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex')

interface Message {
  readonly source: string
  readonly id: string
  readonly dossier: string
  readonly type: string
  readonly occurredAt: string
}

describe('a simulated year of dossiers', () => {
  it('is the same to the byte for the same seed, and another for another', () => {
    expect(digest(linesOf())).toBe(digest(linesOf()))
    expect(digest(linesOf({ seed: 8 }))).not.toBe(digest(linesOf()))
    // Who compares figures of two machines relies on this very data.
    expect(digest(linesOf())).toBe('64f6b3796b6c4c11931790ddc1b20763e20d0db89ea5bb4918a0c0e291401238')
  })

  it('has as many dossiers as were asked for, all openly simulated, each line with an id of its own', () => {
    for (const count of [0, 1, 999, 4_000]) {
      const messages = linesOf({ count }).map((line) => JSON.parse(line) as Message)
      expect(new Set(messages.map(({ dossier }) => dossier)).size).toBe(count)
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length)
      expect(messages.filter(({ source }) => source !== 'mo-phong')).toEqual([])
    }
  })

  it('tells what happened in order, on working days, in office hours', () => {
    const last = new Map<string, string>()
    for (const line of linesOf()) {
      const { dossier, occurredAt } = JSON.parse(line) as Message
      expect(occurredAt >= (last.get(dossier) ?? '')).toBe(true)
      expect(testCalendar.isWorkingDay(occurredAt.slice(0, 10))).toBe(true)
      expect(occurredAt.slice(11, 16) >= '07:30' && occurredAt.slice(11, 16) <= '17:00').toBe(true)
      last.set(dossier, occurredAt)
    }
  })

  it('has every case, about as often as it says, and no line that is refused', () => {
    const { dossiers, summary } = evaluated([...simulatedProcedureLines(), ...linesOf()])
    expect(summary).toMatchObject({ rejected: [] })
    expect(dossiers).toHaveLength(usual.count)
    const share = (is: (dossier: EvaluatedDossier) => boolean): number =>
      dossiers.filter(is).length / dossiers.length
    expect(share(({ late }) => late)).toBeCloseTo(0.07, 1)
    expect(share(({ early }) => early)).toBeGreaterThan(0.25)
    expect(share(({ reappointedTo }) => reappointedTo !== null)).toBeGreaterThan(0.02)
    expect(share(({ flags }) => flags.includes('late-by-synchronisation'))).toBeGreaterThan(0.015)
    expect(share(({ register }) => register !== null && register.missing.length > 2)).toBeGreaterThan(0.01)
    expect(share(({ late, register }) => late && register === null)).toBeGreaterThan(0.02)
    expect(share(({ acceptanceClock }) => acceptanceClock?.verdict === 'missed')).toBeGreaterThan(0.01)
  })

  it('has seasons: more in August than in January', () => {
    const inMonth = (month: string): number =>
      linesOf().filter((line) => {
        const { type, occurredAt } = JSON.parse(line) as Message
        return type === 'Submitted' && occurredAt.startsWith(`2025-${month}`)
      }).length
    expect(inMonth('08')).toBeGreaterThan(1.4 * inMonth('01'))
  })
})

describe('chance', () => {
  it('is even, and independent of the neighbour', () => {
    const shares = Array.from({ length: 20_000 }, (_, index) => chanceOf(7, index).share())
    const bins = Array.from({ length: 10 }, () => 0)
    for (const share of shares) bins[Math.floor(share * 10)]!++
    for (const bin of bins) expect(Math.abs(bin - 2_000)).toBeLessThan(200)
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    const covariance = shares
      .slice(1)
      .reduce((sum, share, at) => sum + (share - mean) * (shares[at]! - mean), 0)
    expect(Math.abs(covariance / shares.length)).toBeLessThan(0.002)
  })
})
