import { describe, expect, it } from '@jest/globals'
import { message, procedure } from '../dossier.test-support.js'
import { canXuLy } from './can-xu-ly.js'
import { shareOf } from './formula.test-support.js'

/** Due 04/5/2026. */
const accepted = message('Accepted', '2026-04-15')

describe('can-xu-ly', () => {
  it('counts what is late by the legal due date at the end of the period', () => {
    expect(shareOf(canXuLy, [accepted, message('Resolved', '2026-05-05')])).toEqual([1, 1])
    expect(shareOf(canXuLy, [accepted, message('Resolved', '2026-05-04')])).toEqual([0, 1])
    expect(shareOf(canXuLy, [accepted])).toEqual([1, 1])
    expect(shareOf(canXuLy, [accepted], { to: '2026-05-04' })).toEqual([0, 1])
    expect(shareOf(canXuLy, [accepted, message('Stopped', '2026-05-05')])).toEqual([1, 1])
  })

  it('has the denominator of qd766-2.1', () => {
    const resolved = [accepted, message('Resolved', '2026-05-05')]
    expect(shareOf(canXuLy, resolved, { from: '2026-05-06' })).toEqual([0, 0])
    expect(shareOf(canXuLy, [message('Submitted', '2026-04-15')])).toEqual([0, 0])
    const waiting = [accepted, message('SupplementRequested', '2026-04-21')]
    expect(shareOf(canXuLy, waiting, { from: '2026-04-21' })).toEqual([0, 1])
    expect(shareOf(canXuLy, waiting, { from: '2026-04-22' })).toEqual([0, 0])
  })

  it('differs from qd766-2.1 where the procedure restarts', () => {
    const life = [
      accepted,
      message('SupplementRequested', '2026-04-21'),
      message('Supplemented', '2026-04-23'),
      message('Resolved', '2026-05-12'),
    ]
    expect(shareOf(canXuLy, life, { version: procedure({ supplement: 'restart' }) })).toEqual([0, 1])
  })
})
