import { describe, expect, it } from '@jest/globals'
import { otherRows } from './update-rows.js'

const before = { version: 1, samples: { 'task.Issued.v1': { task: [{ code: 'A', status: 'issued' }] } } }

describe('rows that a view makes of the samples', () => {
  it('are other rows when a column differs, a row is missing, or a sample gives none', () => {
    const changed = { 'task.Issued.v1': { task: [{ code: 'A', status: 'late' }] } }
    expect(otherRows(before, { version: 1, samples: changed })).toEqual([
      'task.Issued.v1.task.0.status: "issued" → "late"',
    ])
    expect(otherRows(before, { version: 1, samples: { 'task.Issued.v1': { task: [] } } })).toHaveLength(1)
    expect(otherRows(before, { version: 1, samples: {} })).toHaveLength(1)
  })

  it('may come from further samples', () => {
    const more = { ...before.samples, 'task.Reported.v1': { task: [{ code: 'B' }] } }
    expect(otherRows(before, { version: 1, samples: more })).toEqual([])
  })
})
