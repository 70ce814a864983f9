import { describe, expect, it } from '@jest/globals'
import { ingest, ingestOn, told } from '../ingest/ingest.test-support.js'
import { accepted, evaluated, line, procedureLine, rejectedIn, resolved } from './evaluate.test-support.js'

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
        provisional: false,
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
        explanation: expect.arrayContaining(['hạn 04/5']),
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
      warnings: [],
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

describe('deliveries of one id', () => {
  it('in any order leave the same one standing and the same ones set aside', () => {
    const deliveries = [
      { ...resolved, recordedAt: '2026-05-06' },
      { ...resolved, occurredAt: '2026-04-20', recordedAt: '2026-05-07' },
      { ...resolved, recordedAt: '2026-05-08' },
    ]
    for (const [a, b, c] of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 1, 0],
    ] as const) {
      const inOrder = [a, b, c].map((at) => deliveries[at]!)
      const evaluation = evaluated([procedureLine, accepted, ...inOrder])
      expect(evaluation.dossiers[0]?.late).toBe(true)
      expect(rejectedIn(evaluation)).toEqual([`${[a, b, c].indexOf(1) + 3} message-id-reused`])
    }
  })
})

describe('an agency that the registry does not know', () => {
  it('is told once, at the first line that names it, and its lines are taken', () => {
    const unknown = { agency: 'ban-nao-do' }
    const lines = [procedureLine, { ...accepted, ...unknown }, { ...resolved, ...unknown }]
    const { dossiers, summary } = evaluated(lines)
    expect(dossiers).toHaveLength(1)
    expect(summary.rejected).toEqual([])
    expect(summary.warnings.map(({ line: number, code }) => `${number} ${code}`)).toEqual([
      '2 agency-unknown',
    ])
  })
})

describe('an id', () => {
  it('of two dossiers of a source is of two messages, on record as here', async () => {
    const lines = [accepted, { ...accepted, dossier: 'H52-2', occurredAt: '2026-04-20' }]
    const evaluation = evaluated([procedureLine, ...lines])
    expect(rejectedIn(evaluation)).toEqual([])
    expect(evaluation.dossiers.map(({ dossier, due }) => [dossier, due])).toEqual([
      ['H52-1', '2026-05-04'],
      ['H52-2', '2026-05-07'],
    ])
    const parts = await ingestOn('2026-05-07T02:00:00.000Z')
    expect(told(await ingest(parts, [...lines, ...lines]))).toEqual([
      '1 accepted',
      '2 accepted',
      '3 repeated',
      '4 repeated',
    ])
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
