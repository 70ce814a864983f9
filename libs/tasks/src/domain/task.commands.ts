import {
  ExplainInput,
  CorrectInput,
  GrantExtensionInput,
  IssueApologyInput,
  MarkOverdueInput,
  OnDeliverableInput,
  OnDeliverableWithReasonInput,
  RequestExtensionInput,
} from './inputs/accountability.input.js'
import {
  AcceptInput,
  AddDeliverableInput,
  AssignInput,
  HandOverInput,
  ReasonInput,
  ReassignInput,
  WithdrawDeliverableInput,
} from './inputs/assignment.input.js'
import {
  CompleteDocumentInput,
  CompleteInput,
  IssueInput,
  RecordConditionInput,
  ReopenInput,
  ReportInput,
  SubmitDraftInput,
} from './inputs/evidence.input.js'

/** The data of every command of a task: classes, since their decorators say what is valid. */
export const taskInputs = {
  Assign: AssignInput,
  Accept: AcceptInput,
  Decline: ReasonInput,
  Reassign: ReassignInput,
  HandOver: HandOverInput,
  AddDeliverable: AddDeliverableInput,
  WithdrawDeliverable: WithdrawDeliverableInput,
  SubmitDraft: SubmitDraftInput,
  Issue: IssueInput,
  CompleteDocument: CompleteDocumentInput,
  Report: ReportInput,
  RecordCondition: RecordConditionInput,
  RequestExtension: RequestExtensionInput,
  GrantExtension: GrantExtensionInput,
  RefuseExtension: OnDeliverableWithReasonInput,
  MarkOverdue: MarkOverdueInput,
  Explain: ExplainInput,
  AcceptExplanation: OnDeliverableInput,
  RejectExplanation: OnDeliverableWithReasonInput,
  IssueApology: IssueApologyInput,
  Complete: CompleteInput,
  Reopen: ReopenInput,
  Withdraw: ReasonInput,
  Correct: CorrectInput,
}

export type TaskCommands = { [Name in keyof typeof taskInputs]: InstanceType<(typeof taskInputs)[Name]> }
