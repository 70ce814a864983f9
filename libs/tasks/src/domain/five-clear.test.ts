import { describe, expect, it } from '@jest/globals'
import { missingOfFiveClear } from './five-clear.js'
import { assigned, deadline, happened, stateAfter } from './task.test-support.js'

const accepted = happened('task.Accepted', { responsible: 'official-7' })

describe('missingOfFiveClear', () => {
  it('misses nothing where an official of one lead agency owes a product by a day', () => {
    expect(missingOfFiveClear(stateAfter(assigned(), accepted))).toEqual([])
  })

  it('lists who, by when and who answers, with the deliverables concerned', () => {
    const lead = [{ agencyId: null, name: 'Các sở, ban, ngành', collective: true }]
    const deadlines = [deadline('2025-01-31'), deadline(null, { type: 'none' })]
    expect(missingOfFiveClear(stateAfter(assigned({ lead, deadlines })))).toEqual([
      { what: 'person', deliverableIds: [] },
      { what: 'progress', deliverableIds: ['2'] },
      { what: 'responsibility', deliverableIds: [] },
    ])
  })

  it('takes "thường xuyên" and "theo quy định" for an answer to by when', () => {
    const deadlines = [deadline(null, { type: 'continuous' }), deadline(null)]
    expect(missingOfFiveClear(stateAfter(assigned({ deadlines }), accepted))).toEqual([])
  })

  it('misses work and result of a task that has neither', () => {
    expect(missingOfFiveClear(stateAfter()).map(({ what }) => what)).toEqual([
      'person',
      'work',
      'result',
      'responsibility',
    ])
  })
})
