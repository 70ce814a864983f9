import type { WorkflowCases } from '#testing/workflow'
import { people } from './dossier.cases.test-support.js'
import { reportPeriodWorkflow, type ReportPeriodState } from './report-period.workflow.js'

const days = { name: '2026', from: '2025-12-15', to: '2026-12-14', dueBefore: '2026-12-17', audience: null }
const shipped = { periods: [{ ...days, source: 'Kế hoạch cải cách hành chính năm 2026' }] }
const document = { number: '12/KH-UBND', date: '2026-01-15', issuer: 'UBND tỉnh' }

/** The walk of the table of report periods. */
export const reportPeriodCases: WorkflowCases<ReportPeriodState, keyof typeof people> = {
  workflow: reportPeriodWorkflow,
  aggregate: 'province',
  people,
  situations: {
    absent: [],
    kept: [{ type: 'report-period.Begun', data: shipped, by: 'system' }],
  },
  transitions: {
    Begin: { data: shipped, by: ['system'], answers: '✓ –' },
    SetPeriod: {
      data: { ...days, audience: 'Sở Nội vụ tổng hợp', document },
      by: ['clerk', 'homeAffairs'],
      answers: '– ✓',
    },
  },
}
