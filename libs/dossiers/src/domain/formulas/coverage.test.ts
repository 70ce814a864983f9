import { describe, expect, it } from '@jest/globals'
import { message } from '../dossier.test-support.js'
import { coverage } from './coverage.js'
import { shareOf } from './formula.test-support.js'

/** Due 04/5/2026. */
const late = [message('Accepted', '2026-04-15'), message('Resolved', '2026-05-05')]
const accounted = [
  message('Explained', '2026-05-06'),
  message('ExplanationAccepted', '2026-05-07'),
  message('ApologyIssued', '2026-05-08'),
]

describe('coverage of the accountability rule', () => {
  it('counts late dossiers with an apology issued and an explanation accepted', () => {
    expect(shareOf(coverage, [...late, ...accounted])).toEqual([1, 1])
    expect(shareOf(coverage, [...late, ...accounted.slice(0, 2)])).toEqual([0, 1])
    expect(shareOf(coverage, [...late, accounted[0]!, accounted[2]!])).toEqual([0, 1])
    expect(shareOf(coverage, late)).toEqual([0, 1])
    expect(shareOf(coverage, [late[0]!], { to: '2026-05-04' })).toEqual([0, 0])
  })

  it('is as of the end of the period: what was late before it is still owed', () => {
    expect(shareOf(coverage, late, { from: '2026-06-01' })).toEqual([0, 1])
    expect(shareOf(coverage, [...late, ...accounted], { to: '2026-05-07' })).toEqual([0, 1])
  })
})
