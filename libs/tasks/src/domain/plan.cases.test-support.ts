import { knownEventId, type Happened, type WorkflowCases } from '#testing/workflow'
import type { PlanEvents } from './plan.events.js'
import type { PlanState } from './plan.state.js'
import { planWorkflow } from './plan.workflow.js'
import { people } from './task.test-support.js'

const plan = {
  number: '1500/QĐ-UBND',
  date: '2025-07-18',
  issuer: 'UBND tỉnh Sơn La',
  year: 2025,
  declaredTasks: 72,
  sections: [{ id: 'I', title: 'CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH CCHC' }],
}
const imported = {
  fileDigest: 'a'.repeat(64),
  fileName: 'phu-luc-2025.csv',
  sections: [{ id: 'II', title: 'CẢI CÁCH THỂ CHẾ' }],
  tasks: 71,
  deliverables: 100,
  evidence: 30,
  warnings: [{ row: null, code: 'declared-tasks-differ', message: { vi: 'Khác số khai.', en: 'Differs.' } }],
}

function happened<Type extends keyof PlanEvents>(type: Type, data: PlanEvents[Type]): Happened {
  return { type, data, by: 'official-clerk' }
}

const registered = happened('plan.Registered', { ...plan, title: null, period: null })

/** The walk of the table of plans. */
export const planCases: WorkflowCases<PlanState, keyof typeof people> = {
  workflow: planWorkflow,
  aggregate: 'CCHC2025',
  people,
  situations: {
    absent: [],
    registered: [registered],
    imported: [registered, happened('plan.ImportRecorded', { ...imported, warningCount: 1 })],
  },
  transitions: {
    RegisterPlan: { data: plan, by: ['clerk'], answers: '✓ – –' },
    RecordImport: { data: imported, by: ['clerk'], answers: '– ✓ import-already-recorded' },
    CorrectPlan: {
      data: { eventId: knownEventId, reason: 'Nhập sai ngày', changes: { date: '2025-07-19' } },
      by: ['clerk'],
      answers: '– ✓ ✓',
    },
  },
}
