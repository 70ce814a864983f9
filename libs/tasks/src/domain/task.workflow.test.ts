import { describe, expect, it } from '@jest/globals'
import { isRefusal, type JsonValue } from '#kernel'
import type { TaskCommands } from './task.commands.js'
import type { TaskStatus } from './task.state.js'
import {
  assigned,
  assignment,
  attempt,
  contextOf,
  happened,
  issuedKh71,
  people,
  stateAfter,
  type Happened,
} from './task.test-support.js'
import { taskWorkflow } from './task.workflow.js'

type Name = keyof TaskCommands
type Person = keyof typeof people

const accepted = happened('task.Accepted', { responsible: null })
const completed = happened(
  'task.Completed',
  { deliverableIds: ['1'], acceptedOn: '2025-03-16', basis: 'acceptance', flags: [] },
  'official-clerk',
)
const requested = happened('task.ExtensionRequested', {
  deliverableId: '1',
  due: '2025-03-31',
  from: '2025-01-31',
  reason: 'Chờ hướng dẫn của bộ',
  agency: 'so-tu-phap',
  flags: [],
})
const explained = happened('task.Explained', {
  deliverableId: '1',
  text: 'Chờ văn bản của bộ',
  agency: 'so-tu-phap',
})

/** Every status, and two situations inside `assigned` in which something waits for an answer. */
const situations = {
  absent: [],
  assigned: [assigned()],
  accepted: [assigned(), accepted],
  declined: [assigned(), happened('task.Declined', { reason: 'Không thuộc chức năng' })],
  drafted: [assigned(), happened('task.Drafted', { deliverableId: '1', title: null, attachment: null })],
  issued: [assigned(), issuedKh71()],
  completed: [assigned(), issuedKh71(), completed],
  withdrawn: [assigned(), happened('task.Withdrawn', { reason: 'Trùng nhiệm vụ' })],
  requested: [assigned(), requested],
  explained: [assigned(), explained],
} satisfies Record<TaskStatus | 'requested' | 'explained', readonly Happened[]>
const columns = Object.keys(situations) as (keyof typeof situations)[]

const otherParty = [{ agencyId: 'so-noi-vu', name: 'Sở Nội vụ' }]

const data: { readonly [Command in Name]: JsonValue } = {
  Assign: assignment() as unknown as JsonValue,
  Accept: { responsible: 'official-7' },
  Decline: { reason: 'Không thuộc chức năng' },
  Reassign: { lead: otherParty, reason: 'Đúng chức năng hơn' },
  HandOver: {
    from: 'so-tu-phap',
    to: { agencyId: 'so-moi', name: 'Sở mới' },
    decision: '12/NQ-HĐND',
    date: '2025-03-01',
  },
  SubmitDraft: { deliverableId: '1', title: 'Dự thảo lần 1' },
  Issue: { deliverableId: '1', document: { number: '99/KH-UBND', date: '2025-03-18', issuer: 'UBND tỉnh' } },
  CompleteDocument: { deliverableId: '1', evidenceId: '1', issuer: 'UBND tỉnh' },
  Report: { period: 'Quý I/2025', summary: 'Đang lấy ý kiến các sở', percentage: 40 },
  RecordCondition: { deliverableId: '1', date: '2025-02-01' },
  RequestExtension: { deliverableId: '1', due: '2025-04-30', reason: 'Chờ hướng dẫn của bộ' },
  GrantExtension: { deliverableId: '1', due: '2025-03-31' },
  RefuseExtension: { deliverableId: '1', reason: 'Không đủ căn cứ' },
  MarkOverdue: { deliverableId: '1', due: '2025-01-31' },
  Explain: { deliverableId: '1', text: 'Chờ văn bản của bộ' },
  AcceptExplanation: { deliverableId: '1' },
  RejectExplanation: { deliverableId: '1', reason: 'Chưa rõ nguyên nhân' },
  IssueApology: { deliverableId: '1', text: 'Sở Tư pháp xin lỗi vì ban hành chậm' },
  Complete: { deliverableIds: ['1'], acceptedOn: '2025-03-19' },
  Reopen: { reason: 'Văn bản bị thu hồi' },
  Withdraw: { reason: 'Trùng nhiệm vụ' },
  Correct: {
    eventId: '0197a1b2-0000-7000-8000-000000000001',
    reason: 'Nhập sai tên',
    changes: [{ field: 'title', after: 'Ban hành Kế hoạch' }],
  },
}

// What a permitted actor is answered, in the order of the columns: ✓ allowed, – not from this status, else the code.
const expected: { readonly [Command in Name]: string } = {
  //                 absent assigned accepted declined drafted issued completed withdrawn requested explained
  Assign: /*         */ '✓ – – – – – – – – –',
  Accept: /*         */ '– ✓ – – – – – – ✓ ✓',
  Decline: /*        */ '– ✓ – – – – – – ✓ ✓',
  Reassign: /*       */ '– ✓ ✓ ✓ ✓ ✓ – – ✓ ✓',
  HandOver: /*       */ '– ✓ ✓ ✓ ✓ ✓ – – ✓ ✓',
  SubmitDraft: /*    */ '– ✓ ✓ – ✓ – – – ✓ ✓',
  Issue: /*          */ '– ✓ ✓ – ✓ ✓ ✓ – ✓ ✓',
  CompleteDocument:
    '– evidence-unknown evidence-unknown – evidence-unknown document-field-known document-field-known – evidence-unknown evidence-unknown',
  Report: /*         */ '– ✓ ✓ – ✓ ✓ ✓ – ✓ ✓',
  RecordCondition:
    '– deadline-without-condition deadline-without-condition deadline-without-condition deadline-without-condition deadline-without-condition deadline-without-condition – deadline-without-condition deadline-without-condition',
  RequestExtension: '– ✓ ✓ – ✓ ✓ – – extension-already-requested ✓',
  GrantExtension:
    '– no-open-extension-request no-open-extension-request – no-open-extension-request no-open-extension-request – – ✓ no-open-extension-request',
  RefuseExtension:
    '– no-open-extension-request no-open-extension-request – no-open-extension-request no-open-extension-request – – ✓ no-open-extension-request',
  MarkOverdue: /*    */ '– ✓ ✓ ✓ ✓ – – – ✓ ✓',
  Explain: /*        */ '– ✓ ✓ ✓ ✓ ✓ ✓ – ✓ explanation-pending',
  AcceptExplanation:
    '– no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation – no-open-explanation ✓',
  RejectExplanation:
    '– no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation – no-open-explanation ✓',
  IssueApology: /*   */ '– ✓ ✓ ✓ ✓ ✓ ✓ – ✓ ✓',
  Complete: /*       */ '– ✓ ✓ – ✓ ✓ – – ✓ ✓',
  Reopen:
    '– nothing-to-reopen nothing-to-reopen – nothing-to-reopen nothing-to-reopen ✓ ✓ nothing-to-reopen nothing-to-reopen',
  Withdraw: /*       */ '– ✓ ✓ ✓ ✓ ✓ – – ✓ ✓',
  Correct: /*        */ '– ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓',
}

const leadAndClerk: readonly Person[] = ['officer', 'head', 'clerk']
const office: readonly Person[] = ['clerk', 'assigner']
const permitted: { readonly [Command in Name]: readonly Person[] } = {
  Assign: office,
  Accept: leadAndClerk,
  Decline: leadAndClerk,
  Reassign: office,
  HandOver: ['clerk', 'system'],
  SubmitDraft: leadAndClerk,
  Issue: leadAndClerk,
  CompleteDocument: leadAndClerk,
  Report: leadAndClerk,
  RecordCondition: leadAndClerk,
  RequestExtension: leadAndClerk,
  GrantExtension: ['assigner'],
  RefuseExtension: ['assigner'],
  MarkOverdue: ['system'],
  Explain: leadAndClerk,
  AcceptExplanation: ['head', 'assigner'],
  RejectExplanation: ['head', 'assigner'],
  IssueApology: ['head', 'clerk'],
  Complete: office,
  Reopen: office,
  Withdraw: office,
  Correct: office,
}

/** Before there is a task it has no lead, so nobody belongs to one. */
function mayAct(person: Person, name: Name, situation: string): boolean {
  const ofLead = person === 'officer' || person === 'head'
  return permitted[name].includes(person) && !(ofLead && situation === 'absent')
}

function answer(name: Name, situation: keyof typeof situations, person: Person): string {
  const state = stateAfter(...situations[situation])
  const decision = attempt(state, name, data[name], { by: people[person] })
  if (isRefusal(decision)) return decision.code === 'transition-not-allowed' ? '–' : decision.code
  const after = decision.reduce(
    (folded, event) => taskWorkflow.evolve(folded, event, contextOf(people[person].id)),
    state,
  )
  if (decision.length !== 1) return `${decision.length} events`
  return taskWorkflow.transitions.get(name)!.to.includes(after.status) ? '✓' : `leads to ${after.status}`
}

describe('the table of a task', () => {
  const names = [...taskWorkflow.transitions.keys()] as Name[]

  it('is walked whole: the expectations name every transition and every status', () => {
    expect(Object.keys(expected)).toEqual(names)
    expect(new Set(columns.map((name) => stateAfter(...situations[name]).status))).toEqual(
      new Set(Object.keys(taskWorkflow.statuses)),
    )
  })

  it.each(names)('%s: each situation and each role gets exactly the expected answer', (name) => {
    const row = expected[name].split(' ')
    expect(row).toHaveLength(columns.length)
    for (const [index, situation] of columns.entries())
      for (const person of Object.keys(people) as Person[]) {
        const right = mayAct(person, name, situation) ? row[index] : 'not-permitted'
        expect({ name, situation, person, answer: answer(name, situation, person) }).toEqual({
          name,
          situation,
          person,
          answer: right,
        })
      }
  })

  it('gives every refusal a Vietnamese and an English sentence', () => {
    for (const name of names)
      for (const situation of columns)
        for (const by of Object.values(people)) {
          const decision = attempt(stateAfter(...situations[situation]), name, data[name], { by })
          if (!isRefusal(decision)) continue
          expect(decision.text.vi).toMatch(/\S.*\.$/)
          expect(decision.text.en).toMatch(/\S.*\.$/)
        }
  })
})
