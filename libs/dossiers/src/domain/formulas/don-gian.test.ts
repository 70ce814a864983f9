import { describe, expect, it } from '@jest/globals'
import { message } from '../dossier.test-support.js'
import { donGian } from './don-gian.js'
import { shareOf } from './formula.test-support.js'

/** Due 04/5/2026. */
const accepted = message('Accepted', '2026-04-15')

describe('don-gian', () => {
  it('counts what was resolved within the period, both end days included, and not late', () => {
    const resolved = [accepted, message('Resolved', '2026-05-04')]
    expect(shareOf(donGian, resolved)).toEqual([1, 1])
    expect(shareOf(donGian, resolved, { from: '2026-05-04', to: '2026-05-04' })).toEqual([1, 1])
    expect(shareOf(donGian, resolved, { from: '2026-05-05' })).toEqual([0, 0])
    expect(shareOf(donGian, resolved, { to: '2026-05-03' })).toEqual([0, 0])
    expect(shareOf(donGian, [accepted, message('Resolved', '2026-05-05')])).toEqual([0, 1])
    expect(shareOf(donGian, [accepted, message('ResultReturned', '2026-05-04')])).toEqual([1, 1])
  })

  it('leaves out what ended without a result', () => {
    expect(shareOf(donGian, [accepted, message('Withdrawn', '2026-05-05')])).toEqual([0, 0])
    expect(shareOf(donGian, [accepted])).toEqual([0, 0])
  })
})
