import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { InMemoryEventStore, type NewEvent } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { assigned, contextOf, deadline, happened, type Happened } from '../../domain/task.test-support.js'
import { boardProjection } from './board.projection.js'

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
})
afterAll(() => server.close())

describe('the rows of a task', () => {
  it('have no deliverable that was withdrawn, whether its page had it before or not', async () => {
    const store = new InMemoryEventStore()
    const record = ({ type, data, by }: Happened) => {
      const event = { id: crypto.randomUUID(), type, data, metadata: contextOf(by) } as unknown as NewEvent
      return store.append('task-CCHC2025-II-5', [event], 'any')
    }
    const withdraw = (deliverableId: string) =>
      happened('task.DeliverableWithdrawn', { deliverableId, decision: '12/QĐ-UBND', reason: 'x' })
    await record(assigned({ deadlines: [deadline('2025-01-31'), deadline(null), deadline(null)] }))
    await record(withdraw('2'))
    await record(withdraw('1'))
    const events = await store.readStream('task-CCHC2025-II-5')
    await database.transaction((transaction) => transaction.query(boardProjection.create))
    const apply = (page: typeof events) =>
      database.transaction((transaction) => boardProjection.apply(transaction, page))
    const ids = async () =>
      (await database.query<{ id: string }>('SELECT id FROM task_board_deliverable ORDER BY id')).rows.map(
        ({ id }) => id,
      )
    await apply(events.slice(0, 2))
    expect(await ids()).toEqual(['1', '3'])
    await apply(events.slice(2))
    expect(await ids()).toEqual(['3'])
  })
})
