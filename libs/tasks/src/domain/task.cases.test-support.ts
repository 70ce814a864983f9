import { knownEventId, type WorkflowCases } from '#testing/workflow'
import type { JsonValue } from '#kernel'
import type { TaskState, TaskStatus } from './task.state.js'
import {
  assigned,
  assignment,
  deadline,
  happened,
  issuedKh71,
  people,
  type Happened,
} from './task.test-support.js'
import { taskWorkflow } from './task.workflow.js'

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

const conditional = deadline(null, { type: 'event', condition: 'Nghị định được ban hành' })

/**
 * Every status; two situations inside `assigned` in which something waits for an answer; a document without its date;
 * a deadline that waits for an event; two deliverables.
 */
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
  undated: [assigned(), issuedKh71('1', null)],
  conditional: [assigned({ deadlines: [conditional] })],
  twofold: [assigned({ deadlines: [deadline('2025-01-31'), deadline('2025-06-30')] })],
} satisfies Record<
  TaskStatus | 'requested' | 'explained' | 'undated' | 'conditional' | 'twofold',
  readonly Happened[]
>

const otherParty = [{ agencyId: 'so-noi-vu', name: 'Sở Nội vụ' }]
const leadAndClerk: readonly Person[] = ['officer', 'head', 'clerk']
const office: readonly Person[] = ['clerk', 'assigner']

/** The walk of the table: adding a transition adds an entry, in the order of the table. */
export const taskCases: WorkflowCases<TaskState, Person> = {
  workflow: taskWorkflow,
  aggregate: 'CCHC2025-II-5',
  people,
  situations,
  // Before there is a task it has no lead, so nobody belongs to one.
  mayNot: (person, situation) => situation === 'absent' && (person === 'officer' || person === 'head'),
  //          absent assigned accepted declined drafted issued completed withdrawn requested explained undated conditional twofold
  transitions: {
    Assign: {
      data: assignment() as unknown as JsonValue,
      by: office,
      answers: '✓ – – – – – – – – – – – –',
    },
    Accept: {
      data: { responsible: 'official-7' },
      by: leadAndClerk,
      answers: '– ✓ – – – – – – ✓ ✓ – ✓ ✓',
    },
    Decline: {
      data: { reason: 'Không thuộc chức năng' },
      by: leadAndClerk,
      answers: '– ✓ – – – – – – ✓ ✓ – ✓ ✓',
    },
    Reassign: {
      data: { lead: otherParty, reason: 'Đúng chức năng hơn' },
      by: office,
      answers: '– ✓ ✓ ✓ ✓ ✓ – – ✓ ✓ ✓ ✓ ✓',
    },
    HandOver: {
      data: {
        from: 'so-tu-phap',
        to: { agencyId: 'so-moi', name: 'Sở mới' },
        decision: '12/NQ-HĐND',
        date: '2025-03-01',
      },
      by: ['clerk', 'system'],
      answers: '– ✓ ✓ ✓ ✓ ✓ – – ✓ ✓ ✓ ✓ ✓',
    },
    AddDeliverable: {
      data: { product: 'Báo cáo', deadline: deadline('2025-06-30') as unknown as JsonValue },
      by: office,
      answers: '– ✓ ✓ ✓ ✓ ✓ ✓ – ✓ ✓ ✓ ✓ ✓',
    },
    WithdrawDeliverable: {
      data: { deliverableId: '1', decision: '12/QĐ-UBND', reason: 'Không còn trong kế hoạch' },
      by: office,
      answers:
        '– last-deliverable last-deliverable last-deliverable last-deliverable last-deliverable – – last-deliverable last-deliverable last-deliverable last-deliverable ✓',
    },
    SubmitDraft: {
      data: { deliverableId: '1', title: 'Dự thảo lần 1' },
      by: leadAndClerk,
      answers: '– ✓ ✓ – ✓ – – – ✓ ✓ – ✓ ✓',
    },
    Issue: {
      data: {
        deliverableId: '1',
        document: { number: '99/KH-UBND', date: '2025-03-18', issuer: 'UBND tỉnh' },
      },
      by: leadAndClerk,
      answers: '– ✓ ✓ – ✓ ✓ ✓ – ✓ ✓ ✓ ✓ ✓',
    },
    CompleteDocument: {
      data: { deliverableId: '1', evidenceId: '1', date: '2025-03-14' },
      by: leadAndClerk,
      answers:
        '– evidence-unknown evidence-unknown – evidence-unknown document-field-known document-field-known – evidence-unknown evidence-unknown ✓ evidence-unknown evidence-unknown',
    },
    Report: {
      data: { period: 'Quý I/2025', summary: 'Đang lấy ý kiến các sở', percentage: 40 },
      by: leadAndClerk,
      answers: '– ✓ ✓ – ✓ ✓ ✓ – ✓ ✓ ✓ ✓ ✓',
    },
    RecordCondition: {
      data: { deliverableId: '1', date: '2025-02-01' },
      by: leadAndClerk,
      answers:
        '– deadline-without-condition deadline-without-condition deadline-without-condition deadline-without-condition deadline-without-condition deadline-without-condition – deadline-without-condition deadline-without-condition deadline-without-condition ✓ deadline-without-condition',
    },
    RequestExtension: {
      data: { deliverableId: '1', due: '2025-04-30', reason: 'Chờ hướng dẫn của bộ' },
      by: leadAndClerk,
      answers: '– ✓ ✓ – ✓ ✓ – – extension-already-requested ✓ ✓ deadline-without-date ✓',
    },
    GrantExtension: {
      data: { deliverableId: '1', due: '2025-03-31' },
      by: ['assigner'],
      answers:
        '– no-open-extension-request no-open-extension-request – no-open-extension-request no-open-extension-request – – ✓ no-open-extension-request no-open-extension-request no-open-extension-request no-open-extension-request',
    },
    RefuseExtension: {
      data: { deliverableId: '1', reason: 'Không đủ căn cứ' },
      by: ['assigner'],
      answers:
        '– no-open-extension-request no-open-extension-request – no-open-extension-request no-open-extension-request – – ✓ no-open-extension-request no-open-extension-request no-open-extension-request no-open-extension-request',
    },
    MarkOverdue: {
      data: { deliverableId: '1', due: '2025-01-31' },
      by: ['system'],
      answers: '– ✓ ✓ ✓ ✓ – – – ✓ ✓ – deadline-changed ✓',
    },
    Explain: {
      data: { deliverableId: '1', text: 'Chờ văn bản của bộ' },
      by: leadAndClerk,
      answers: '– ✓ ✓ ✓ ✓ ✓ ✓ – ✓ explanation-pending ✓ ✓ ✓',
    },
    AcceptExplanation: {
      data: { deliverableId: '1' },
      by: ['head', 'assigner'],
      answers:
        '– no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation – no-open-explanation ✓ no-open-explanation no-open-explanation no-open-explanation',
    },
    RejectExplanation: {
      data: { deliverableId: '1', reason: 'Chưa rõ nguyên nhân' },
      by: ['head', 'assigner'],
      answers:
        '– no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation no-open-explanation – no-open-explanation ✓ no-open-explanation no-open-explanation no-open-explanation',
    },
    IssueApology: {
      data: { deliverableId: '1', text: 'Sở Tư pháp xin lỗi vì ban hành chậm' },
      by: ['head', 'clerk'],
      answers: '– ✓ ✓ ✓ ✓ ✓ ✓ – ✓ ✓ ✓ ✓ ✓',
    },
    Complete: {
      data: { deliverableIds: ['1'], acceptedOn: '2025-03-19' },
      by: office,
      answers: '– ✓ ✓ – ✓ ✓ – – ✓ ✓ ✓ ✓ ✓',
    },
    Reopen: {
      data: { reason: 'Văn bản bị thu hồi' },
      by: office,
      answers:
        '– nothing-to-reopen nothing-to-reopen – nothing-to-reopen nothing-to-reopen ✓ ✓ nothing-to-reopen nothing-to-reopen nothing-to-reopen nothing-to-reopen nothing-to-reopen',
    },
    Withdraw: {
      data: { reason: 'Trùng nhiệm vụ' },
      by: office,
      answers: '– ✓ ✓ ✓ ✓ ✓ – – ✓ ✓ ✓ ✓ ✓',
    },
    Correct: {
      data: {
        eventId: knownEventId,
        reason: 'Nhập sai tên',
        changes: [{ field: 'title', after: 'Ban hành Kế hoạch' }],
      },
      by: office,
      answers: '– ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓',
    },
  },
}
