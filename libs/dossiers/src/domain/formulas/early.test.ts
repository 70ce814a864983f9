import { describe, expect, it } from '@jest/globals'
import { message } from '../dossier.test-support.js'
import { early } from './early.js'
import { shareOf } from './formula.test-support.js'

/** Due 04/5/2026. */
const accepted = message('Accepted', '2026-04-15')

describe('early share', () => {
  it('counts results on a day before the due day among those of the period', () => {
    expect(shareOf(early, [accepted, message('Resolved', '2026-05-03')])).toEqual([1, 1])
    expect(shareOf(early, [accepted, message('Resolved', '2026-05-04')])).toEqual([0, 1])
    expect(shareOf(early, [accepted, message('Resolved', '2026-05-05')])).toEqual([0, 1])
    expect(shareOf(early, [accepted, message('Stopped', '2026-04-20')])).toEqual([0, 0])
  })
})
