import { describe, expect, it } from '@jest/globals'
import { assessed, message, procedure, within } from './dossier.test-support.js'

const twoSteps = procedure({
  steps: [
    { id: 'tham-dinh', agency: 'phong-qlđđ', within: within(2) },
    { id: 'ky', agency: 'van-phong', within: within(3) },
  ],
})
const accepted = message('Accepted', '2026-04-15')
const first = message('HandedOver', '2026-04-15', { step: '1' })

describe('the clocks of steps', () => {
  it('start on the day of hand-over, which is not counted, and end with the next', () => {
    const life = [
      accepted,
      first,
      message('HandedOver', '2026-04-17', { step: '2' }),
      message('Resolved', '2026-04-23'),
    ]
    expect(assessed(life, '2026-05-01', twoSteps).steps).toEqual([
      { agency: 'phong-qlđđ', due: '2026-04-17', result: 'on' },
      { agency: 'van-phong', due: '2026-04-22', result: 'after' },
    ])
  })

  it('are before, on or after their time, or open', () => {
    const results = ['2026-04-16', '2026-04-17', '2026-04-20'].map(
      (at) =>
        assessed([accepted, first, message('HandedOver', at, { step: '2' })], '2026-04-20', twoSteps)
          .steps[0],
    )
    expect(results.map((step) => step?.result)).toEqual(['before', 'on', 'after'])
    expect(assessed([accepted, first], '2026-04-17', twoSteps).steps[0]?.result).toBeNull()
    expect(assessed([accepted, first], '2026-04-18', twoSteps).steps[0]?.result).toBe('after')
  })

  it('never set the due date of the dossier', () => {
    const { clock, lateness } = assessed([accepted, first], '2026-04-30', twoSteps)
    expect([clock.due, lateness.late]).toEqual(['2026-05-04', false])
  })

  it('stand still with the dossier', () => {
    const request = message('SupplementRequested', '2026-04-16')
    const waiting = [accepted, first, request]
    expect(assessed(waiting, '2026-04-30', twoSteps).steps[0]).toMatchObject({ due: null, result: null })
    // (16/4, 21/4] are 17, 20 and 21: 17/4 moves to 22/4.
    const supplemented = [...waiting, message('Supplemented', '2026-04-21')]
    expect(assessed(supplemented, '2026-04-22', twoSteps).steps[0]).toMatchObject({ due: '2026-04-22' })
  })

  it('stand still also from a request on the day they are due', () => {
    const life = [
      accepted,
      first,
      message('SupplementRequested', '2026-04-17'),
      message('Supplemented', '2026-04-21'),
    ]
    expect(assessed(life, '2026-04-21', twoSteps).steps[0]).toMatchObject({ due: '2026-04-21', result: null })
    const tooLate = [accepted, first, message('SupplementRequested', '2026-04-20')]
    expect(assessed(tooLate, '2026-04-21', twoSteps).steps[0]).toMatchObject({
      due: '2026-04-17',
      result: 'after',
    })
  })

  it('are known by number, id, agency or order', () => {
    const agencyOf = (given: Parameters<typeof message>[2]) =>
      assessed([accepted, message('HandedOver', '2026-04-15', given)], '2026-04-15', twoSteps).steps[0]
        ?.agency
    expect(agencyOf({ step: '2' })).toBe('van-phong')
    expect(agencyOf({ step: 'ky' })).toBe('van-phong')
    expect(agencyOf({ step: 'van-phong' })).toBe('van-phong')
    expect(agencyOf({ agency: 'van-phong' })).toBe('van-phong')
    expect(agencyOf({})).toBe('phong-qlđđ')
  })

  describe('of a procedure that comes back to an agency', () => {
    const threeSteps = procedure({
      steps: [
        { id: '1', agency: 'Văn phòng UBND tỉnh', within: within(0.5) },
        { id: '2', agency: 'Sở Tư pháp', within: within(8) },
        { id: '3', agency: 'Văn phòng UBND tỉnh', within: within(1.5) },
      ],
    })
    const stepsOf = (...handOvers: readonly (readonly [string, Parameters<typeof message>[2]])[]) =>
      assessed(
        [
          accepted,
          ...handOvers.map(([at, given]) => message('HandedOver', at, given)),
          message('Resolved', '2026-04-22'),
        ],
        '2026-05-01',
        threeSteps,
      ).steps

    it.each(['step', 'agency'] as const)('take the one after the last, named by %s', (member) => {
      const named = (agency: string) => ({ [member]: agency })
      const steps = stepsOf(
        ['2026-04-15', named('Văn phòng UBND tỉnh')],
        ['2026-04-15', named('Sở Tư pháp')],
        ['2026-04-20', named('Văn phòng UBND tỉnh')],
      )
      expect(steps[2]).toEqual({ agency: 'Văn phòng UBND tỉnh', due: '2026-04-22', result: 'on' })
    })

    it('go back to one before it where none comes after', () => {
      const steps = stepsOf(
        ['2026-04-15', { step: '3' }],
        ['2026-04-16', { agency: 'Sở Tư pháp' }],
        ['2026-04-20', {}],
      )
      expect(steps.map(({ agency }) => agency)).toEqual([
        'Văn phòng UBND tỉnh',
        'Sở Tư pháp',
        'Văn phòng UBND tỉnh',
      ])
      expect(steps[1]?.due).toBe('2026-04-29')
    })

    it('are known however their names are written', () => {
      for (const agency of ['Sở Tư pháp'.normalize('NFD'), 'SỞ TƯ PHÁP', ' Sở  Tư Pháp'])
        expect(stepsOf(['2026-04-15', { agency }])[0]).toMatchObject({
          agency: 'Sở Tư pháp',
          due: '2026-04-28',
        })
    })

    it('measure no agency by the time of another: one that has no step has no time', () => {
      const steps = stepsOf(
        ['2026-04-15', {}],
        ['2026-04-15', { agency: 'Sở Tài chính' }],
        ['2026-04-16', { step: 'thẩm định' }],
        ['2026-04-20', {}],
      )
      expect(steps.map(({ agency, due }) => [agency, due])).toEqual([
        ['Văn phòng UBND tỉnh', '2026-04-16'],
        ['Sở Tài chính', null],
        [null, null],
        ['Sở Tư pháp', '2026-05-05'],
      ])
    })
  })

  it('have no time where the procedure has no such step', () => {
    const life = [accepted, message('HandedOver', '2026-04-15', { agency: 'so-tc' })]
    expect(assessed(life, '2026-05-30').steps).toEqual([{ agency: 'so-tc', due: null, result: null }])
  })
})
