import { describe, expect, it } from '@jest/globals'
import { validateInput } from '#engine'
import { taskInputs } from './task.commands.js'
import {
  assigned,
  assignment,
  attempt,
  deadline,
  given,
  happened,
  issuedKh71,
  people,
  stateAfter,
} from './task.test-support.js'

const kh71 = { number: '71/KH-UBND', date: '2025-03-14', issuer: 'UBND tỉnh' }
const extensionAsked = (due = '2025-03-31', by = 'official-officer') =>
  happened(
    'task.ExtensionRequested',
    { deliverableId: '1', due, from: '2025-01-31', reason: 'Chờ bộ', agency: 'so-tu-phap', flags: [] },
    by,
  )
const extended = (due: string) =>
  happened('task.ExtensionGranted', {
    deliverableId: '1',
    due,
    from: '2025-01-31',
    reason: null,
    flags: [],
  })

describe('Issue', () => {
  it('takes a document after the deadline, which becomes late', () => {
    given(assigned({ due: '2025-01-31' }))
      .when('Issue', { deliverableId: '1', document: kh71 }, { by: people.officer })
      .then('task.Issued', { deliverableId: '1', evidenceId: '1', flags: ['after-deadline'] })
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
      .then('task.Issued')
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
      .then('task.Issued', { evidenceId: '2' })
  })

  it('takes one document for several deliverables', () => {
    given(assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-12-31')] }), issuedKh71())
      .when('Issue', { deliverableId: '2', document: kh71 })
      .then('task.Issued', { evidenceId: '1' })
      .andStatus('issued')
  })

  it.each([
    ['older than the plan', { ...kh71, date: '2025-01-01' }, ['older-than-plan']],
    ['of the day of the plan', { ...kh71, date: '2025-01-02' }, []],
    ['of the due day', { ...kh71, date: '2025-01-31' }, []],
    ['of another kind', { ...kh71, number: '277/QĐ-UBND', date: '2025-01-12' }, ['other-kind']],
    ['of tomorrow', { ...kh71, date: '2025-03-21' }, ['after-deadline', 'dated-in-future']],
    ['of a kind nobody knows', { date: '2025-01-12' }, []],
  ])('flags a document %s and records it', (_what, document, flags) => {
    given(assigned())
      .when('Issue', { deliverableId: '1', document })
      .then('task.Issued', { flags: flags as never })
  })
})

describe('CompleteDocument', () => {
  const unknown = issuedKh71('1', null)

  it('adds what was unknown, and flags what that shows', () => {
    given(assigned(), unknown)
      .when('CompleteDocument', { deliverableId: '1', evidenceId: '1', date: '2025-03-14' })
      .then('task.DocumentCompleted', { date: '2025-03-14', number: null, flags: ['after-deadline'] })
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

describe('extensions', () => {
  it('moves the extended due date and leaves the original', () => {
    const after = given(assigned(), extensionAsked())
      .when('GrantExtension', { deliverableId: '1', due: '2025-03-31' }, { by: people.assigner })
      .then('task.ExtensionGranted', { due: '2025-03-31', from: '2025-01-31' })
      .after()
    expect(after.deliverables[0]).toMatchObject({
      deadline: { due: '2025-01-31' },
      extendedDue: '2025-03-31',
      openRequest: null,
    })
  })

  it('records a request and a grant after the deadline, as such', () => {
    given(assigned())
      .when('RequestExtension', { deliverableId: '1', due: '2025-03-31', reason: 'Chờ bộ' })
      .then('task.ExtensionRequested', { flags: ['after-deadline'] })
    given(assigned(), extensionAsked())
      .when('GrantExtension', { deliverableId: '1', due: '2025-03-31' }, { by: people.assigner })
      .then('task.ExtensionGranted', { flags: ['after-deadline'] })
  })

  it('goes by the day the request was made, not by the day it was entered', () => {
    given(assigned())
      .when(
        'RequestExtension',
        { deliverableId: '1', due: '2025-03-31', reason: 'Chờ bộ' },
        { occurredAt: '2025-01-31T16:59:59Z' },
      )
      .then('task.ExtensionRequested', { flags: [] })
  })

  it('flags the third request and its grant', () => {
    const twice = [extensionAsked('2025-05-31'), extended('2025-05-31'), extensionAsked('2025-06-30')]
    given(assigned(), ...twice, extended('2025-06-30'))
      .when('RequestExtension', { deliverableId: '1', due: '2025-07-31', reason: 'Chờ bộ' })
      .then('task.ExtensionRequested', { flags: ['third-extension'] })
    given(assigned(), ...twice, extended('2025-06-30'), extensionAsked('2025-07-31'))
      .when('GrantExtension', { deliverableId: '1', due: '2025-07-31' }, { by: people.assigner })
      .then('task.ExtensionGranted', { flags: ['third-extension'] })
  })

  it.each([
    ['who asked, as a person', { ...people.assigner, id: 'official-officer' }],
    ['who acts for the agency that asked', { ...people.assigner, agency: 'so-tu-phap' }],
  ])('is not granted by one %s', (_who, by) => {
    given(assigned(), extensionAsked())
      .when('GrantExtension', { deliverableId: '1', due: '2025-03-31' }, { by })
      .thenRefused('own-extension-request')
  })

  it('is for a day after the one in force', () => {
    given(assigned(), extensionAsked(), extended('2025-03-31'))
      .when('RequestExtension', { deliverableId: '1', due: '2025-03-31', reason: 'Chờ bộ' })
      .thenRefused('extension-not-later', { due: '2025-03-31' })
  })

  it('needs a due date to move', () => {
    given(assigned({ due: null }))
      .when('RequestExtension', { deliverableId: '1', due: '2025-03-31', reason: 'Chờ bộ' })
      .thenRefused('deadline-without-date')
  })

  it('is kept for the lead agency where the clerk enters it', () => {
    given(assigned())
      .when('RequestExtension', { deliverableId: '1', due: '2025-03-31', reason: 'Chờ bộ' })
      .then('task.ExtensionRequested', { agency: 'so-tu-phap' })
  })

  it('lapses when the result is taken', () => {
    const { deliverables } = given(assigned(), extensionAsked(), issuedKh71())
      .when('Complete', { deliverableIds: ['1'] })
      .after()
    expect(deliverables[0]!.openRequest).toBeNull()
  })
})

describe('MarkOverdue', () => {
  const mark = { deliverableId: '1', due: '2025-01-31' }
  const by = people.system

  it('is recorded once a deadline, with the deadline used', () => {
    given(assigned())
      .when('MarkOverdue', mark, { by })
      .then('task.Overdue', { due: '2025-01-31', basis: 'original', deadlineRaw: '2025-01-31' })
    const overdue = happened('task.Overdue', {
      ...mark,
      basis: 'original',
      deadlineRaw: '2025-01-31',
    })
    given(assigned(), overdue).when('MarkOverdue', mark, { by }).thenRefused('overdue-already-recorded')
    given(assigned(), overdue, extended('2025-02-28'))
      .when('MarkOverdue', { deliverableId: '1', due: '2025-02-28' }, { by })
      .then('task.Overdue', { due: '2025-02-28', basis: 'extended' })
  })

  it('is refused by a timer that an extension has overtaken', () => {
    given(assigned(), extended('2025-06-30'))
      .when('MarkOverdue', mark, { by })
      .thenRefused('deadline-changed')
  })

  it('waits for the end of the due day at Vietnam’s clock', () => {
    given(assigned())
      .when('MarkOverdue', mark, { by, now: '2025-01-31T16:59:59Z' })
      .thenRefused('due-not-passed')
    given(assigned()).when('MarkOverdue', mark, { by, now: '2025-01-31T17:00:00Z' }).then('task.Overdue')
  })

  it('spares what has its document', () => {
    given(assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-12-31')] }), issuedKh71())
      .when('MarkOverdue', mark, { by })
      .thenRefused('deliverable-delivered')
  })
})

describe('explanations', () => {
  const explained = (by: string) =>
    happened('task.Explained', { deliverableId: '1', text: 'Chờ bộ', agency: 'so-tu-phap' }, by)

  it('are accepted by the head, but not his own', () => {
    given(assigned(), explained('official-officer'))
      .when('AcceptExplanation', { deliverableId: '1' }, { by: people.head })
      .then('task.ExplanationAccepted')
    given(assigned(), explained('official-head'))
      .when('AcceptExplanation', { deliverableId: '1' }, { by: people.head })
      .thenRefused('own-explanation')
    given(assigned(), explained('official-head'))
      .when('AcceptExplanation', { deliverableId: '1' }, { by: people.assigner })
      .then('task.ExplanationAccepted')
  })

  it('may be given again once rejected', () => {
    const rejected = happened('task.ExplanationRejected', { deliverableId: '1', reason: 'Chưa rõ' })
    given(assigned(), explained('official-officer'), rejected)
      .when('Explain', { deliverableId: '1', text: 'Đã rõ hơn' }, { by: people.officer })
      .then('task.Explained', { agency: 'so-tu-phap' })
  })
})

describe('Complete and Reopen', () => {
  it('takes the day it occurred where no day of acceptance is given', () => {
    given(assigned(), issuedKh71())
      .when('Complete', { deliverableIds: ['1'] }, { occurredAt: '2025-03-15T17:30:00Z' })
      .then('task.Completed', { acceptedOn: '2025-03-16', basis: 'acceptance', flags: [] })
      .andStatus('completed')
  })

  it('keeps no day where only a note says it is done', () => {
    given(assigned())
      .when('Complete', { deliverableIds: ['1'], basis: 'note' })
      .then('task.Completed', { acceptedOn: null, basis: 'note', flags: ['without-evidence'] })
      .andVerdict('undeterminable')
  })

  it('flags an acceptance by the agency that did the work, and one of tomorrow', () => {
    given(
      assigned({ lead: [{ agencyId: 'vp-ubnd', name: 'Văn phòng UBND tỉnh', collective: false }] }),
      issuedKh71(),
    )
      .when('Complete', { deliverableIds: ['1'], acceptedOn: '2025-03-21' })
      .then('task.Completed', { flags: ['accepted-by-lead-agency', 'dated-in-future'] })
  })

  it('goes by deliverable: the task is completed with the last one', () => {
    const two = assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-12-31')] })
    const first = given(two, issuedKh71()).when('Complete', { deliverableIds: ['1'] })
    first.then('task.Completed').andStatus('assigned')
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
      .then('task.Reopened', { deliverableIds: [] })
      .andStatus('issued')
  })
})

describe('who may act', () => {
  const collective = assigned({ lead: [{ agencyId: null, name: 'Các sở, ban, ngành', collective: true }] })

  it('lets every agency under a collective lead report, and none act for the rest', () => {
    const report = { period: 'Quý I', summary: 'Đã triển khai' }
    given(collective).when('Report', report, { by: people.otherOfficer }).then('task.Reported')
    given(collective).when('Accept', {}, { by: people.otherOfficer }).thenRefused('not-permitted')
    given(collective)
      .when('Issue', { deliverableId: '1', document: kh71 }, { by: people.otherHead })
      .thenRefused('not-permitted')
  })

  it('reaches down: an agency acts for those in its scope', () => {
    const superior = { ...people.otherOfficer, scope: ['so-noi-vu', 'so-tu-phap'] }
    given(assigned()).when('Accept', {}, { by: superior }).then('task.Accepted')
  })

  it('keeps a clerk and an assigner to their scope', () => {
    const clerk = { ...people.clerk, scope: ['so-noi-vu'] }
    given(assigned()).when('Withdraw', { reason: 'Trùng' }, { by: clerk }).thenRefused('not-permitted')
    const commune = { ...people.assigner, agency: 'xa-a', scope: ['xa-a'] }
    given(assigned()).when('Withdraw', { reason: 'Trùng' }, { by: commune }).thenRefused('not-permitted')
    given()
      .when('Assign', assignment() as never, { by: clerk })
      .thenRefused('out-of-scope', { agencies: ['so-tu-phap'] })
    given()
      .when('Assign', assignment() as never, { by: { ...commune, scope: ['so-tu-phap'] } })
      .thenRefused('out-of-scope', { assigner: 'UBND tỉnh' })
  })

  it('passes to the successor of an agency, once', () => {
    const both = assigned({
      lead: [
        { agencyId: 'so-khdt', name: 'Sở Kế hoạch và Đầu tư', collective: false },
        { agencyId: 'so-tai-chinh', name: 'Sở Tài chính', collective: false },
      ],
    })
    const to = { agencyId: 'so-tai-chinh', name: 'Sở Tài chính' }
    const after = given(both).when('HandOver', { from: 'so-khdt', to, date: '2025-03-01' }).after()
    expect(after.lead).toEqual([{ ...to, collective: false }])
    given(both)
      .when('HandOver', { from: 'so-y-te', to, date: '2025-03-01' })
      .thenRefused('agency-not-involved', { involved: ['so-khdt', 'so-tai-chinh'] })
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
    recorded.then('task.ConditionMet', { date: '2025-01-08', due: '2025-01-18', source: null })
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

describe('data of commands', () => {
  it('numbers deliverables in order', () => {
    const swapped = { ...assignment(), deliverables: [{ ...assignment().deliverables[0]!, id: '2' }] }
    expect(attempt(stateAfter(), 'Assign', swapped as never)).toMatchObject({
      code: 'deliverable-ids-not-in-order',
      details: { ids: ['2'] },
    })
  })

  it.each([
    ['a day that does not exist', { due: '2025-02-30' }, 'deliverables.0.deadline'],
    ['a deadline without its raw text', { raw: null }, 'deliverables.0.deadline'],
  ])('refuses %s', (_what, over, path) => {
    const [first] = assignment().deliverables
    const broken = {
      ...assignment(),
      deliverables: [{ ...first, deadline: { ...first!.deadline, ...over } }],
    }
    expect(() => validateInput(taskInputs.Assign, broken)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ path })] }),
    )
  })

  it.each([
    ['Decline', { reason: '  ' }],
    ['Issue', { deliverableId: '1', document: { number: 71 } }],
    ['Issue', { deliverableId: '1', document: 'Kế hoạch số 71' }],
    ['Issue', { deliverableId: '0', document: {} }],
    ['Complete', { deliverableIds: [] }],
    ['Complete', { deliverableIds: ['1', '1'] }],
    ['Report', { period: 'Quý I', summary: 'x', percentage: 101 }],
    ['Correct', { eventId: 'x', reason: 'y', changes: [{ field: 'title', after: 'z' }] }],
    ['MarkOverdue', { deliverableId: '1', due: '31/01/2025' }],
    ['Accept', { salary: 1 }],
  ] as const)('refuses %s %j', (name, data) => {
    expect(() => validateInput(taskInputs[name] as never, data)).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })
})
