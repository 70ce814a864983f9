/* oxlint-disable jest/expect-expect -- `thenRecorded` and its like assert */
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
describe('who may act', () => {
  const collective = assigned({ lead: [{ agencyId: null, name: 'Các sở, ban, ngành', collective: true }] })

  it('lets every agency under a collective lead report, and none act for the rest', () => {
    const report = { period: 'Quý I', summary: 'Đã triển khai' }
    given(collective).when('Report', report, { by: people.otherOfficer }).thenRecorded('task.Reported')
    given(collective).when('Accept', {}, { by: people.otherOfficer }).thenRefused('not-permitted')
    given(collective)
      .when('Issue', { deliverableId: '1', document: kh71 }, { by: people.otherHead })
      .thenRefused('not-permitted')
  })

  it('reaches down: an agency acts for those in its scope', () => {
    const superior = { ...people.otherOfficer, scope: ['so-noi-vu', 'so-tu-phap'] }
    given(assigned()).when('Accept', {}, { by: superior }).thenRecorded('task.Accepted')
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

  it.each(['CCHC2025-II-5', 'CCHC2025-II-5:2', 'CCHC2025-II-5:12'])(
    'assigns under the code %s',
    (aggregate) => {
      given()
        .when('Assign', assignment() as never, { aggregate })
        .thenRecorded('task.Assigned', { stt: '5' })
    },
  )

  it.each([
    'CCHC2025-II-6',
    'CCHC2024-II-5',
    'CCHC2025-I-5',
    'CCHC2025-II-5:1',
    'CCHC2025-II-5:x',
    'CCHC2025-II-5-2',
  ])('does not assign II-5 of the plan under the code %s', (aggregate) => {
    given()
      .when('Assign', assignment() as never, { aggregate })
      .thenRefused('code-mismatch', { expected: 'CCHC2025-II-5' })
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

describe('AddDeliverable', () => {
  const report = { product: 'Báo cáo', deadlineRaw: 'Tháng 6', deadline: deadline('2025-06-30') as never }
  const completed = happened('task.Completed', {
    deliverableIds: ['1'],
    acceptedOn: null,
    basis: 'note',
    flags: [],
  })

  it('adds a product under the next number; what is recorded of the others stays', () => {
    const { deliverables } = given(assigned(), issuedKh71())
      .when('AddDeliverable', report)
      .thenRecorded('task.DeliverableAdded', {
        deliverable: { ...report, id: '2', ruleDue: null, note: null, row: null },
      })
      .andStatus('assigned')
      .andVerdict('late', { days: 42 })
      .after()
    expect(deliverables.map(({ id, product }) => [id, product])).toEqual([
      ['1', 'Kế hoạch của UBND tỉnh'],
      ['2', 'Báo cáo'],
    ])
  })

  it('opens a completed task again, and leaves a returned one where it is', () => {
    given(assigned(), happened('task.Accepted', { responsible: null }), issuedKh71(), completed)
      .when('AddDeliverable', report)
      .andStatus('accepted')
    given(assigned(), happened('task.Declined', { reason: 'Không thuộc chức năng' }))
      .when('AddDeliverable', report)
      .andStatus('declined')
  })

  it('is refused under a number that is not the next: another was added before', () => {
    given(assigned())
      .when('AddDeliverable', { ...report, id: '1' })
      .thenRefused('deliverable-ids-not-in-order', { id: '1', expected: '2' })
    given(assigned())
      .when('AddDeliverable', { ...report, id: '2' })
      .thenRecorded('task.DeliverableAdded')
  })

  it('is refused beyond what one task may have', () => {
    given(assigned({ deadlines: Array.from({ length: 100 }, () => deadline(null)) }))
      .when('AddDeliverable', report)
      .thenRefused('too-many-deliverables', { count: 100 })
  })
})

describe('WithdrawDeliverable', () => {
  const both = assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-06-30')] })
  const command = { deliverableId: '2', decision: '12/QĐ-UBND', reason: 'Không còn trong kế hoạch' }
  const withdrawn = happened('task.DeliverableWithdrawn', command)
  const completed = (id: string) =>
    happened('task.Completed', { deliverableIds: [id], acceptedOn: null, basis: 'note', flags: [] })

  it('takes one out: the task stands where the others put it', () => {
    given(both, issuedKh71(), completed('1'))
      .when('WithdrawDeliverable', command)
      .thenRecorded('task.DeliverableWithdrawn', command)
      .andStatus('completed')
    given(both, happened('task.Declined', { reason: 'Không thuộc chức năng' }))
      .when('WithdrawDeliverable', command)
      .andStatus('declined')
  })

  it('gives its number to no other, and takes nothing more on it', () => {
    given(both, withdrawn)
      .when('AddDeliverable', { product: 'Báo cáo', deadline: deadline('2025-06-30') as never })
      .thenRecorded('task.DeliverableAdded', { deliverable: expect.objectContaining({ id: '3' }) as never })
    given(both, withdrawn).when('SubmitDraft', { deliverableId: '2' }).thenRefused('deliverable-unknown')
  })

  it('is refused of what is completed, until it is reopened, and of the only one', () => {
    given(both, completed('2')).when('WithdrawDeliverable', command).thenRefused('already-completed')
    given(both, completed('2'), happened('task.Reopened', { deliverableIds: ['2'], reason: 'Rà soát' }))
      .when('WithdrawDeliverable', command)
      .thenRecorded('task.DeliverableWithdrawn')
    given(both, withdrawn)
      .when('WithdrawDeliverable', { ...command, deliverableId: '1' })
      .thenRefused('last-deliverable', { deliverableId: '1' })
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
