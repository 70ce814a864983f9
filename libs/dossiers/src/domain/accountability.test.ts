import { describe, expect, it } from '@jest/globals'
import { assessed, message, procedure, within } from './dossier.test-support.js'

const accepted = message('Accepted', '2026-04-15', { agency: 'mot-cua' })
const late = [accepted, message('Resolved', '2026-05-12', { agency: 'so-nnmt' })]
const explained = message('Explained', '2026-05-13')
const explanationAccepted = message('ExplanationAccepted', '2026-05-15')
const apology = message('ApologyIssued', '2026-05-13')
const delivered = message('ApologyDelivered', '2026-05-14')

const missingOf = (...more: readonly ReturnType<typeof message>[]) =>
  assessed([...late, ...more], '2026-06-01').register?.missing ?? null

describe('the register', () => {
  it('lists what a late dossier misses, since its first late day, with who owes it', () => {
    expect(assessed(late, '2026-06-01').register).toEqual({
      missing: ['explanation', 'acceptance', 'apology', 'delivery'],
      owedBy: { explanation: 'so-nnmt', acceptance: 'so-nnmt', apology: 'so-nnmt', delivery: 'mot-cua' },
      since: '2026-05-05',
    })
  })

  it('does not list what is in time, nor what was stopped in time', () => {
    expect(assessed([accepted], '2026-05-04').register).toBeNull()
    expect(assessed([accepted, message('Stopped', '2026-05-04')], '2026-06-01').register).toBeNull()
  })

  it('lists what is pending and late, and what was withdrawn after the due date', () => {
    expect(assessed([accepted], '2026-05-05').register?.missing).toHaveLength(4)
    expect(assessed([accepted, message('Withdrawn', '2026-05-06')], '2026-06-01').register).not.toBeNull()
  })

  it('is left by recorded facts only', () => {
    expect(missingOf(explained)).toEqual(['acceptance', 'apology', 'delivery'])
    expect(missingOf(explained, explanationAccepted)).toEqual(['apology', 'delivery'])
    expect(missingOf(explained, explanationAccepted, apology)).toEqual(['delivery'])
    expect(missingOf(explained, explanationAccepted, apology, delivered)).toBeNull()
  })

  it('after a rejection misses the explanation and its acceptance again', () => {
    const rejected = message('ExplanationRejected', '2026-05-16')
    expect(missingOf(explained, explanationAccepted, rejected)).toContain('explanation')
    expect(missingOf(explained, rejected)).toEqual(['explanation', 'acceptance', 'apology', 'delivery'])
    expect(missingOf(explained, rejected, message('Explained', '2026-05-17'))).toEqual([
      'acceptance',
      'apology',
      'delivery',
    ])
  })

  it('keeps a closed dossier whose apology was not delivered', () => {
    expect(missingOf(explained, explanationAccepted, apology, message('Closed', '2026-05-20'))).toEqual([
      'delivery',
    ])
  })

  it('names the step that went over its time before the resolving agency', () => {
    const steps = [
      { id: null, agency: 'phong-a', within: within(2) },
      { id: null, agency: 'phong-b', within: within(2) },
    ]
    const handOvers = [
      message('HandedOver', '2026-04-15', { step: '1' }),
      message('HandedOver', '2026-04-16', { step: '2' }),
    ]
    const owedBy = (...more: readonly ReturnType<typeof message>[]) =>
      assessed([...late, ...handOvers, ...more], '2026-06-01', procedure({ steps })).register?.owedBy
    const byStep = { explanation: 'phong-b', acceptance: 'phong-b', delivery: 'mot-cua' }
    expect(owedBy()).toEqual({ ...byStep, apology: 'phong-b' })
    // The unit explains where it arose; the agency that caused the delay, where it is named, apologises.
    expect(owedBy(message('Overdue', '2026-05-05', { delayCausedBy: 'so-nnmt' }))).toEqual({
      ...byStep,
      apology: 'so-nnmt',
    })
  })

  it('names the agency that it was handed over to before the one-stop that returned the result', () => {
    const returned = message('ResultReturned', '2026-05-12', { agency: 'mot-cua' })
    const owedBy = (...more: readonly ReturnType<typeof message>[]) =>
      assessed([accepted, ...more, returned], '2026-06-01').register?.owedBy
    const handedOver = message('HandedOver', '2026-04-16', { agency: 'so-tc' })
    expect(owedBy(handedOver)).toMatchObject({ explanation: 'so-tc', apology: 'so-tc', delivery: 'mot-cua' })
    expect(owedBy()).toMatchObject({ explanation: 'mot-cua' })
    const resolved = message('Resolved', '2026-05-11', { agency: 'so-nnmt' })
    expect(owedBy(handedOver, resolved)).toMatchObject({ explanation: 'so-nnmt' })
  })

  it('takes the agency that is reported to have caused the delay', () => {
    const reported = message('Overdue', '2026-05-05', { delayCausedBy: 'so-tc' })
    expect(assessed([...late, reported], '2026-06-01').register?.owedBy.apology).toBe('so-tc')
  })
})

describe('closing', () => {
  const missing = (...life: readonly ReturnType<typeof message>[]) => assessed(life, '2026-06-01').closing

  it('waits for the end', () => {
    expect(assessed([accepted], '2026-04-20').closing).toEqual({ allowed: false, missing: ['end'] })
    expect(missing(accepted, message('Resolved', '2026-04-29'))).toEqual({ allowed: true, missing: [] })
  })

  it('of a late dossier waits for an apology and an accepted explanation, not for the delivery', () => {
    expect(missing(...late)).toEqual({ allowed: false, missing: ['explanation', 'acceptance', 'apology'] })
    expect(missing(...late, apology)).toEqual({ allowed: false, missing: ['explanation', 'acceptance'] })
    expect(missing(...late, explained, explanationAccepted, apology)).toEqual({ allowed: true, missing: [] })
    // Covered, as `coverage` counts it, although nobody told of the explanation itself.
    expect(missing(...late, explanationAccepted, apology)).toEqual({ allowed: true, missing: [] })
    expect(missing(...late, explanationAccepted)).toEqual({ allowed: false, missing: ['apology'] })
  })
})
