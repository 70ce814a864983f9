import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { InMemoryEventStore } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { assigned, deadline, happened, issuedKh71, people } from '../../domain/task.test-support.js'
import { BoardUnderTest } from '../board/board.test-support.js'
import { onTime, type OnTimeTable } from './on-time.query.js'

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  const board = await BoardUnderTest.create(database)
  const two = { deadlines: [deadline('2025-01-31'), deadline('2025-06-30')] }
  const both = [
    { agencyId: 'so-noi-vu', name: 'Sở Nội vụ', collective: false },
    { agencyId: 'so-tu-phap', name: 'Sở Tư pháp', collective: false },
  ]
  await board.fill([
    // Late by the first, open by the second.
    { section: 'IX', stt: '1', happened: [assigned(two), issuedKh71('1', '2025-03-14')] },
    { section: 'VIII', stt: '1', happened: [assigned({ lead: both }), issuedKh71('1', '2025-01-20')] },
    { section: 'VIII', stt: '2', happened: [assigned({ due: null }), issuedKh71()] },
    { section: 'VIII', stt: '3', happened: [assigned(), happened('task.Withdrawn', { reason: 'Trùng' })] },
    { plan: 'CCHC2024', section: 'VIII', stt: '1', happened: [assigned()] },
  ])
})
afterAll(() => server.close())

const table = (asOf: string): Promise<OnTimeTable> =>
  onTime.answer({
    params: { asOf },
    actor: people.clerk,
    database,
    store: new InMemoryEventStore(),
    now: `${asOf}T02:00:00.000Z`,
  })

const none = {
  tasks: 0,
  deliverables: 0,
  completed: 0,
  onTime: 0,
  late: 0,
  undeterminable: 0,
  open: 0,
  overdue: 0,
}
const old = { ...none, tasks: 1, deliverables: 1, open: 1, overdue: 1 }
const eight = { ...none, tasks: 2, deliverables: 2, completed: 2, onTime: 1, undeterminable: 1 }
const nine = { ...none, tasks: 1, deliverables: 2, completed: 1, late: 1, open: 1 }

describe('the on-time table', () => {
  it('counts by section in the order of the plan, each plan for itself, without what was withdrawn', async () => {
    expect((await table('2025-04-30')).bySection).toEqual([
      { plan: 'CCHC2024', section: 'VIII', ...old },
      { plan: 'CCHC2025', section: 'VIII', ...eight },
      { plan: 'CCHC2025', section: 'IX', ...nine },
    ])
  })

  it('counts by plan what its sections come to, and in the totals what its plans come to', async () => {
    const { byPlan, totals } = await table('2025-04-30')
    const whole = {
      ...none,
      tasks: 3,
      deliverables: 4,
      completed: 3,
      onTime: 1,
      late: 1,
      undeterminable: 1,
      open: 1,
    }
    expect(byPlan).toEqual([
      { plan: 'CCHC2024', ...old },
      { plan: 'CCHC2025', ...whole },
    ])
    expect(totals).toEqual({ ...whole, tasks: 4, deliverables: 5, open: 2, overdue: 1 })
  })

  it('counts what several lead under each of them, once in the totals', async () => {
    const { byAgency, totals } = await table('2025-04-30')
    expect(byAgency.map(({ agency, deliverables, onTime: done }) => [agency, deliverables, done])).toEqual([
      ['Sở Nội vụ', 1, 1],
      ['Sở Tư pháp', 5, 1],
    ])
    expect(totals.onTime).toBe(1)
  })

  it('is that of the day: what is dated later had not happened', async () => {
    const { bySection } = await table('2025-02-28')
    expect(bySection.at(-1)).toEqual({
      plan: 'CCHC2025',
      section: 'IX',
      ...none,
      tasks: 1,
      deliverables: 2,
      open: 2,
      overdue: 1,
    })
  })
})
