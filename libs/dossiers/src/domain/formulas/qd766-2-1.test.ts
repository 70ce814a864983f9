import { describe, expect, it } from '@jest/globals'
import { message, procedure, within } from '../dossier.test-support.js'
import { shareOf } from './formula.test-support.js'
import { qd766 } from './qd766-2-1.js'

/** Due 04/5/2026. */
const accepted = message('Accepted', '2026-04-15')
const resolved = (at: string) => message('Resolved', at)
const supplement = [message('SupplementRequested', '2026-04-21'), message('Supplemented', '2026-04-23')]

describe('qd766-2.1', () => {
  it('takes what was accepted by the last day and had not ended before the first', () => {
    const life = [accepted, resolved('2026-05-04')]
    expect(shareOf(qd766, life)).toEqual([1, 1])
    expect(shareOf(qd766, life, { from: '2026-05-04' })).toEqual([1, 1])
    expect(shareOf(qd766, life, { from: '2026-05-05' })).toEqual([0, 0])
    expect(shareOf(qd766, life, { from: '2026-01-01', to: '2026-04-15' })).toEqual([1, 1])
    expect(shareOf(qd766, [message('Submitted', '2026-04-14'), accepted], { to: '2026-04-14' })).toEqual([
      0, 0,
    ])
  })

  it('measures the end against firstDue: resolved, else returned, else stopped, else the last day', () => {
    expect(shareOf(qd766, [accepted, resolved('2026-05-05')])).toEqual([0, 1])
    expect(shareOf(qd766, [accepted, message('ResultReturned', '2026-05-04')])).toEqual([1, 1])
    expect(shareOf(qd766, [accepted, message('Stopped', '2026-05-05')])).toEqual([0, 1])
    expect(shareOf(qd766, [accepted, message('Refused', '2026-05-04')])).toEqual([1, 1])
    expect(shareOf(qd766, [accepted], { to: '2026-05-04' })).toEqual([1, 1])
    expect(shareOf(qd766, [accepted], { to: '2026-05-05' })).toEqual([0, 1])
  })

  it('moves firstDue by the waits for supplements, also where the procedure restarts', () => {
    const version = procedure({ supplement: 'restart' })
    const life = (at: string) => [accepted, ...supplement, resolved(at)]
    expect(shareOf(qd766, life('2026-05-06'), { version })).toEqual([1, 1])
    // In time by the legal due date, 12/5, all the same.
    expect(shareOf(qd766, life('2026-05-07'), { version })).toEqual([0, 1])
  })

  it('adds calendar days to the unrolled end of a procedure in calendar days', () => {
    const version = procedure({ within: within(19, 'calendar-day') })
    // 04/5, moved by 2 to 06/5.
    expect(shareOf(qd766, [accepted, ...supplement, resolved('2026-05-06')], { version })).toEqual([1, 1])
    expect(shareOf(qd766, [accepted, ...supplement, resolved('2026-05-07')], { version })).toEqual([0, 1])
  })

  it('does not subtract waits for fees', () => {
    const version = procedure({ feeStopsClock: true })
    const fee = [message('FeeRequested', '2026-04-21'), message('FeePaid', '2026-04-23')]
    expect(shareOf(qd766, [accepted, ...fee, resolved('2026-05-06')], { version })).toEqual([0, 1])
  })

  it('measures what waits for a supplement at the day of the request, and counts it in no later period', () => {
    const waiting = [accepted, supplement[0]!]
    expect(shareOf(qd766, waiting)).toEqual([1, 1])
    expect(shareOf(qd766, waiting, { from: '2026-04-21' })).toEqual([1, 1])
    expect(shareOf(qd766, waiting, { from: '2026-04-22' })).toEqual([0, 0])
    // Supplemented, it is to be handled again.
    expect(shareOf(qd766, [accepted, ...supplement], { from: '2026-04-22', to: '2026-05-06' })).toEqual([
      1, 1,
    ])
    expect(shareOf(qd766, [accepted, message('SupplementRequested', '2026-05-05')])).toEqual([0, 1])
  })

  it('takes more than one request for overdue, even where the procedure allows two', () => {
    const version = procedure({ maxSupplements: 2 })
    const again = [message('SupplementRequested', '2026-04-24'), message('Supplemented', '2026-04-24')]
    expect(shareOf(qd766, [accepted, ...supplement, ...again, resolved('2026-04-28')], { version })).toEqual([
      0, 1,
    ])
    expect(shareOf(qd766, [accepted, ...supplement, resolved('2026-04-28')], { version })).toEqual([1, 1])
  })
})
