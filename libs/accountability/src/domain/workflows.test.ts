import { describe, expect, it } from '@jest/globals'
import { uncovered, walkWorkflow, type WorkflowCases } from '#testing/workflow'
import { accountabilityCases } from './accountability.cases.test-support.js'
import { accountabilityRuleCases } from './accountability-rule.cases.test-support.js'

describe.each([
  ['accountability', accountabilityCases],
  ['accountability-rule', accountabilityRuleCases],
] as unknown as readonly (readonly [string, WorkflowCases])[])('the table of %s', (_name, cases) => {
  it.each(walkWorkflow(cases))(
    '%s: each situation and each role gets the expected answer',
    (_transition, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(cases)).toEqual([])
  })
})
