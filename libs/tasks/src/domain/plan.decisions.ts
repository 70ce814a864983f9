import { canonicalJson, refuse, type Refusal } from '#kernel'
import type { Deciding, EventOf } from '#engine/workflow'
import type { CorrectPlanInput, RecordImportInput, RegisterPlanInput } from './inputs/plan.input.js'
import type { PlanChange, PlanEvents, PlanRegistered } from './plan.events.js'
import type { PlanState } from './plan.state.js'
import { eventUnknown } from './task.refusals.js'

type Decision = readonly EventOf<PlanEvents>[] | Refusal

export function registerPlan({ command }: Deciding<PlanState, RegisterPlanInput>): Decision {
  const { period } = command
  if (period != null && period.from > period.to) return periodReversed()
  return [
    {
      type: 'plan.Registered',
      data: {
        number: command.number ?? null,
        date: command.date ?? null,
        issuer: command.issuer,
        title: command.title ?? null,
        year: command.year,
        period: period == null ? null : { from: period.from, to: period.to },
        declaredTasks: command.declaredTasks ?? null,
        sections: sectionsOf(command.sections),
      },
    },
  ]
}

export function recordImport({ state, command }: Deciding<PlanState, RecordImportInput>): Decision {
  if (state.imported.at(-1) === command.fileDigest)
    return refuse(
      'import-already-recorded',
      {
        vi: `Tệp ${command.fileName} là tệp được nhập gần nhất vào kế hoạch này. Không cần nhập lại.`,
        en: `The file ${command.fileName} is the one imported last into this plan. There is nothing to do.`,
      },
      { fileDigest: command.fileDigest },
    )
  return [
    {
      type: 'plan.ImportRecorded',
      data: {
        fileDigest: command.fileDigest,
        fileName: command.fileName,
        sections: sectionsOf(command.sections),
        tasks: command.tasks,
        deliverables: command.deliverables,
        evidence: command.evidence,
        warnings: command.warnings.map(({ row, code, message }) => ({
          row: row ?? null,
          code,
          message: { vi: message.vi, en: message.en },
        })),
        warningCount: command.warningCount ?? command.warnings.length,
      },
    },
  ]
}

export function correctPlan({ state, command, hasEvent }: Deciding<PlanState, CorrectPlanInput>): Decision {
  if (!hasEvent(command.eventId)) return eventUnknown(command.eventId)
  const details = state.details!
  const changes = Object.entries(plainChanges(command.changes)).flatMap(([field, after]): PlanChange[] => {
    const before = details[field as keyof PlanRegistered]
    const same = canonicalJson(before) === canonicalJson(after)
    return same ? [] : [{ field: field as keyof PlanRegistered, before, after }]
  })
  if (changes.length === 0)
    return refuse('nothing-to-correct', {
      vi: 'Giá trị mới giống giá trị đang ghi nhận nên không có gì để đính chính.',
      en: 'The new values are those on record: there is nothing to correct.',
    })
  const { period } = command.changes
  if (period != null && period.from > period.to) return periodReversed()
  return [{ type: 'plan.Corrected', data: { corrects: command.eventId, reason: command.reason, changes } }]
}

/** What was given, as plain data; a member that must not be empty stays as it is when null is given. */
function plainChanges(changes: CorrectPlanInput['changes']): Partial<PlanRegistered> {
  const { number, date, issuer, year, title, period, declaredTasks, sections } = changes
  return {
    ...(number == null ? {} : { number }),
    ...(date == null ? {} : { date }),
    ...(issuer == null ? {} : { issuer }),
    ...(year == null ? {} : { year }),
    ...(title === undefined ? {} : { title }),
    ...(period === undefined
      ? {}
      : { period: period === null ? null : { from: period.from, to: period.to } }),
    ...(declaredTasks === undefined ? {} : { declaredTasks }),
    ...(sections == null ? {} : { sections: sectionsOf(sections) }),
  }
}

function sectionsOf(sections: RegisterPlanInput['sections']): PlanRegistered['sections'] {
  return (sections ?? []).map(({ id, title }) => ({ id, title }))
}

function periodReversed(): Refusal {
  return refuse('period-reversed', {
    vi: 'Ngày bắt đầu của kỳ kế hoạch phải trước ngày kết thúc.',
    en: 'The period of the plan must begin before it ends.',
  })
}
