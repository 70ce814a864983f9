import { party, workflow, type Party, type Workflow } from '#engine/workflow'
import { CorrectPlanInput, RecordImportInput, RegisterPlanInput } from './inputs/plan.input.js'
import { correctPlan, recordImport, registerPlan } from './plan.decisions.js'
import { planPersonalFields, type PlanEvents } from './plan.events.js'
import type { PlanState } from './plan.state.js'
import { isSupervisor, supervisors } from './task.parties.js'

export type { PlanState }

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

const supervisor: Party<PlanState> = party('supervisor', supervisors, isSupervisor)

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
      decide: registerPlan,
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
      decide: correctPlan,
    },
  },
  personal: planPersonalFields,
  personalReaders: [clerk, supervisor],
  evolve: {
    'plan.Registered': (state, data) => ({ ...state, status: 'registered', details: data }),
    'plan.ImportRecorded': (state, data) => ({
      ...state,
      imported: [...state.imported.filter((digest) => digest !== data.fileDigest), data.fileDigest],
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
