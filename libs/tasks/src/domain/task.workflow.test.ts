import { describe, expect, it } from '@jest/globals'
import { uncovered, walkWorkflow } from '#testing/workflow'
import { taskCases } from './task.cases.test-support.js'

describe('the table of a task', () => {
  it.each(walkWorkflow(taskCases))(
    '%s: each situation and each role gets exactly the expected answer',
    (_name, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(taskCases)).toEqual([])
  })
})
