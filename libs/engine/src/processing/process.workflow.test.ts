import { describe, expect, it } from '@jest/globals'
import { uncovered, walkWorkflow, type WorkflowCases } from '#testing/workflow'
import { processCases } from './process.cases.test-support.js'

const cases = processCases as unknown as WorkflowCases

describe('the table of processes', () => {
  it('is covered', () => {
    expect(uncovered(cases)).toEqual([])
  })

  it.each(walkWorkflow(cases))('%s, in every situation by everyone', (_name, findings) => {
    expect(findings).toEqual([])
  })
})
