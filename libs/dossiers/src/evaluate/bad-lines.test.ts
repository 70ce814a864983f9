import { describe, expect, it } from '@jest/globals'
import { testCalendar } from '../domain/dossier.test-support.js'
import { CollectedLines } from './collect-lines.js'
import { accepted, evaluated, line, procedureLine, rejectedIn, resolved } from './evaluate.test-support.js'

describe('a bad line', () => {
  const bad: readonly [string, object | string, code: string][] = [
    ['no JSON', '{"source":', 'line-not-json'],
    ['a list', '[]', 'line-not-json'],
    ['no id', { ...resolved, id: undefined }, 'field-missing'],
    ['no time', { ...resolved, occurredAt: undefined }, 'field-missing'],
    ['30 February', { ...resolved, occurredAt: '2026-02-30' }, 'date-invalid'],
    ['25 o’clock', { ...resolved, occurredAt: '2026-05-06T25:00' }, 'date-invalid'],
    ['a day as officials write it', { ...resolved, occurredAt: '06/05/2026' }, 'date-invalid'],
    ['the year 2206', { ...resolved, occurredAt: '2206-05-06' }, 'date-outside-calendar'],
    ['an impossible appointment', { ...resolved, data: { appointment: '2026-13-01' } }, 'date-invalid'],
    ['an unknown type', { ...resolved, type: 'Solved' }, 'field-invalid'],
    ['an unknown channel', { ...resolved, channel: 'fax' }, 'field-invalid'],
    ['an unknown procedure', { ...resolved, procedure: 'TT-99' }, 'procedure-unknown'],
    ['data that is a list', { ...resolved, data: [] }, 'field-invalid'],
    ['a correction of nothing', line('c', 'Corrected', '2026-05-07'), 'field-missing'],
    [
      'a correction without change',
      line('c', 'Corrected', '2026-05-07', { data: { corrects: 'a', change: {} } }),
      'field-invalid',
    ],
    [
      'a correction of another dossier',
      line('c', 'Corrected', '2026-05-07', { dossier: 'H52-1', data: { corrects: 'x', change: 'void' } }),
      'corrected-message-unknown',
    ],
    ['a result before submission', { ...resolved, occurredAt: '2026-04-13' }, 'result-before-submission'],
    ['a closing that is not allowed', line('z', 'Closed', '2026-04-20'), 'closing-refused'],
    ['a procedure without time', { kind: 'procedure', code: 'TT-1' }, 'field-missing'],
    [
      'a third of a day',
      { kind: 'procedure', code: 'TT-1', time: 0.3, unit: 'working-day' },
      'field-invalid',
    ],
    ['a step without agency', { ...procedureLine, code: 'T', steps: [{ time: 1 }] }, 'field-missing'],
    ['an unknown kind', { kind: 'agency' }, 'field-invalid'],
    ['a procedure given otherwise', { ...procedureLine, time: 12 }, 'procedure-repeated'],
    ['a lone surrogate', JSON.stringify({ ...resolved, id: '\ud800' }), 'field-invalid'],
  ]
  const good = [procedureLine, line('s', 'Submitted', '2026-04-14'), accepted]

  it.each(bad)('%s is named with its reason and stops no other', (_name, given, code) => {
    const evaluation = evaluated([...good, given, line('e', 'Explained', '2026-04-20')])
    expect(rejectedIn(evaluation)).toEqual([`4 ${code}`])
    expect(evaluation.summary.rejected[0]?.message).toEqual({
      vi: expect.stringMatching(/\p{L}/u),
      en: expect.stringMatching(/\w/),
    })
    const without = evaluated([...good, '', line('e', 'Explained', '2026-04-20')])
    expect(evaluation.dossiers).toEqual(without.dossiers)
  })

  it('too long is named', () => {
    const collected = new CollectedLines(testCalendar, () => null)
    collected.take({ number: 1, text: null })
    expect(collected.rejected.map(({ code }) => code)).toEqual(['line-too-long'])
  })

  it('of a dossier without a known procedure is named with all the others of it', () => {
    const unknown = [accepted, resolved].map((each) => ({ ...each, procedure: undefined, dossier: 'H52-9' }))
    const evaluation = evaluated([
      procedureLine,
      accepted,
      { ...unknown[0], id: 'x' },
      { ...unknown[1], id: 'y' },
    ])
    expect(rejectedIn(evaluation)).toEqual(['3 procedure-unknown', '4 procedure-unknown'])
    expect(evaluation.dossiers).toHaveLength(1)
  })

  it('of a dossier whose due date lies beyond the calendar is named', () => {
    const late = { ...accepted, id: 'x', dossier: 'H52-9', occurredAt: '2027-12-28' }
    expect(rejectedIn(evaluated([procedureLine, accepted, late], { asOf: '2027-12-30' }))).toEqual([
      '3 calendar-year-unknown',
    ])
  })

  it('with the last of many is found among them', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({
      ...accepted,
      id: `a${at}`,
      dossier: `H52-${at}`,
    }))
    const evaluation = evaluated([procedureLine, ...many, 'broken'])
    expect(evaluation.dossiers).toHaveLength(5_000)
    expect(rejectedIn(evaluation)).toEqual(['5002 line-not-json'])
  })
})
