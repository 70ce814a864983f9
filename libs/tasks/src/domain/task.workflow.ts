import { workflow, type Workflow } from '#engine/workflow'
import * as accountability from './accountability.decisions.js'
import * as assignment from './assignment.decisions.js'
import { correct } from './correction.decisions.js'
import * as evidence from './evidence.decisions.js'
import * as extension from './extension.decisions.js'
import { taskInputs, type TaskCommands } from './task.commands.js'
import { taskPersonalFields, type TaskEvents } from './task.events.js'
import { evolveTask } from './task.evolve.js'
import {
  assigner,
  clerk,
  headOfLead,
  leadAgency,
  memberOfCollectiveLead,
  personalReaders,
  system,
} from './task.parties.js'
import { noOpenExplanation, noOpenRequest, nothingToReopen } from './task.refusals.js'
import { absent, type TaskState, type TaskStatus } from './task.state.js'

/** Given, and neither returned nor taken back nor finished. */
const underWay = ['assigned', 'accepted', 'drafted', 'issued'] as const
/** Documents are still to come. */
const outstanding = ['assigned', 'accepted', 'drafted'] as const
/** Facts about a finished task are taken as well: a document may turn up after the acceptance. */
const given = [...underWay, 'completed'] as const
const unfinished = [...underWay, 'declined'] as const
const existing = [...given, 'declined', 'withdrawn'] as const satisfies readonly TaskStatus[]

/**
 * A task of a plan with its deliverables. The stream is `task-<plan>-<section>-<STT>`, such as
 * `task-CCHC2025-II-5`.
 */
export const taskWorkflow: Workflow<TaskState> = workflow<TaskState, TaskCommands, TaskEvents>({
  name: 'task',
  foldVersion: 3,
  initial: absent,
  statuses: {
    absent: { vi: 'chưa có', en: 'absent' },
    assigned: { vi: 'đã giao', en: 'assigned' },
    accepted: { vi: 'đã tiếp nhận', en: 'accepted' },
    declined: { vi: 'bị trả lại', en: 'declined' },
    drafted: { vi: 'đã có dự thảo', en: 'drafted' },
    issued: { vi: 'đã ban hành', en: 'issued' },
    completed: { vi: 'đã hoàn thành', en: 'completed' },
    withdrawn: { vi: 'đã thu hồi', en: 'withdrawn' },
  },
  transitions: {
    Assign: {
      text: { vi: 'Giao nhiệm vụ', en: 'Assign' },
      input: taskInputs.Assign,
      from: ['absent'],
      by: [clerk, assigner],
      to: ['assigned'],
      decide: assignment.assign,
    },
    Accept: {
      text: { vi: 'Tiếp nhận nhiệm vụ', en: 'Accept' },
      input: taskInputs.Accept,
      from: ['assigned'],
      by: [leadAgency, clerk],
      to: ['accepted'],
      decide: assignment.accept,
    },
    Decline: {
      text: { vi: 'Trả lại nhiệm vụ', en: 'Decline' },
      input: taskInputs.Decline,
      from: ['assigned'],
      by: [leadAgency, clerk],
      to: ['declined'],
      decide: assignment.decline,
    },
    Reassign: {
      text: { vi: 'Chuyển cơ quan chủ trì', en: 'Reassign' },
      input: taskInputs.Reassign,
      from: unfinished,
      by: [clerk, assigner],
      to: ['assigned', 'issued'],
      decide: assignment.reassign,
    },
    HandOver: {
      text: { vi: 'Bàn giao cho cơ quan kế thừa', en: 'Hand over' },
      input: taskInputs.HandOver,
      from: unfinished,
      by: [clerk, system],
      to: unfinished,
      decide: assignment.handOver,
    },
    AddDeliverable: {
      text: { vi: 'Bổ sung sản phẩm', en: 'Add a deliverable' },
      input: taskInputs.AddDeliverable,
      from: [...given, 'declined'],
      by: [clerk, assigner],
      to: [...outstanding, 'declined'],
      decide: assignment.addDeliverable,
    },
    WithdrawDeliverable: {
      text: { vi: 'Rút sản phẩm', en: 'Withdraw a deliverable' },
      input: taskInputs.WithdrawDeliverable,
      from: unfinished,
      by: [clerk, assigner],
      to: [...given, 'declined'],
      decide: assignment.withdrawDeliverable,
    },
    SubmitDraft: {
      text: { vi: 'Trình dự thảo', en: 'Submit a draft' },
      input: taskInputs.SubmitDraft,
      from: outstanding,
      by: [leadAgency, clerk],
      to: ['drafted'],
      decide: evidence.submitDraft,
    },
    Issue: {
      text: { vi: 'Ghi nhận ban hành văn bản', en: 'Issue' },
      input: taskInputs.Issue,
      from: given,
      by: [leadAgency, clerk],
      to: given,
      decide: evidence.issue,
    },
    CompleteDocument: {
      text: { vi: 'Bổ sung số, ngày văn bản', en: 'Complete a document' },
      input: taskInputs.CompleteDocument,
      from: given,
      by: [leadAgency, clerk],
      to: given,
      decide: evidence.completeDocument,
    },
    Report: {
      text: { vi: 'Báo cáo tiến độ', en: 'Report' },
      input: taskInputs.Report,
      from: given,
      by: [leadAgency, memberOfCollectiveLead, clerk],
      to: given,
      decide: evidence.report,
    },
    RecordCondition: {
      text: { vi: 'Ghi nhận sự kiện tính thời hạn', en: 'Record the condition of a deadline' },
      input: taskInputs.RecordCondition,
      from: [...given, 'declined'],
      by: [leadAgency, clerk],
      to: [...given, 'declined'],
      decide: evidence.recordCondition,
    },
    RequestExtension: {
      text: { vi: 'Đề nghị gia hạn', en: 'Request an extension' },
      input: taskInputs.RequestExtension,
      from: underWay,
      by: [leadAgency, clerk],
      to: underWay,
      decide: extension.requestExtension,
    },
    GrantExtension: {
      text: { vi: 'Đồng ý gia hạn', en: 'Grant an extension' },
      input: taskInputs.GrantExtension,
      from: underWay,
      by: [assigner],
      to: underWay,
      guard: ({ state }) => (hasOpenRequest(state) ? null : noOpenRequest(null)),
      decide: extension.grantExtension,
    },
    RefuseExtension: {
      text: { vi: 'Từ chối gia hạn', en: 'Refuse an extension' },
      input: taskInputs.RefuseExtension,
      from: underWay,
      by: [assigner],
      to: underWay,
      guard: ({ state }) => (hasOpenRequest(state) ? null : noOpenRequest(null)),
      decide: extension.refuseExtension,
    },
    MarkOverdue: {
      text: { vi: 'Ghi nhận quá hạn', en: 'Mark overdue' },
      input: taskInputs.MarkOverdue,
      from: [...outstanding, 'declined'],
      by: [system],
      to: [...outstanding, 'declined'],
      decide: accountability.markOverdue,
    },
    Explain: {
      text: { vi: 'Giải trình', en: 'Explain' },
      input: taskInputs.Explain,
      from: [...given, 'declined'],
      by: [leadAgency, clerk],
      to: [...given, 'declined'],
      decide: accountability.explain,
    },
    AcceptExplanation: {
      text: { vi: 'Chấp nhận giải trình', en: 'Accept an explanation' },
      input: taskInputs.AcceptExplanation,
      from: [...given, 'declined'],
      by: [headOfLead, assigner],
      to: [...given, 'declined'],
      guard: ({ state }) => (hasOpenExplanation(state) ? null : noOpenExplanation(null)),
      decide: accountability.acceptExplanation,
    },
    RejectExplanation: {
      text: { vi: 'Không chấp nhận giải trình', en: 'Reject an explanation' },
      input: taskInputs.RejectExplanation,
      from: [...given, 'declined'],
      by: [headOfLead, assigner],
      to: [...given, 'declined'],
      guard: ({ state }) => (hasOpenExplanation(state) ? null : noOpenExplanation(null)),
      decide: accountability.rejectExplanation,
    },
    IssueApology: {
      text: { vi: 'Ghi nhận văn bản xin lỗi', en: 'Issue an apology' },
      input: taskInputs.IssueApology,
      from: [...given, 'declined'],
      by: [headOfLead, clerk],
      to: [...given, 'declined'],
      decide: accountability.issueApology,
    },
    Complete: {
      text: { vi: 'Ghi nhận hoàn thành', en: 'Complete' },
      input: taskInputs.Complete,
      from: underWay,
      by: [clerk, assigner],
      to: given,
      decide: evidence.complete,
    },
    Reopen: {
      text: { vi: 'Mở lại', en: 'Reopen' },
      input: taskInputs.Reopen,
      from: [...given, 'withdrawn'],
      by: [clerk, assigner],
      to: given,
      guard: ({ state }) =>
        state.status === 'withdrawn' || state.deliverables.some((one) => one.status === 'completed')
          ? null
          : nothingToReopen(),
      decide: evidence.reopen,
    },
    Withdraw: {
      text: { vi: 'Thu hồi nhiệm vụ', en: 'Withdraw' },
      input: taskInputs.Withdraw,
      from: unfinished,
      by: [clerk, assigner],
      to: ['withdrawn'],
      decide: assignment.withdraw,
    },
    Correct: {
      text: { vi: 'Đính chính', en: 'Correct' },
      input: taskInputs.Correct,
      from: existing,
      by: [clerk, assigner],
      to: existing,
      decide: correct,
    },
  },
  personal: taskPersonalFields,
  personalReaders,
  evolve: evolveTask,
})

function hasOpenRequest(state: TaskState): boolean {
  return state.deliverables.some(({ openRequest }) => openRequest !== null)
}

function hasOpenExplanation(state: TaskState): boolean {
  return state.deliverables.some(({ explanation }) => explanation?.outcome === 'open')
}
