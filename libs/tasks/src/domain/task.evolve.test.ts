import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { taskPersonalFields, type TaskEvents } from './task.events.js'
import { absent, type TaskState } from './task.state.js'
import { assignment, contextOf, deadline, happened } from './task.test-support.js'
import { taskWorkflow } from './task.workflow.js'

const document = {
  kind: 'Kế hoạch',
  typeCode: 'KH',
  number: '71/KH-UBND',
  date: '2025-03-14',
  issuer: 'UBND tỉnh',
  raw: null,
}

/** One of each event, on a deliverable whose id the fold may or may not know. */
function samples(deliverableId: string): { readonly [Type in keyof TaskEvents]: TaskEvents[Type] } {
  return {
    'task.Assigned': assignment({ deadlines: [deadline('2025-01-31'), deadline(null)] }),
    'task.Accepted': { responsible: 'official-7' },
    'task.Declined': { reason: 'x' },
    'task.Reassigned': { lead: [], coordinate: [], responsible: null, reason: 'x' },
    'task.HandedOver': {
      from: 'so-tu-phap',
      to: { agencyId: 'so-moi', name: 'Sở mới' },
      decision: null,
      date: '2025-03-01',
    },
    'task.DeliverableAdded': {
      deliverable: { ...assignment().deliverables[0]!, id: deliverableId },
    },
    'task.DeliverableWithdrawn': { deliverableId, decision: '12/QĐ-UBND', reason: 'x' },
    'task.Drafted': { deliverableId, title: null, attachment: null },
    'task.Issued': { deliverableId, evidenceId: '1', document, flags: ['after-deadline'] },
    'task.DocumentCompleted': {
      deliverableId,
      evidenceId: '1',
      number: null,
      date: '2025-03-15',
      issuer: null,
      flags: ['after-deadline'],
    },
    'task.Reported': { deliverableId, period: 'Quý I', summary: 'x', percentage: 10, attachment: null },
    'task.ConditionMet': { deliverableId, date: '2025-01-08', due: null, source: null },
    'task.ExtensionRequested': {
      deliverableId,
      due: '2025-04-30',
      from: '2025-01-31',
      reason: 'x',
      agency: null,
      flags: [],
    },
    'task.ExtensionGranted': {
      deliverableId,
      due: '2025-04-30',
      from: '2025-01-31',
      reason: null,
      flags: [],
    },
    'task.ExtensionRefused': { deliverableId, reason: 'x' },
    'task.Overdue': { deliverableId, due: '2025-01-31', basis: 'original', deadlineRaw: null },
    'task.Explained': { deliverableId, text: 'x', agency: null },
    'task.ExplanationAccepted': { deliverableId },
    'task.ExplanationRejected': { deliverableId, reason: 'x' },
    'task.ApologyIssued': { deliverableId, text: 'x', document },
    'task.Completed': { deliverableIds: [deliverableId], acceptedOn: null, basis: 'note', flags: [] },
    'task.Reopened': { deliverableIds: [deliverableId], reason: 'x' },
    'task.Withdrawn': { reason: 'x' },
    'task.Corrected': {
      corrects: '0197a1b2-0000-7000-8000-000000000001',
      reason: 'x',
      changes: [
        { field: 'title', deliverableId: null, evidenceId: null, before: 'a', after: 'b' },
        { field: 'deadline', deliverableId, evidenceId: null, before: null, after: deadline('2025-02-28') },
        { field: 'document', deliverableId, evidenceId: '1', before: document, after: null },
        { field: 'note', deliverableId, evidenceId: null, before: null, after: 'Đã hoàn thành' },
      ],
    },
  }
}

const types = Object.keys(samples('1')) as (keyof TaskEvents)[]

function fold(state: TaskState, type: string, data: unknown): TaskState {
  return taskWorkflow.evolve(state, { type, data }, contextOf('official-officer'))
}

describe('folding the record of a task', () => {
  it('knows every type of event that is declared', () => {
    expect([...taskWorkflow.eventTypes].sort()).toEqual([...types].sort())
  })

  it('takes any events in any order, leaves a known status, and can be kept as JSON', () => {
    const event = fc
      .record({ type: fc.constantFrom(...types), deliverable: fc.constantFrom('1', '2', '9') })
      .map(({ type, deliverable }) => ({ type, data: samples(deliverable)[type] }))
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const state = events.reduce((folded, { type, data }) => fold(folded, type, data), absent)
        expect(Object.keys(taskWorkflow.statuses)).toContain(state.status)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
    )
  })

  it('folds on from a kept state as from the beginning', () => {
    const event = fc.constantFrom(...types).map((type) => ({ type, data: samples('1')[type] }))
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const whole = events.reduce((folded, { type, data }) => fold(folded, type, data), absent)
        const kept = events.reduce(
          (folded, { type, data }) => fold(JSON.parse(JSON.stringify(folded)) as TaskState, type, data),
          absent,
        )
        expect(kept).toEqual(whole)
      }),
    )
  })

  it('does not look at what is sealed', () => {
    const given = happened('task.Assigned', assignment())
    for (const [type, fields] of Object.entries(taskPersonalFields)) {
      const open = samples('1')[type as keyof TaskEvents] as unknown as Record<string, unknown>
      const sealed = { ...open, ...Object.fromEntries(fields.map((field) => [field, { sealed: 'k1' }])) }
      for (const field of fields) expect(open).toHaveProperty(field)
      const before = fold(absent, given.type, given.data)
      expect(fold(before, type, sealed)).toEqual(fold(before, type, open))
    }
  })

  it('never gives an evidence id twice, also after a document was struck out', () => {
    const one = samples('1')
    const events = [
      ['task.Assigned', one['task.Assigned']],
      ['task.Issued', one['task.Issued']],
      ['task.Corrected', one['task.Corrected']],
    ] as const
    const state = events.reduce((folded, [type, data]) => fold(folded, type, data), absent)
    expect(state.deliverables[0]).toMatchObject({ evidence: [], evidenceIds: 1 })
    expect(state.status).toBe('assigned')
  })

  it('forgets the drafts of a former lead', () => {
    const one = samples('1')
    const drafted = fold(
      fold(absent, 'task.Assigned', one['task.Assigned']),
      'task.Drafted',
      one['task.Drafted'],
    )
    expect(drafted.status).toBe('drafted')
    expect(fold(drafted, 'task.Reassigned', one['task.Reassigned']).status).toBe('assigned')
  })
})
