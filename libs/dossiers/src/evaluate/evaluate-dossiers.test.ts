import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseMoment, usualOfficeHours } from '#calendar'
import { testCalendar } from '../domain/dossier.test-support.js'
import { lives, livesToTry } from '../domain/dossier.lives.test-support.js'
import type { OracleLife } from '../domain/dossier.oracle.test-support.js'
import { currentLaw } from '../domain/rulebook.js'
import { CollectedLines } from './collect-lines.js'
import { evaluateDossiers, type EvaluatedDossier, type EvaluationSummary } from './evaluate-dossiers.js'

const procedureLine = {
  kind: 'procedure',
  code: 'TT-10',
  time: 10,
  unit: 'working-day',
  supplement: 'resume',
}
const line = (id: string, type: string, occurredAt: string, more: object = {}) => ({
  source: 'mcdt',
  id,
  dossier: 'H52-1',
  type,
  occurredAt,
  procedure: 'TT-10',
  ...more,
})

/** Due 04/5/2026. */
const accepted = line('a', 'Accepted', '2026-04-15T09:00:00+07:00', { agency: 'mot-cua' })
const resolved = line('r', 'Resolved', '2026-05-06', { agency: 'so-nnmt' })

interface Cut {
  readonly asOf?: string
  readonly knownAt?: string
  readonly from?: string
  readonly to?: string
}

function evaluated(lines: readonly (object | string)[], cut: Cut = {}) {
  const collected = new CollectedLines(testCalendar)
  lines.forEach((each, at) =>
    collected.take({ number: at + 1, text: typeof each === 'string' ? each : JSON.stringify(each) }),
  )
  const asOf = parseMoment(cut.asOf ?? '2026-06-30')
  const evaluation = evaluateDossiers(
    { calendar: testCalendar, hours: usualOfficeHours, law: currentLaw, procedures: collected.procedures },
    collected,
    {
      asOf,
      knownAt: cut.knownAt === undefined ? null : parseMoment(cut.knownAt),
      period: { from: cut.from ?? '0001-01-01', to: cut.to ?? asOf.date },
    },
  )
  const dossiers: EvaluatedDossier[] = []
  for (;;) {
    const { done, value } = evaluation.next()
    if (done === true) return { dossiers, summary: value }
    dossiers.push(value)
  }
}

const rejectedIn = ({ summary }: { summary: EvaluationSummary }) =>
  summary.rejected.map(({ line: number, code }) => `${number} ${code}`)

describe('an evaluation', () => {
  it('shows a dossier as the system would', () => {
    const { dossiers, summary } = evaluated([accepted, procedureLine, resolved])
    expect(dossiers).toEqual([
      {
        source: 'mcdt',
        dossier: 'H52-1',
        procedure: 'TT-10',
        clock: 'ended',
        firstDue: '2026-05-04',
        due: '2026-05-04',
        statutoryDue: '2026-05-04',
        reappointedTo: null,
        late: true,
        lateBy: { workingDays: 2, calendarDays: 2 },
        early: false,
        acceptanceClock: null,
        steps: [],
        register: {
          missing: ['explanation', 'acceptance', 'apology', 'delivery'],
          owedBy: { explanation: 'so-nnmt', acceptance: 'so-nnmt', apology: 'so-nnmt', delivery: 'mot-cua' },
          since: '2026-05-05',
        },
        close: { allowed: false, missing: ['explanation', 'acceptance', 'apology'] },
        flags: [],
        explanation: expect.arrayContaining(['hạn 04/05/2026']),
        calendarVersion: 'vn/1',
        overdueRaisedFor: ['2026-05-04'],
        formulas: { 'qd766-2.1': [0, 1], 'can-xu-ly': [1, 1], 'don-gian': [0, 1] },
      },
    ])
    const items = [{ source: 'mcdt', dossier: 'H52-1', numerator: 0 }]
    const none = { numerator: 0, denominator: 1, percent: 0, items }
    expect(summary).toEqual({
      formulas: {
        'qd766-2.1': none,
        'can-xu-ly': { numerator: 1, denominator: 1, percent: 100, items: [{ ...items[0], numerator: 1 }] },
        'don-gian': none,
      },
      coverage: none,
      early: none,
      rejected: [],
    })
  })

  it('is cut by what had happened', () => {
    expect(evaluated([procedureLine, accepted, resolved], { asOf: '2026-05-05' }).dossiers[0]).toMatchObject({
      clock: 'running',
      lateBy: { workingDays: 1 },
    })
    expect(evaluated([procedureLine, accepted, resolved], { asOf: '2026-04-14' }).dossiers).toEqual([])
    const before = evaluated([procedureLine, accepted], { asOf: '2026-04-15T08:59' })
    expect(before.dossiers).toEqual([])
  })

  it('is cut by what had been received', () => {
    const lines = [
      procedureLine,
      accepted,
      { ...resolved, occurredAt: '2026-05-04', recordedAt: '2026-05-08T10:00' },
    ]
    const at = (knownAt: string) => evaluated(lines, { knownAt }).dossiers[0]
    expect(at('2026-05-08T09:59')).toMatchObject({ clock: 'running', late: true })
    expect(at('2026-05-08')).toMatchObject({
      clock: 'ended',
      late: false,
      overdueRaisedFor: ['2026-05-04'],
      flags: ['late-by-synchronisation', 'backdated'],
    })
  })

  it('adds rates over a period as of its end, whatever happened after', () => {
    const lines = [procedureLine, accepted, resolved]
    const { summary, dossiers } = evaluated(lines, {
      from: '2026-04-01',
      to: '2026-04-30',
      asOf: '2026-06-30',
    })
    expect(dossiers[0]).toMatchObject({ late: true, formulas: { 'can-xu-ly': [0, 1], 'don-gian': [0, 0] } })
    expect(summary.coverage.percent).toBeNull()
  })

  it('restates a past period once a correction is known, and only then', () => {
    const correction = line('c', 'Corrected', '2026-07-10', {
      recordedAt: '2026-07-10',
      data: { corrects: 'r', change: { occurredAt: '2026-05-04' } },
    })
    const lines = [procedureLine, accepted, resolved, correction]
    const quarter = { asOf: '2026-06-30', from: '2026-04-01', to: '2026-06-30' }
    expect(evaluated(lines, { ...quarter, knownAt: '2026-07-09' }).dossiers[0]?.late).toBe(true)
    expect(evaluated(lines, quarter).dossiers[0]?.late).toBe(false)
  })

  it('keeps dossiers of two sources apart that share a code', () => {
    const other = { ...accepted, source: 'dvc' }
    const { dossiers } = evaluated([procedureLine, accepted, other])
    expect(dossiers.map(({ source }) => source)).toEqual(['dvc', 'mcdt'])
  })

  it('pins the version of the procedure that was in force on the day of acceptance', () => {
    const newer = { ...procedureLine, time: 5, validFrom: '2026-04-16' }
    const { dossiers } = evaluated([
      procedureLine,
      newer,
      accepted,
      { ...accepted, id: 'b', dossier: 'H52-2', occurredAt: '2026-04-16' },
    ])
    // From 16/4 five days: 17, 20, 21, 22, 23.
    expect(dossiers.map(({ firstDue }) => firstDue)).toEqual(['2026-05-04', '2026-04-23'])
  })
})

describe('a repeated delivery', () => {
  it('changes nothing, received later as it is', () => {
    const again = { ...resolved, recordedAt: '2026-06-01' }
    const once = evaluated([procedureLine, accepted, { ...resolved, recordedAt: '2026-05-06' }])
    const twice = evaluated([
      procedureLine,
      accepted,
      { ...resolved, recordedAt: '2026-05-06' },
      again,
      accepted,
    ])
    expect(twice).toEqual(once)
  })

  it('with other content is set aside: what was received first stands', () => {
    const first = { ...resolved, recordedAt: '2026-05-06' }
    const other = { ...resolved, occurredAt: '2026-04-20', recordedAt: '2026-05-07' }
    for (const [lines, rejected] of [
      [[procedureLine, accepted, first, other], '4 message-id-reused'],
      [[procedureLine, accepted, other, first], '3 message-id-reused'],
    ] as const) {
      const evaluation = evaluated(lines)
      expect(evaluation.dossiers[0]?.late).toBe(true)
      expect(rejectedIn(evaluation)).toEqual([rejected])
    }
  })
})

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
    ['a lone surrogate', '{"source":"\\ud800"}', 'field-missing'],
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
    const collected = new CollectedLines(testCalendar)
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

describe('a closing', () => {
  const accountedFor = [
    line('e', 'Explained', '2026-05-07'),
    line('ea', 'ExplanationAccepted', '2026-05-08'),
    line('ap', 'ApologyIssued', '2026-05-08'),
  ]

  it('is judged by what had happened before it, in any order of arrival', () => {
    const closed = line('z', 'Closed', '2026-05-09')
    const lines = [closed, ...accountedFor, resolved, accepted, procedureLine]
    expect(rejectedIn(evaluated(lines))).toEqual([])
    expect(rejectedIn(evaluated([{ ...closed, occurredAt: '2026-05-07' }, ...lines.slice(1)]))).toEqual([
      '1 closing-refused',
    ])
  })

  it('refused names what is missing', () => {
    const { summary } = evaluated([procedureLine, accepted, resolved, line('z', 'Closed', '2026-05-09')])
    expect(summary.rejected[0]?.message.vi).toBe(
      'Chưa thể đóng hồ sơ H52-1: chưa có giải trình; giải trình chưa được người đứng đầu chấp nhận; chưa có văn bản xin lỗi. Bổ sung rồi đóng lại.',
    )
  })
})

describe('the order of arrival', () => {
  const shuffled = lives.chain((life) => {
    const notes = linesOf(life)
    const orders = fc.shuffledSubarray(notes, { minLength: notes.length, maxLength: notes.length })
    const repeated = fc.array(fc.constantFrom(...notes), { maxLength: 4 })
    return fc.record({ life: fc.constant(life), notes: fc.constant(notes), orders, repeated })
  })

  function linesOf(life: OracleLife) {
    const last = life.notes.length - 1
    return life.notes.map(({ id, type, day }, at) =>
      line(id, type, day, {
        recordedAt: life.notes[(at * 7 + 3) % life.notes.length]!.day,
        ...(at === last && at > 1 && { type: 'Corrected', data: { corrects: 'n1', change: 'void' } }),
        ...(at === last - 1 &&
          at > 2 && { type: 'Corrected', data: { corrects: `n${last}`, change: { occurredAt: day } } }),
      }),
    )
  }

  it('and repeated deliveries change nothing', () => {
    fc.assert(
      fc.property(shuffled, ({ life, notes, orders, repeated }) => {
        const version = {
          ...procedureLine,
          time: life.days,
          unit: life.unit,
          supplement: life.restart ? 'restart' : 'resume',
          feeStopsClock: life.feeStops,
        }
        const inTurn = evaluated([version, ...notes], { asOf: life.asOf })
        const arrived = evaluated([...orders, ...repeated, version], { asOf: life.asOf })
        expect(arrived.dossiers).toEqual(inTurn.dossiers)
        expect(arrived.summary.formulas).toEqual(inTurn.summary.formulas)
        const codes = ({ summary }: typeof inTurn) => summary.rejected.map(({ code }) => code).sort()
        expect(codes(arrived)).toEqual(codes(inTurn))
      }),
      { numRuns: Math.ceil(livesToTry / 2) },
    )
  }, 600_000)
})
