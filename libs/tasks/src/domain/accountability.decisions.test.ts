/* oxlint-disable jest/expect-expect -- `thenRecorded` and its like assert */
import { describe, expect, it } from '@jest/globals'
import { assigned, deadline, given, happened, issuedKh71, people } from './task.test-support.js'

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

describe('extensions', () => {
  it('moves the extended due date and leaves the original', () => {
    const after = given(assigned(), extensionAsked())
      .when('GrantExtension', { deliverableId: '1', due: '2025-03-31' }, { by: people.assigner })
      .thenRecorded('task.ExtensionGranted', { due: '2025-03-31', from: '2025-01-31' })
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
      .thenRecorded('task.ExtensionRequested', { flags: ['after-deadline'] })
    given(assigned(), extensionAsked())
      .when('GrantExtension', { deliverableId: '1', due: '2025-03-31' }, { by: people.assigner })
      .thenRecorded('task.ExtensionGranted', { flags: ['after-deadline'] })
  })

  it('goes by the day the request was made, not by the day it was entered', () => {
    given(assigned())
      .when(
        'RequestExtension',
        { deliverableId: '1', due: '2025-03-31', reason: 'Chờ bộ' },
        { occurredAt: '2025-01-31T16:59:59Z' },
      )
      .thenRecorded('task.ExtensionRequested', { flags: [] })
  })

  it('flags the third request and its grant', () => {
    const twice = [extensionAsked('2025-05-31'), extended('2025-05-31'), extensionAsked('2025-06-30')]
    given(assigned(), ...twice, extended('2025-06-30'))
      .when('RequestExtension', { deliverableId: '1', due: '2025-07-31', reason: 'Chờ bộ' })
      .thenRecorded('task.ExtensionRequested', { flags: ['third-extension'] })
    given(assigned(), ...twice, extended('2025-06-30'), extensionAsked('2025-07-31'))
      .when('GrantExtension', { deliverableId: '1', due: '2025-07-31' }, { by: people.assigner })
      .thenRecorded('task.ExtensionGranted', { flags: ['third-extension'] })
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
      .thenRecorded('task.ExtensionRequested', { agency: 'so-tu-phap' })
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
      .thenRecorded('task.Overdue', { due: '2025-01-31', basis: 'original', deadlineRaw: '2025-01-31' })
    const overdue = happened('task.Overdue', {
      ...mark,
      basis: 'original',
      deadlineRaw: '2025-01-31',
    })
    given(assigned(), overdue).when('MarkOverdue', mark, { by }).thenRefused('overdue-already-recorded')
    given(assigned(), overdue, extended('2025-02-28'))
      .when('MarkOverdue', { deliverableId: '1', due: '2025-02-28' }, { by })
      .thenRecorded('task.Overdue', { due: '2025-02-28', basis: 'extended' })
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
    given(assigned())
      .when('MarkOverdue', mark, { by, now: '2025-01-31T17:00:00Z' })
      .thenRecorded('task.Overdue')
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
      .thenRecorded('task.ExplanationAccepted')
    given(assigned(), explained('official-head'))
      .when('AcceptExplanation', { deliverableId: '1' }, { by: people.head })
      .thenRefused('own-explanation')
    given(assigned(), explained('official-head'))
      .when('AcceptExplanation', { deliverableId: '1' }, { by: people.assigner })
      .thenRecorded('task.ExplanationAccepted')
  })

  it('may be given again once rejected', () => {
    const rejected = happened('task.ExplanationRejected', { deliverableId: '1', reason: 'Chưa rõ' })
    given(assigned(), explained('official-officer'), rejected)
      .when('Explain', { deliverableId: '1', text: 'Đã rõ hơn' }, { by: people.officer })
      .thenRecorded('task.Explained', { agency: 'so-tu-phap' })
  })
})
