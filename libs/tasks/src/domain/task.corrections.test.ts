/* oxlint-disable jest/expect-expect -- `thenRecorded` and its like assert */
import { describe, expect, it } from '@jest/globals'
import { isRefusal, type JsonValue } from '#kernel'
import {
  assigned,
  attempt,
  deadline,
  given,
  happened,
  issuedKh71,
  knownEventId,
  people,
  stateAfter,
} from './task.test-support.js'

const eventId = knownEventId
const correct = (...changes: object[]): JsonValue =>
  ({ eventId, reason: 'Nhập sai', changes }) as unknown as JsonValue

const kh71 = { kind: 'Kế hoạch', typeCode: 'KH', number: '71/KH-UBND', issuer: 'UBND tỉnh', raw: null }

describe('Correct', () => {
  it('names the event, the reason, and each field before and after', () => {
    given(assigned(), issuedKh71())
      .when(
        'Correct',
        correct({ field: 'document', deliverableId: '1', evidenceId: '1', after: { date: '2025-01-14' } }),
      )
      .thenRecorded('task.Corrected', {
        corrects: eventId,
        reason: 'Nhập sai',
        changes: [
          {
            field: 'document',
            deliverableId: '1',
            evidenceId: '1',
            before: { ...kh71, date: '2025-03-14' },
            after: { ...kh71, date: '2025-01-14' },
          },
        ],
      })
      .andVerdict('on-time')
  })

  it('strikes out a document that was entered for the wrong task', () => {
    given(assigned(), issuedKh71())
      .when('Correct', correct({ field: 'document', deliverableId: '1', evidenceId: '1', after: null }))
      .thenRecorded('task.Corrected')
      .andStatus('assigned')
      .andVerdict('open')
  })

  it('replaces a deadline with its text and what it means', () => {
    const right = deadline('2025-03-31', { raw: 'Quý I/2025', type: 'quarter' })
    const { deliverables } = given(assigned(), issuedKh71())
      .when('Correct', correct({ field: 'deadline', deliverableId: '1', after: right }))
      .andVerdict('on-time')
      .after()
    expect(deliverables[0]).toMatchObject({ deadline: right, deadlineRaw: 'Quý I/2025' })
  })

  it('changes who leads, and with it who may act', () => {
    const lead = [{ agencyId: 'so-noi-vu', name: 'Sở Nội vụ', collective: false }]
    const after = given(assigned())
      .when('Correct', correct({ field: 'lead', after: lead }))
      .after()
    expect(isRefusal(attempt(after, 'Accept', {}, { by: people.otherOfficer }))).toBe(false)
    expect(isRefusal(attempt(after, 'Accept', {}, { by: people.officer }))).toBe(true)
  })

  it('is refused for an event that the history does not have', () => {
    const unknown = '0197a1b2-0000-7000-8000-0000000000ff'
    given(assigned())
      .when('Correct', {
        eventId: unknown,
        reason: 'Nhập sai',
        changes: [{ field: 'title', after: 'Tên đúng' }],
      })
      .thenRefused('event-unknown', { eventId: unknown })
  })

  it('does not revive a withdrawn task', () => {
    given(assigned(), happened('task.Withdrawn', { reason: 'Trùng' }))
      .when('Correct', correct({ field: 'title', after: 'Tên đúng' }))
      .thenRecorded('task.Corrected')
      .andStatus('withdrawn')
  })

  it('leaves out what is as it was, and is refused where nothing differs', () => {
    given(assigned())
      .when('Correct', correct({ field: 'title', after: 'Tên đúng' }, { field: 'responsible', after: null }))
      .thenRecorded('task.Corrected', {
        changes: [expect.objectContaining({ field: 'title', after: 'Tên đúng' }) as never],
      })
    given(assigned())
      .when('Correct', correct({ field: 'responsible', after: null }))
      .thenRefused('nothing-to-correct')
  })

  it('leaves an extended due date to the assigner, and only where one was granted', () => {
    const change = correct({ field: 'extendedDue', deliverableId: '1', after: '2025-02-28' })
    const granted = happened('task.ExtensionGranted', {
      deliverableId: '1',
      due: '2026-02-28',
      from: '2025-01-31',
      reason: null,
      flags: [],
    })
    given(assigned(), granted).when('Correct', change).thenRefused('extension-not-yours-to-correct')
    given(assigned(), granted).when('Correct', change, { by: people.assigner }).thenRecorded('task.Corrected')
    given(assigned()).when('Correct', change, { by: people.assigner }).thenRefused('nothing-to-correct')
  })

  it.each([
    ['an unknown deliverable', { field: 'product', deliverableId: '7', after: 'x' }, 'deliverable-unknown'],
    ['a deliverable not named', { field: 'product', after: 'x' }, 'deliverable-unknown'],
    [
      'an unknown document',
      { field: 'document', deliverableId: '1', evidenceId: '4', after: null },
      'evidence-unknown',
    ],
    ['a note that is no text', { field: 'note', deliverableId: '1', after: 71 }, 'correction-invalid'],
    ['an empty title', { field: 'title', after: ' ' }, 'correction-invalid'],
    ['a lead without its id', { field: 'lead', after: [{ name: 'Sở Nội vụ' }] }, 'correction-invalid'],
    ['a lead that is no list', { field: 'lead', after: 'Sở Nội vụ' }, 'correction-invalid'],
    [
      'a deadline that is a text',
      { field: 'deadline', deliverableId: '1', after: '2025' },
      'correction-invalid',
    ],
    [
      'a day that is none',
      { field: 'acceptedOn', deliverableId: '1', after: '2025-02-30' },
      'correction-invalid',
    ],
    [
      'a due date without its source',
      { field: 'ruleDue', deliverableId: '1', after: { due: '2025-02-01' } },
      'correction-invalid',
    ],
    [
      'a field of a document nobody declared',
      { field: 'document', deliverableId: '1', evidenceId: '1', after: { pages: 3 } },
      'correction-invalid',
    ],
  ])('refuses %s', (_what, change, code) => {
    given(assigned(), issuedKh71()).when('Correct', correct(change)).thenRefused(code)
  })

  it.each([
    ['condition', { date: '2025-01-08', due: '2025-01-10' }],
    ['acceptedOn', '2025-03-16'],
  ])('does not stand for the command that records a %s', (field, after) => {
    given(assigned(), issuedKh71())
      .when('Correct', correct({ field, deliverableId: '1', after }))
      .thenRefused('nothing-to-correct', { field })
  })

  it.each([
    ['assigner', { agencyId: null, name: 'Thủ tướng Chính phủ' }, {}],
    ['coordinate', [], {}],
    ['responsible', 'official-9', {}],
    ['product', 'Quyết định của UBND tỉnh', { deliverableId: '1' }],
    ['note', 'Đã hoàn thành (Kế hoạch số 71/KH-UBND ngày 14/3/2025)', { deliverableId: '1' }],
    ['ruleDue', { due: '2025-02-01', source: 'NĐ 45/2025/NĐ-CP' }, { deliverableId: '1' }],
    ['condition', { date: '2025-01-08', due: null }, { deliverableId: '1' }],
    ['acceptedOn', '2025-03-16', { deliverableId: '1' }],
  ])('takes a right %s', (field, after, where) => {
    const met = happened('task.ConditionMet', {
      deliverableId: '1',
      date: '2025-01-07',
      due: null,
      source: null,
    })
    const taken = happened('task.Completed', {
      deliverableIds: ['1'],
      acceptedOn: '2025-03-15',
      basis: 'acceptance',
      flags: [],
    })
    const state = stateAfter(assigned(), issuedKh71(), met, taken)
    expect(attempt(state, 'Correct', correct({ field, after, ...where }))).toMatchObject([
      { data: { changes: [{ field, after }] } },
    ])
  })
})
