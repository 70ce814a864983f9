/* oxlint-disable jest/expect-expect -- `thenRecorded` and its like assert */
import { describe, expect, it } from '@jest/globals'
import { assigned, attempt, deadline, given, happened, issuedKh71, people } from './task.test-support.js'

const kh71 = { number: '71/KH-UBND', date: '2025-03-14', issuer: 'UBND tỉnh' }
describe('Issue', () => {
  it('takes a document after the deadline, which becomes late', () => {
    given(assigned({ due: '2025-01-31' }))
      .when('Issue', { deliverableId: '1', document: kh71 }, { by: people.officer })
      .thenRecorded('task.Issued', { deliverableId: '1', evidenceId: '1', flags: ['after-deadline'] })
      .andStatus('issued')
      .andVerdict('late', { days: 42 })
  })

  it('reads the kind off the symbol where nobody names it', () => {
    const { deliverables } = given(assigned()).when('Issue', { deliverableId: '1', document: kh71 }).after()
    expect(deliverables[0]!.evidence).toEqual([
      { id: '1', kind: 'Kế hoạch', typeCode: 'KH', ...kh71, raw: null },
    ])
  })

  it('is refused on a withdrawn task', () => {
    given(assigned(), happened('task.Withdrawn', { reason: 'Trùng' }))
      .when('Issue', { deliverableId: '1', document: kh71 })
      .thenRefused('transition-not-allowed', { status: 'withdrawn' })
  })

  it('leaves the status where another deliverable is still to come', () => {
    given(assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-12-31')] }))
      .when('Issue', { deliverableId: '1', document: kh71 })
      .thenRecorded('task.Issued')
      .andStatus('assigned')
  })

  it('names the known deliverables where the one asked for is unknown', () => {
    given(assigned({ deadlines: [deadline('2025-01-31'), deadline(null)] }))
      .when('Issue', { deliverableId: '3', document: kh71 })
      .thenRefused('deliverable-unknown', { deliverableId: '3', known: ['1', '2'] })
  })

  it.each([
    ['spelt with spaces and another case', { ...kh71, number: '71 / kh- ubnd' }],
    ['with the issuer spelt out', { ...kh71, issuer: 'Ủy ban nhân dân tỉnh' }],
    ['without its issuer', { number: '71/KH-UBND', date: '2025-03-14' }],
    ['without its date', { number: '71/KH-UBND', issuer: 'UBND tỉnh' }],
    ['with another day of the same year', { ...kh71, date: '2025-03-15' }],
  ])('refuses the same document %s', (_how, document) => {
    given(assigned(), issuedKh71())
      .when('Issue', { deliverableId: '1', document })
      .thenRefused('document-already-recorded', { deliverableId: '1', evidenceId: '1' })
  })

  it.each([
    ['the number of another year', { ...kh71, date: '2024-03-14' }],
    ['the number of another agency', { ...kh71, issuer: 'Sở Tư pháp' }],
    ['a document whose number is not known', { kind: 'Kế hoạch', date: '2025-03-14' }],
  ])('takes %s beside it', (_how, document) => {
    given(assigned(), issuedKh71())
      .when('Issue', { deliverableId: '1', document })
      .thenRecorded('task.Issued', { evidenceId: '2' })
  })

  it('takes one document for several deliverables', () => {
    given(assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-12-31')] }), issuedKh71())
      .when('Issue', { deliverableId: '2', document: kh71 })
      .thenRecorded('task.Issued', { evidenceId: '1' })
      .andStatus('issued')
  })

  it.each([
    ['older than the plan and its year', { ...kh71, date: '2024-12-31' }, ['older-than-plan']],
    ['of the first day of the plan’s year', { ...kh71, date: '2025-01-01' }, []],
    ['of the due day', { ...kh71, date: '2025-01-31' }, []],
    ['of another kind', { ...kh71, number: '277/QĐ-UBND', date: '2025-01-12' }, ['other-kind']],
    ['of tomorrow', { ...kh71, date: '2025-03-21' }, ['after-deadline', 'dated-in-future']],
    ['of a kind nobody knows', { date: '2025-01-12' }, []],
  ])('flags a document %s and records it', (_what, document, flags) => {
    given(assigned())
      .when('Issue', { deliverableId: '1', document })
      .thenRecorded('task.Issued', { flags: flags as never })
  })

  it.each([
    ['2024-12-15', []],
    ['2024-12-14', ['older-than-plan']],
  ])('counts from the signing of a plan that was signed before its year: %s', (date, flags) => {
    given(assigned({ planDate: '2024-12-15' }))
      .when('Issue', { deliverableId: '1', document: { ...kh71, date } })
      .thenRecorded('task.Issued', { flags: flags as never })
  })
})

describe('CompleteDocument', () => {
  const unknown = issuedKh71('1', null)

  it('adds what was unknown, and flags what that shows', () => {
    given(assigned(), unknown)
      .when('CompleteDocument', { deliverableId: '1', evidenceId: '1', date: '2025-03-14' })
      .thenRecorded('task.DocumentCompleted', { date: '2025-03-14', number: null, flags: ['after-deadline'] })
      .andVerdict('late', { days: 42 })
  })

  it('changes nothing that is known: that is a correction', () => {
    given(assigned(), unknown)
      .when('CompleteDocument', { deliverableId: '1', evidenceId: '1', number: '72/KH-UBND' })
      .thenRefused('document-field-known', { fields: ['number'] })
  })

  it('needs something to add', () => {
    given(assigned(), unknown)
      .when('CompleteDocument', { deliverableId: '1', evidenceId: '1' })
      .thenRefused('nothing-to-complete')
  })

  it('does not make two of one document', () => {
    const unnumbered = happened('task.Issued', {
      deliverableId: '1',
      evidenceId: '2',
      document: {
        kind: 'Kế hoạch',
        typeCode: 'KH',
        number: null,
        date: '2025-03-14',
        issuer: null,
        raw: null,
      },
      flags: [],
    })
    given(assigned(), issuedKh71(), unnumbered)
      .when('CompleteDocument', { deliverableId: '1', evidenceId: '2', number: '71/KH-UBND' })
      .thenRefused('document-already-recorded', { evidenceId: '1' })
  })
})

describe('Complete and Reopen', () => {
  it('takes the day it occurred where no day of acceptance is given', () => {
    given(assigned(), issuedKh71())
      .when('Complete', { deliverableIds: ['1'] }, { occurredAt: '2025-03-15T17:30:00Z' })
      .thenRecorded('task.Completed', { acceptedOn: '2025-03-16', basis: 'acceptance', flags: [] })
      .andStatus('completed')
  })

  it('keeps no day where only a note says it is done', () => {
    given(assigned())
      .when('Complete', { deliverableIds: ['1'], basis: 'note' })
      .thenRecorded('task.Completed', { acceptedOn: null, basis: 'note', flags: ['without-evidence'] })
      .andVerdict('undeterminable')
  })

  it('flags an acceptance by the agency that did the work, and one of tomorrow', () => {
    given(
      assigned({ lead: [{ agencyId: 'vp-ubnd', name: 'Văn phòng UBND tỉnh', collective: false }] }),
      issuedKh71(),
    )
      .when('Complete', { deliverableIds: ['1'], acceptedOn: '2025-03-21' })
      .thenRecorded('task.Completed', { flags: ['accepted-by-lead-agency', 'dated-in-future'] })
  })

  it('goes by deliverable: the task is completed with the last one', () => {
    const two = assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-12-31')] })
    const first = given(two, issuedKh71()).when('Complete', { deliverableIds: ['1'] })
    first.thenRecorded('task.Completed').andStatus('assigned')
    expect(attempt(first.after(), 'Complete', { deliverableIds: ['1', '2'] })).toMatchObject({
      code: 'already-completed',
      details: { deliverableIds: ['1'] },
    })
    expect(attempt(first.after(), 'Complete', { deliverableIds: ['2'] })).toMatchObject([
      { data: { flags: ['without-evidence'] } },
    ])
    expect(attempt(first.after(), 'Reopen', { deliverableIds: ['2'], reason: 'Nhầm' })).toMatchObject({
      code: 'not-completed',
    })
    expect(attempt(first.after(), 'Reopen', { deliverableIds: [], reason: 'Nhầm' })).toMatchObject({
      code: 'nothing-to-reopen',
    })
  })

  it('reopens a withdrawn task where it stood', () => {
    given(assigned(), issuedKh71(), happened('task.Withdrawn', { reason: 'Nhầm' }))
      .when('Reopen', { reason: 'Thu hồi nhầm' })
      .thenRecorded('task.Reopened', { deliverableIds: [] })
      .andStatus('issued')
  })
})

describe('deadlines that wait for an event', () => {
  const waiting = deadline(null, { type: 'event', raw: 'Sau khi Chính phủ ban hành Nghị quyết' })

  it('get their due date when the condition is recorded, once', () => {
    const recorded = given(assigned({ deadlines: [waiting] })).when('RecordCondition', {
      deliverableId: '1',
      date: '2025-01-08',
      due: '2025-01-18',
    })
    recorded.thenRecorded('task.ConditionMet', { date: '2025-01-08', due: '2025-01-18', source: null })
    expect(
      attempt(recorded.after(), 'RecordCondition', { deliverableId: '1', date: '2025-01-09' }),
    ).toMatchObject({ code: 'condition-already-recorded' })
    expect(
      attempt(
        recorded.after(),
        'MarkOverdue',
        { deliverableId: '1', due: '2025-01-18' },
        { by: people.system },
      ),
    ).toMatchObject([{ type: 'task.Overdue' }])
  })
})
