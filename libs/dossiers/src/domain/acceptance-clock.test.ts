import { describe, expect, it } from '@jest/globals'
import { assessed, message } from './dossier.test-support.js'

const online = (at: string) => message('Submitted', at, { channel: 'online' })

/** 15/4/2026 09:00: 6 hours left of the day, 2 more from 07:30 on the 16th. */
const submitted = online('2026-04-15T09:00')
const due = '2026-04-16T09:30:00+07:00'

describe('the clock of acceptance', () => {
  const verdicts: readonly [answer: ReturnType<typeof message>[], asOf: string, verdict: string][] = [
    [[message('Accepted', '2026-04-16T09:30')], '2026-04-20', 'met'],
    [[message('Accepted', '2026-04-16T09:31')], '2026-04-20', 'missed'],
    [[message('Refused', '2026-04-15T16:00')], '2026-04-20', 'met'],
    [[message('SupplementRequested', '2026-04-15T16:00')], '2026-04-20', 'met'],
    [
      [message('SupplementRequested', '2026-04-15T16:00'), message('Accepted', '2026-04-25T09:00')],
      '2026-04-26',
      'met',
    ],
    [[message('Accepted', '2026-04-16')], '2026-04-20', 'met'],
    [[message('Accepted', '2026-04-17')], '2026-04-20', 'missed'],
    [[], '2026-04-16T09:30', 'pending'],
    [[], '2026-04-16T09:31', 'overdue'],
    [[], '2026-04-15', 'pending'],
    [[], '2026-04-16', 'overdue'],
    [[message('Withdrawn', '2026-04-16T08:00')], '2026-04-20', 'met'],
  ]
  it.each(verdicts)('%#', (answer, asOf, verdict) => {
    expect(assessed([submitted, ...answer], asOf).acceptance).toMatchObject({ due, verdict })
  })

  it('runs over days off', () => {
    // Friday 24/4 14:00: 3 hours; 25 and 26 weekend, 27 off; 28/4: 4 hours to 11:30, 1 more from 13:30.
    const { acceptance } = assessed([online('2026-04-24T14:00')], '2026-04-24')
    expect(acceptance?.due).toBe('2026-04-28T14:30:00+07:00')
  })

  it('of a submission without an hour runs from the end of its day', () => {
    expect(assessed([online('2026-04-15')], '2026-04-15').acceptance?.due).toBe('2026-04-17T08:00:00+07:00')
  })

  it('does not make the dossier late, and is flagged', () => {
    const life = [submitted, message('Accepted', '2026-04-17'), message('Resolved', '2026-04-20')]
    const { lateness, flags } = assessed(life, '2026-04-20')
    expect([lateness.late, flags]).toEqual([false, ['accepted-late']])
  })

  it('is none for what was handed in directly or by post', () => {
    for (const channel of ['direct', 'post', null] as const)
      expect(
        assessed([message('Submitted', '2026-04-15T09:00', { channel })], '2026-04-20').acceptance,
      ).toBeNull()
  })
})
