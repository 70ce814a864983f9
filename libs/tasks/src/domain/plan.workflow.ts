import { canonicalJson, refuse } from '#kernel'
import { party, workflow, type Deciding, type EventOf, type Party, type Workflow } from '#engine/workflow'
import { CorrectPlanInput, RecordImportInput, RegisterPlanInput } from './inputs/plan.input.js'
import type { PlanChange, PlanEvents, PlanRegistered } from './plan.events.js'

/** Plain JSON: views keep it as it is and fold on from there. */
export interface PlanState {
  readonly status: 'absent' | 'registered'
  readonly details: PlanRegistered | null
  /** Digests of the files imported into it. */
  readonly imported: readonly string[]
}

interface PlanCommands {
  RegisterPlan: RegisterPlanInput
  RecordImport: RecordImportInput
  CorrectPlan: CorrectPlanInput
}

/** A plan concerns all agencies, so its clerk is one whose scope is all of them. */
const clerk: Party<PlanState> = party(
  'clerk',
  { vi: 'chuyên viên Văn phòng UBND tỉnh', en: 'a clerk of the provincial office' },
  (actor) => actor.roles.includes('clerk') && actor.scope === 'all',
)

/** A plan that tasks belong to: the decision, its issuer, year and sections. The stream is `plan-<code>`. */
export const planWorkflow: Workflow<PlanState> = workflow<PlanState, PlanCommands, PlanEvents>({
  name: 'plan',
  initial: { status: 'absent', details: null, imported: [] },
  statuses: {
    absent: { vi: 'chưa có', en: 'absent' },
    registered: { vi: 'đã đăng ký', en: 'registered' },
  },
  transitions: {
    RegisterPlan: {
      text: { vi: 'Đăng ký kế hoạch', en: 'Register a plan' },
      input: RegisterPlanInput,
      from: ['absent'],
      by: [clerk],
      to: ['registered'],
      decide: register,
    },
    RecordImport: {
      text: { vi: 'Ghi nhận nhập phụ lục', en: 'Record an import' },
      input: RecordImportInput,
      from: ['registered'],
      by: [clerk],
      to: ['registered'],
      decide: recordImport,
    },
    CorrectPlan: {
      text: { vi: 'Đính chính kế hoạch', en: 'Correct a plan' },
      input: CorrectPlanInput,
      from: ['registered'],
      by: [clerk],
      to: ['registered'],
      decide: correct,
    },
  },
  evolve: {
    'plan.Registered': (state, data) => ({ ...state, status: 'registered', details: data }),
    'plan.ImportRecorded': (state, data) => ({
      ...state,
      imported: [...new Set([...state.imported, data.fileDigest])],
      details:
        state.details === null
          ? null
          : {
              ...state.details,
              sections: data.sections.length > 0 ? data.sections : state.details.sections,
            },
    }),
    'plan.Corrected': (state, data) => ({
      ...state,
      details:
        state.details === null
          ? null
          : data.changes.reduce(
              (details, { field, after }) => ({ ...details, [field]: after }),
              state.details,
            ),
    }),
  },
})

type Decision = readonly EventOf<PlanEvents>[] | ReturnType<typeof refuse>

function register({ command }: Deciding<PlanState, RegisterPlanInput>): Decision {
  const { period } = command
  if (period != null && period.from > period.to) return periodReversed()
  return [
    {
      type: 'plan.Registered',
      data: {
        number: command.number,
        date: command.date,
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

function recordImport({ state, command }: Deciding<PlanState, RecordImportInput>): Decision {
  if (state.imported.includes(command.fileDigest))
    return refuse(
      'import-already-recorded',
      {
        vi: `Tệp ${command.fileName} đã được nhập vào kế hoạch này. Không cần nhập lại.`,
        en: `The file ${command.fileName} was imported into this plan already. There is nothing to do.`,
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

function correct({ state, command }: Deciding<PlanState, CorrectPlanInput>): Decision {
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

function periodReversed(): ReturnType<typeof refuse> {
  return refuse('period-reversed', {
    vi: 'Ngày bắt đầu của kỳ kế hoạch phải trước ngày kết thúc.',
    en: 'The period of the plan must begin before it ends.',
  })
}
