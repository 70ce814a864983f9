import type { WorkflowCases } from '#testing/workflow'
import { accountabilityRuleWorkflow, type AccountabilityRuleState } from './accountability-rule.workflow.js'
import { people } from './people.test-support.js'

const times = { expectedDaysBefore: 1, reminders: [{ afterDays: 5, to: 'head' }] } as const
const document = { number: '12/QĐ-UBND', date: '2026-05-25', issuer: 'Chủ tịch UBND tỉnh' }
const set = { ...times, validFrom: '2026-06-01', document }

/** The walk of the table of the accountability rule. */
export const accountabilityRuleCases: WorkflowCases<AccountabilityRuleState, keyof typeof people> = {
  workflow: accountabilityRuleWorkflow,
  aggregate: 'province',
  people,
  situations: {
    absent: [],
    kept: [{ type: 'accountability-rule.Begun', data: times, by: 'system' }],
  },
  transitions: {
    Begin: { data: times, by: ['system'], answers: '✓ –' },
    SetVersion: { data: set, by: ['clerk', 'homeAffairs'], answers: '– ✓' },
  },
}
