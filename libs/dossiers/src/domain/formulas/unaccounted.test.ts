import { describe, expect, it } from '@jest/globals'
import { message } from '../dossier.test-support.js'
import { shareOf } from './formula.test-support.js'
import { unaccounted } from './unaccounted.js'

/** Due 04/5/2026. */
const late = [message('Accepted', '2026-04-15'), message('Resolved', '2026-05-05')]
const accounted = [
  message('Explained', '2026-05-06'),
  message('ExplanationAccepted', '2026-05-07'),
  message('ApologyIssued', '2026-05-08'),
]

describe('the share of late dossiers in the register', () => {
  it('counts until the apology is delivered, closed or not', () => {
    expect(shareOf(unaccounted, late)).toEqual([1, 1])
    expect(shareOf(unaccounted, [...late, ...accounted])).toEqual([1, 1])
    expect(shareOf(unaccounted, [...late, ...accounted, message('Closed', '2026-05-09')])).toEqual([1, 1])
    expect(shareOf(unaccounted, [...late, ...accounted, message('ApologyDelivered', '2026-05-10')])).toEqual([
      0, 1,
    ])
    expect(shareOf(unaccounted, [late[0]!], { to: '2026-05-04' })).toEqual([0, 0])
  })
})
