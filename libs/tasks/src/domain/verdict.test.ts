import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '#calendar'
import { reportedStateOf, verdictOf, type DeliverableFacts } from './verdict.js'

type Parts = Partial<Omit<DeliverableFacts, 'deadline' | 'evidence' | 'condition' | 'ruleDue'>> & {
  due?: string | null
  lastCompliantDay?: string | null
  conditionDue?: string
  ruleDue?: string
  documents?: readonly (string | null)[]
}

function facts({
  due = null,
  lastCompliantDay = due,
  conditionDue,
  ruleDue,
  documents = [],
  ...rest
}: Parts) {
  return {
    status: null,
    acceptedOn: null,
    extendedDue: null,
    deadline: { due, lastCompliantDay },
    condition: conditionDue === undefined ? null : { date: '2025-01-08', due: conditionDue },
    ruleDue: ruleDue === undefined ? null : { due: ruleDue, source: 'NĐ 45/2025/NĐ-CP' },
    evidence: documents.map((date) => ({ date })),
    ...rest,
  } satisfies DeliverableFacts
}

const endOfYear = '2025-12-31'
const completed = { status: 'completed' } as const

describe('verdicts of the plan of 2025', () => {
  it.each([
    ['II-5.1', 'late', 42, facts({ ...completed, due: '2025-01-31', documents: ['2025-03-14'] })],
    ['I-2.1', 'on-time', null, facts({ ...completed, due: '2025-01-31', documents: ['2025-01-11'] })],
    // "Sau khi Chính phủ ban hành Nghị quyết": no clock until the event is recorded.
    ['I-1.1', 'undeterminable', null, facts({ ...completed, documents: ['2025-01-20'] })],
    ['I-4.2', 'undeterminable', null, facts({ ...completed, documents: ['2025-03-19', '2025-06-18'] })],
    ['I-14.1', 'open', null, facts({ due: '2025-12-31' })],
    ['I-3.1', 'open', null, facts({ due: '2025-08-31' })],
  ] as const)('%s is %s', (_row, verdict, daysLate, of) => {
    expect(verdictOf(of, endOfYear, 'original')).toMatchObject({ verdict, daysLate })
  })
})

describe('verdictOf', () => {
  it('counts the days overdue of what is open, from the day after the due day', () => {
    const open = facts({ due: '2025-08-31' })
    expect(verdictOf(open, '2025-08-31', 'original').overdueDays).toBeNull()
    expect(verdictOf(open, '2025-09-01', 'original').overdueDays).toBe(1)
    expect(verdictOf(open, '2025-09-30', 'original').overdueDays).toBe(30)
  })

  it('takes the due day itself as on time', () => {
    const of = facts({ ...completed, due: '2025-01-31', documents: ['2025-01-31'] })
    expect(verdictOf(of, endOfYear, 'original').verdict).toBe('on-time')
  })

  it('goes by the first listed dated document, whichever is older', () => {
    const of = (documents: (string | null)[]) => facts({ ...completed, due: '2025-01-31', documents })
    expect(verdictOf(of(['2025-02-02', '2025-01-05']), endOfYear, 'original').daysLate).toBe(2)
    expect(verdictOf(of(['2025-01-05', '2025-02-02']), endOfYear, 'original').verdict).toBe('on-time')
    expect(verdictOf(of([null, '2025-02-03']), endOfYear, 'original').daysLate).toBe(3)
  })

  it('says it is undeterminable without a dated document, also when the due date passed', () => {
    const of = facts({ ...completed, due: '2025-01-31', documents: [null] })
    expect(verdictOf(of, endOfYear, 'original')).toEqual({
      verdict: 'undeterminable',
      daysLate: null,
      overdueDays: null,
      due: '2025-01-31',
      strictlyLate: false,
    })
  })

  it('judges what is issued and waits for acceptance by its document', () => {
    const of = facts({ due: '2025-01-31', documents: ['2025-01-30'] })
    expect(verdictOf(of, endOfYear, 'original')).toMatchObject({ verdict: 'on-time', overdueDays: null })
  })

  it('does not know on a day what happened after it', () => {
    const of = facts({
      ...completed,
      acceptedOn: '2025-03-20',
      due: '2025-01-31',
      documents: ['2025-03-14'],
    })
    expect(verdictOf(of, '2025-01-31', 'original')).toMatchObject({ verdict: 'open', overdueDays: null })
    expect(verdictOf(of, '2025-03-13', 'original')).toMatchObject({ verdict: 'open', overdueDays: 41 })
    expect(verdictOf(of, '2025-03-14', 'original')).toMatchObject({ verdict: 'late', daysLate: 42 })
    const noted = facts({ ...completed, acceptedOn: '2025-03-20', due: '2025-01-31' })
    expect(verdictOf(noted, '2025-03-19', 'original').verdict).toBe('open')
    expect(verdictOf(noted, '2025-03-20', 'original').verdict).toBe('undeterminable')
  })

  it('keeps the original and the extended due date apart', () => {
    const of = facts({
      ...completed,
      due: '2025-01-31',
      extendedDue: '2025-03-31',
      documents: ['2025-03-14'],
    })
    expect(verdictOf(of, endOfYear, 'original')).toMatchObject({ verdict: 'late', due: '2025-01-31' })
    expect(verdictOf(of, endOfYear, 'extended')).toMatchObject({ verdict: 'on-time', due: '2025-03-31' })
  })

  it('uses the day of a condition, and of a rule only where the plan names none', () => {
    const documents = ['2025-01-20']
    const due = (of: DeliverableFacts) => verdictOf(of, endOfYear, 'original').due
    expect(due(facts({ ...completed, documents, conditionDue: '2025-01-18' }))).toBe('2025-01-18')
    expect(due(facts({ ...completed, documents, ruleDue: '2025-02-01' }))).toBe('2025-02-01')
    expect(due(facts({ ...completed, documents, due: '2025-01-15', ruleDue: '2025-02-01' }))).toBe(
      '2025-01-15',
    )
  })

  it('shows where "trước ngày" read strictly gives another answer', () => {
    const before = { due: '2025-02-15', lastCompliantDay: '2025-02-14' }
    const on = (date: string) =>
      verdictOf(facts({ ...completed, ...before, documents: [date] }), endOfYear, 'extended')
    expect(on('2025-02-14')).toMatchObject({ verdict: 'on-time', strictlyLate: false })
    expect(on('2025-02-15')).toMatchObject({ verdict: 'on-time', strictlyLate: true })
    expect(on('2025-02-16')).toMatchObject({ verdict: 'late', daysLate: 1, strictlyLate: false })
    expect(verdictOf(facts(before), '2025-02-15', 'original')).toMatchObject({
      verdict: 'open',
      overdueDays: null,
      strictlyLate: true,
    })
    const later = facts({ ...completed, ...before, extendedDue: '2025-03-15', documents: ['2025-03-15'] })
    expect(verdictOf(later, endOfYear, 'extended').strictlyLate).toBe(false)
  })

  const day = fc.integer({ min: 0, max: 120 }).map((offset) => addDays('2025-01-01', offset))
  const maybe = fc.option(day)
  it('agrees with the rule spelt out day by day', () => {
    fc.assert(
      fc.property(
        fc.record({
          status: fc.constantFrom('completed' as const, null),
          acceptedOn: maybe,
          extendedDue: maybe,
          due: maybe,
          documents: fc.array(maybe, { maxLength: 3 }),
        }),
        day,
        fc.constantFrom('original' as const, 'extended' as const),
        (parts, asOf, basis) => {
          const acceptedOn = parts.status === null ? null : parts.acceptedOn
          const of = facts({ ...parts, acceptedOn })
          expect(verdictOf(of, asOf, basis)).toMatchObject(oracle({ ...parts, acceptedOn }, asOf, basis))
        },
      ),
    )
  })
})

/** Day by day instead of by comparison: what is known on each day up to `asOf`, then counting days one at a time. */
function oracle(
  of: {
    status: string | null
    acceptedOn: string | null
    extendedDue: string | null
    due: string | null
    documents: (string | null)[]
  },
  asOf: string,
  basis: string,
): object {
  const due = basis === 'extended' && of.extendedDue !== null ? of.extendedDue : of.due
  const dated = of.documents.filter((date) => date !== null)[0]
  const count = (from: string, to: string): number => {
    let days = 0
    for (let at = from; at !== to; at = addDays(at, 1)) days++
    return days
  }
  const past = new Set<string>()
  for (let at = '2024-12-31'; ; at = addDays(at, 1)) {
    past.add(at)
    if (at === asOf) break
  }
  let delivered: boolean
  if (dated !== undefined) delivered = past.has(dated)
  else if (of.status === 'completed') delivered = of.acceptedOn === null || past.has(of.acceptedOn)
  else delivered = of.documents.length > 0
  if (!delivered) {
    const overdue = due !== null && due !== asOf && past.has(due)
    return { verdict: 'open', daysLate: null, overdueDays: overdue ? count(due, asOf) : null, due }
  }
  if (due === null || dated === undefined)
    return { verdict: 'undeterminable', daysLate: null, overdueDays: null, due }
  if (dated <= due) return { verdict: 'on-time', daysLate: null, overdueDays: null, due }
  return { verdict: 'late', daysLate: count(due, dated), overdueDays: null, due }
}

describe('the states in which the field reports', () => {
  const reported = (of: DeliverableFacts, asOf = endOfYear) =>
    reportedStateOf(verdictOf(of, asOf, 'original'))

  it.each([
    ['completed-on-time', facts({ ...completed, due: '2025-01-31', documents: ['2025-01-11'] })],
    ['completed-late', facts({ ...completed, due: '2025-01-31', documents: ['2025-03-14'] })],
    ['in-progress', facts({ due: endOfYear })],
    ['in-progress-overdue', facts({ due: '2025-08-31' })],
    ['no-deadline', facts({})],
    ['no-deadline', facts({ ...completed, documents: ['2025-01-20'] })],
    [null, facts({ ...completed, due: '2025-01-31' })],
  ] as const)('%s', (state, of) => {
    expect(reported(of)).toBe(state)
  })
})
