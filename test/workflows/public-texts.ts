/**
 * Texts of commands that stand in the log in plain on purpose, by reason: who adds a text to a command either has its
 * workflow seal it, or writes down here why it need not be. One name a line, `<workflow>: <transition>` before the
 * members that it takes.
 */
const reasons: Readonly<Record<string, string>> = {
  'The text of a published decision, as its table has it.': `
    task: Assign / assigner.name / cells.0.Cơ quan chủ trì / coordinate.0.name / coordinateCell
    task: Assign / deliverables.0.deadlineRaw / deliverables.0.note / deliverables.0.product / lead.0.name / leadCell
    task: Assign / plan.number / title
    task: AddDeliverable / deadlineRaw / note / product
    task: Correct / changes.0.after
    plan: RegisterPlan / issuer / number / sections.0.id / sections.0.title / title
    plan: RecordImport / sections.0.id / sections.0.title
    plan: CorrectPlan / changes.issuer / changes.number / changes.title`,

  'A document as it is cited: kind, number, who issued it; public by law.': `
    task: SubmitDraft / title
    task: Issue / document.issuer / document.kind / document.number / document.raw / document.typeCode
    task: IssueApology / document.issuer / document.kind / document.number / document.raw / document.typeCode
    task: HandOver / decision
    task: WithdrawDeliverable / decision
    task: RecordCondition / source
    procedure: SetVersion / document
    accountability-rule: SetVersion / document.issuer / document.number
    report-period: Begin / periods.0.source
    report-period: SetPeriod / document.issuer / document.number`,

  'The name of an agency, of a procedure, of a period: an institution, not a person.': `
    task: Reassign / coordinate.0.name / lead.0.name
    task: HandOver / to.name
    task: Report / period
    agency: CreateAgency / name / source
    agency: RenameAgency / decision / name / source
    agency: AddAlias / alias / source
    agency: AssignCode / code / decision / source
    agency: RecordSuccession / decision / source
    agency: EndAgency / decision / source
    procedure: SetVersion / field / name
    report-period: Begin / periods.0.audience
    report-period: SetPeriod / audience
    dossier: Explain / by.agency
    dossier: AcceptExplanation / by.agency
    dossier: RejectExplanation / by.agency
    dossier: IssueApology / signer.agency
    dossier: Correct / by.agency
    dossier: TakeMessages / messages.0.agency / messages.0.by.agency / messages.0.delayCausedBy / messages.0.signer.agency`,

  'The office somebody holds, never the name: who answers for what is public.': `
    actor: Register / title
    actor: Change / title
    dossier: Explain / by.position
    dossier: AcceptExplanation / by.position
    dossier: RejectExplanation / by.position
    dossier: IssueApology / signer.position
    dossier: Correct / by.position
    dossier: TakeMessages / messages.0.by.position / messages.0.signer.position`,

  'The law and what announced it.': `
    calendar: AnnounceYear / document
    calendar: ChangeDays / document
    calendar: ConfirmYear / document`,

  'Why an operator did something to the system: about the system, as its input says, and read by operators.': `
    projection: Rebuild / reason
    projection: Promote / reason
    projection: Rollback / reason
    projection: Pause / reason
    projection: Resume / reason
    projection: Replay / reason / stream
    projection: Discard / reason / stream
    timer: Reschedule / reason
    timer: Cancel / reason
    process: Retry / reason
    process: Dismiss / reason`,

  'Written by the program itself: ids, codes, names of its own parts and its own sentences.': `
    plan: RecordImport / fileName / warnings.0.code / warnings.0.message.en / warnings.0.message.vi
    rejection: KeepLines / lines.0.code / lines.0.message.en / lines.0.message.vi
    timer: Schedule / name / owner.id / owner.name
    accountability: Expect / deliverable / dossier / rule / source / unit
    accountability: Open / deliverable / dossier / duties.0.owedBy / rule / source
    accountability: Remind / deliverable / dossier / duties.0.owedBy / source
    accountability: Close / deliverable / dossier / source
    timer: Fire / reason
    process: React / event.correlationId / event.id / event.position / event.revision / event.stream / event.type
    process: Settle / results.0.code / results.0.commandId
    process: Hold / code / message
    process: Hold / event.correlationId / event.id / event.position / event.revision / event.stream / event.type
    process: Queue / event.correlationId / event.id / event.position / event.revision / event.stream / event.type
    process: Forward / event.correlationId / event.id / event.position / event.revision / event.stream / event.type
    process: Forward / instance`,

  'A code of another system, which its own rules keep free of names.': `
    rejection: KeepLines / lines.0.dossier / lines.0.id / lines.0.source
    dossier: TakeMessages / messages.0.procedure / messages.0.step`,
}

/** Members that look like texts, but take no sentence: a code, a date, a reference that is looked up or compared. */
const takenAsCodes = `
    calendar: AnnounceYear / days.0.document / days.0.name
    calendar: ChangeDays / set.0.document / set.0.name
    dossier: TakeMessages / dossier / source
    dossier: Close / assessed.missing.0
    dossier: Correct / change.occurredAt / corrects
    procedure: SetVersion / code / steps.0.agency / steps.0.id
    rejection: DismissLines / keys.0
    plan: CorrectPlan / changes.sections.0.id / changes.sections.0.title
    task: Assign / deliverables.0.ruleDue.source / section / stt
    task: AddDeliverable / ruleDue.source
    task: CompleteDocument / issuer / number
    process: Hold / command.event`

function namesIn(list: string): readonly string[] {
  return list
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [command, ...members] = line.trim().split(' / ')
      return members.map((member) => `${command}.${member}`)
    })
}

/** Members of which nothing is recorded in the situation of the case: a correction, another result. */
const leftOut = `
    procedure: SetVersion / reason
    process: Settle / results.0.event`

/** What is expected of a text that is not sealed, by its name, such as `task: Assign.title`. */
export const notSealed: ReadonlyMap<string, 'public' | 'not taken' | 'left out'> = new Map([
  ...namesIn(leftOut).map((name) => [name, 'left out'] as const),
  ...namesIn(takenAsCodes).map((name) => [name, 'not taken'] as const),
  ...Object.values(reasons)
    .flatMap(namesIn)
    .map((name) => [name, 'public'] as const),
])
