import { describe, expect, it } from '@jest/globals'
import { uncovered, walkWorkflow } from '#testing/workflow'
import { projectionCases } from './projection.cases.test-support.js'

describe('the table of orders to a view', () => {
  it.each(walkWorkflow(projectionCases))(
    '%s: each situation and each role gets the expected answer',
    (_name, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(projectionCases)).toEqual([])
  })
})
