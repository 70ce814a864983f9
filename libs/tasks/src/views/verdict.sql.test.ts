import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '#calendar'
import type { Database } from '#database'
import { testDatabase, type TestDatabase } from '#testing'
import { assigned, deadline, stateAfter } from '../domain/task.test-support.js'
import type { DeliverableState } from '../domain/task.state.js'
import { verdictOf } from '../domain/verdict.js'
import { asText } from './board/board.projection.js'
import { deliverableRows } from './board/board.rows.js'
import { BoardUnderTest } from './board/board.test-support.js'
import { judged } from './verdict.sql.js'

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  await BoardUnderTest.create(database)
})
afterAll(() => server.close())

/** Few days, so that what is compared often falls on the same one. */
const day = fc.nat({ max: 5 }).map((offset) => addDays('2025-01-29', offset))
const dayOrNone = fc.option(day, { freq: 2 })
const [given] = stateAfter(assigned()).deliverables as [DeliverableState]

const deliverable = fc
  .record({
    deadline: dayOrNone.map((due) => deadline(due)),
    condition: fc.option(fc.record({ date: day, due: dayOrNone })),
    extendedDue: dayOrNone,
    ruleDue: fc.option(fc.record({ due: day, source: fc.constant('NĐ 45/2025/NĐ-CP') })),
    evidence: fc.array(
      dayOrNone.map((date) => ({
        id: '1',
        kind: null,
        typeCode: null,
        number: null,
        date,
        issuer: null,
        raw: null,
      })),
      { maxLength: 3 },
    ),
    status: fc.constantFrom('completed', null),
    acceptedOn: dayOrNone,
  })
  .map((facts): DeliverableState => ({ ...given, ...facts }))

describe('the verdict in SQL', () => {
  it.each(['original', 'extended'] as const)('is that of the domain, by the %s due date', async (basis) => {
    const task = fc.record({
      deliverables: fc.array(deliverable, { minLength: 1, maxLength: 40 }),
      status: fc.constantFrom('assigned', 'withdrawn'),
      asOf: day,
    })
    await fc.assert(
      fc.asyncProperty(task, async ({ deliverables, status, asOf }) => {
        const numbered = deliverables.map((one, index) => ({ ...one, id: String(index + 1) }))
        const state = { ...stateAfter(assigned()), status, deliverables: numbered }
        const rows = deliverableRows({
          id: 'CCHC2025-I-1',
          state,
          revision: 0n,
          position: 1n,
          updatedAt: new Date(0),
        })
        const source = 'json_populate_recordset(null::view.task_board_deliverable, $2)'
        const found = await database.query(
          `SELECT id, due, done, verdict, overdue FROM (${judged(basis, source)}) j ORDER BY id::integer`,
          [asOf, asText(rows)],
        )
        const expected = numbered.map((one) => {
          const { verdict, due, overdueDays } = verdictOf(one, asOf, basis)
          const overdue = overdueDays !== null && status !== 'withdrawn'
          return { id: one.id, due, done: verdict !== 'open', verdict, overdue }
        })
        // Without a due date nothing is overdue; SQL says that it does not know.
        expect(found.rows.map((row) => ({ ...row, overdue: row['overdue'] === true }))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})
